// How calls of a CallBench end that would not end by themselves, and that nothing is left behind.
#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <cstring>
#include <functional>
#include <thread>

#include "bench_fixture.h"

using namespace bench;
using namespace std::chrono_literals;

namespace {

// A socket on which `call` waits, and what else has to live meanwhile.
struct Waiting {
  CallHandle on;
  std::vector<CallHandle> others;
};
using Setup = std::function<Waiting(CallBench&)>;

void fill(CallBench& bench, CallHandle handle) {
  const CallValue block = bytes(std::string(64 << 10, 'x'));
  while (bench.run(method(handle, "send", {block, MSG_DONTWAIT})).result) {
  }
}

Waiting quietPair(CallBench& bench) {
  const auto [one, other] = pair(bench);
  return {one, {other}};
}

Waiting fullPair(CallBench& bench) {
  const auto [one, other] = pair(bench);
  fill(bench, one);
  return {one, {other}};
}

// Its backlog is full: a blocking connect of a UNIX socket sleeps.
Waiting crowdedListener(CallBench& bench) {
  const CallHandle listener = open(bench, AF_UNIX);
  bench.run(method(listener, "bind", {bytes("")}));
  bench.run(method(listener, "listen", {0}));
  const CallValue name = *bench.run(method(listener, "getsockname")).result;
  const CallHandle first = open(bench, AF_UNIX);
  bench.run(method(first, "connect", {name}));
  return {open(bench, AF_UNIX), {listener, first}};
}

// The same over TCP: the handshake is not answered.
Waiting crowdedTcpListener(CallBench& bench) {
  const CallHandle listener = open(bench);
  bench.run(method(listener, "bind", {loopback()}));
  bench.run(method(listener, "listen", {0}));
  const CallHandle first = open(bench);
  bench.run(method(first, "connect", {*bench.run(method(listener, "getsockname")).result}));
  return {open(bench), {listener, first}};
}

bool isUnix(CallBench& bench, CallHandle handle) {
  return bench.socket(handle)->family == AF_UNIX;
}

}  // namespace

Q_DECLARE_METATYPE(Setup)
Q_DECLARE_METATYPE(std::vector<CallValue>)

class TstCallBenchEnds : public QObject {
  Q_OBJECT
 private slots:
  void interrupt_data();
  void interrupt();
  void anEndOfBothWaysWakesWhoSends();
  void aPollThatWaitsEnds();
  void anInterruptedSendTellsHowFarItCame();
  void anInterruptedCallThatHasNotBegunNeverBegins();
  void interruptingWhatIsOverIsNothing();
  void interruptAllEndsEach();
  void closeEndsThoseThatWait_data() { interrupt_data(); }
  void closeEndsThoseThatWait();
  void detachEndsThoseThatWait();
  void twoClosesCloseOnce();
  void closeAllLeavesABenchThatWorks();
  void closeAllReturnsOnceEachEndIsTold();
  void theEndInterruptsEverything();
  void interruptedAtAnyMoment();
  void nothingLeaks();
  void descriptorsThatNobodyTookAreClosed();
};

void TstCallBenchEnds::interrupt_data() {
  QTest::addColumn<Setup>("setup");
  QTest::addColumn<QByteArray>("call");
  QTest::addColumn<std::vector<CallValue>>("args");
  const auto row = [](const char* name, const char* call, Setup setup, std::vector<CallValue> args) {
    QTest::newRow(name) << setup << QByteArray(call) << args;
  };
  const CallValue large = bytes(std::string(4 << 20, 'x'));
  row("accept", "accept", [](CallBench& b) { return Waiting{listening(b), {}}; }, {});
  row("connect", "connect", crowdedListener, {});
  row("connect over TCP", "connect", crowdedTcpListener, {});
  row("recv", "recv", quietPair, {10});
  row("recv of all", "recv", quietPair, {10, MSG_WAITALL});
  row("recvfrom", "recvfrom", quietPair, {10});
  row("recvmsg", "recvmsg", quietPair, {10});
  row("send", "send", fullPair, {large});
  row("sendall", "sendall", fullPair, {large});
  row("sendfile", "sendfile", fullPair, {"/proc/self/exe"});
}

void TstCallBenchEnds::interrupt() {
  QFETCH(Setup, setup);
  QFETCH(QByteArray, call);
  QFETCH(std::vector<CallValue>, args);
  for (const CallValue& timeout : {CallValue(), CallValue(3600.0)}) {
    Ends ends;
    CallBench bench;
    const Waiting waiting = setup(bench);
    QVERIFY(waiting.on);
    if (call == "connect") {
      if (!timeout.isNone() && isUnix(bench, waiting.on)) return;  // it is EAGAIN at once
      args = {*bench.run(method(waiting.others[0], "getsockname")).result};
    }
    QVERIFY(bench.run(method(waiting.on, "settimeout", {timeout})).result.has_value());
    const CallId id = bench.start(method(waiting.on, call.toStdString(), args), ends.done());
    bench.interrupt(id);
    const auto ended = ends.wait(id);
    QVERIFY(ended);
    QVERIFY2(failedWith(*ended, EINTR),
             ended->result ? "it did not fail" : ended->result.error().message.c_str());
    QVERIFY(ended->result.error().interrupted);
    QVERIFY(bench.run(method(waiting.on, "getsockname")).result.has_value());
  }
}

void TstCallBenchEnds::anEndOfBothWaysWakesWhoSends() {
  Ends ends;
  CallBench bench;
  const auto [writer, reader] = pair(bench);
  const CallId sending = bench.start(method(writer, "sendall", {CallValue(Bytes(8 << 20))}), ends.done());
  const CallId ending = bench.start(method(writer, "shutdown", {SHUT_RDWR}), ends.done());
  const auto ended = ends.wait(ending);
  QVERIFY(ended && ended->result);
  const auto sent = ends.wait(sending);
  QVERIFY(sent && failedWith(*sent, EPIPE));
}

void TstCallBenchEnds::aPollThatWaitsEnds() {
  Ends ends;
  CallBench bench({.closedHandlesFail = true});  // whether the poll has begun or not
  const CallHandle handle = pair(bench).first;
  const CallValue watched = CallList{{CallTuple{{handle, POLLIN}}}};
  const CallId first = bench.start(function("poll", {watched}), ends.done());
  bench.interrupt(first);
  const auto interrupted = ends.wait(first);
  QVERIFY(interrupted && failedWith(*interrupted, EINTR));
  const CallId second = bench.start(function("poll", {watched}), ends.done());
  QVERIFY(bench.run(method(handle, "close")).result.has_value());
  const auto closed = ends.wait(second);
  QVERIFY(closed && failedWith(*closed, EBADF));
}

void TstCallBenchEnds::anInterruptedSendTellsHowFarItCame() {
  Ends ends;
  CallBench bench;
  const auto [one, other] = pair(bench);
  QVERIFY(bench.run(method(one, "settimeout", {3600.0})).result.has_value());
  const CallId id = bench.start(method(one, "sendall", {bytes(std::string(8 << 20, 'x'))}), ends.done());
  // What comes first proves that it has begun, and it cannot end.
  QVERIFY(bench.run(method(other, "recv", {10, MSG_WAITALL})).result.has_value());
  bench.interrupt(id);
  const auto ended = ends.wait(id);
  QVERIFY(ended && failedWith(*ended, EINTR));
  const std::size_t done = ended->result.error().bytesDone;
  QVERIFY(done > 0);
  QVERIFY(bench.run(method(one, "close")).result.has_value());
  const CallOutcome rest = bench.run(method(other, "recv", {8 << 20, MSG_WAITALL}));
  QVERIFY(rest.result);
  QCOMPARE(rest.result->as<Bytes>()->size() + 10, done);
}

void TstCallBenchEnds::anInterruptedCallThatHasNotBegunNeverBegins() {
  Ends ends;
  CallBench bench;
  const auto [one, other] = pair(bench);
  const CallId first = bench.start(method(one, "sendall", {bytes(std::string(8 << 20, 'x'))}), ends.done());
  const CallId second = bench.start(method(one, "send", {bytes("y")}), ends.done());
  bench.interrupt(second);
  const auto ended = ends.wait(second);
  QVERIFY(ended && failedWith(*ended, EINTR) && ended->result.error().interrupted);
  QVERIFY(bench.run(method(other, "recv", {8 << 20, MSG_WAITALL})).result.has_value());
  QVERIFY(ends.wait(first));
  QVERIFY(failedWith(bench.run(method(other, "recv", {1, MSG_DONTWAIT})), EAGAIN));
}

void TstCallBenchEnds::interruptingWhatIsOverIsNothing() {
  Ends ends;
  CallBench bench;
  const CallId id = bench.start(function("socket"), ends.done());
  QVERIFY(ends.wait(id));
  bench.interrupt(id);
  bench.interrupt(CallId{4711});
  bench.interrupt(CallId());
  QVERIFY(open(bench));
}

void TstCallBenchEnds::interruptAllEndsEach() {
  Ends ends;
  CallBench bench;
  constexpr std::size_t kMany = 50;
  for (std::size_t i = 0; i < kMany; ++i) bench.start(method(pair(bench).first, "recv", {1}), ends.done());
  QCOMPARE(bench.waiting(), kMany);
  bench.interruptAll();
  QVERIFY(ends.waitForAll(kMany));
  QCOMPARE(bench.waiting(), std::size_t{0});
  QCOMPARE(bench.sockets().size(), 2 * kMany);
}

void TstCallBenchEnds::closeEndsThoseThatWait() {
  QFETCH(Setup, setup);
  QFETCH(QByteArray, call);
  QFETCH(std::vector<CallValue>, args);
  Ends ends;
  CallBench bench;
  const Waiting waiting = setup(bench);
  if (call == "connect") args = {*bench.run(method(waiting.others[0], "getsockname")).result};
  const CallId id = bench.start(method(waiting.on, call.toStdString(), args), ends.done());
  QVERIFY(bench.run(method(waiting.on, "close")).result.has_value());
  const auto ended = ends.wait(id);
  QVERIFY(ended);
  QVERIFY2(failedWith(*ended, EBADF),
           ended->result ? "it did not fail" : ended->result.error().message.c_str());
  QVERIFY(ended->result.error().interrupted);
  QVERIFY(!bench.socket(waiting.on));
}

void TstCallBenchEnds::detachEndsThoseThatWait() {
  Ends ends;
  CallBench bench;
  const CallHandle handle = pair(bench).first;
  const CallId id = bench.start(method(handle, "recv", {1}), ends.done());
  QVERIFY(bench.run(method(handle, "detach")).result.has_value());
  const auto ended = ends.wait(id);
  QVERIFY(ended && failedWith(*ended, EBADF));
}

void TstCallBenchEnds::twoClosesCloseOnce() {
  for (int round = 0; round < 50; ++round) {
    Ends ends;
    CallBench bench;
    const CallHandle handle = pair(bench).first;
    const std::size_t before = openDescriptors();
    const CallId recv = bench.start(method(handle, "recv", {1}), ends.done());
    const CallId first = bench.start(method(handle, "close"), ends.done());
    const CallId second = bench.start(method(handle, "close"), ends.done());
    QVERIFY(ends.wait(recv) && ends.wait(second));
    QVERIFY(ends.wait(first)->result.has_value());
    QCOMPARE(openDescriptors(), before - 1);
  }
}

void TstCallBenchEnds::closeAllReturnsOnceEachEndIsTold() {
  CallBench bench;
  for (int round = 0; round < 20; ++round) {
    const auto [one, other] = pair(bench);
    std::atomic<bool> told = false;
    bench.start(method(one, "recv", {1}), [&](CallId, const CallOutcome&) {
      for (int turn = 0; turn < 1000; ++turn) std::this_thread::yield();  // others come first
      told = true;
    });
    bench.closeAll();
    QVERIFY(told);
  }
}

void TstCallBenchEnds::closeAllLeavesABenchThatWorks() {
  Ends ends;
  CallBench bench;
  const std::size_t before = openDescriptors();
  const CallHandle listener = listening(bench);
  const CallId accept = bench.start(method(listener, "accept"), ends.done());
  const CallId recv = bench.start(method(pair(bench).first, "recv", {1}), ends.done());
  bench.closeAll();
  QVERIFY(ends.wait(accept) && ends.wait(recv));
  QVERIFY(bench.sockets().empty());
  QCOMPARE(openDescriptors(), before);
  QVERIFY(failedWith(bench.run(method(listener, "accept")), EBADF));
  QVERIFY(open(bench) > listener);
}

void TstCallBenchEnds::theEndInterruptsEverything() {
  Ends ends;
  std::vector<CallId> ids;
  {
    CallBench bench;
    const auto [one, other] = pair(bench);
    ids.push_back(bench.start(method(listening(bench), "accept"), ends.done()));
    ids.push_back(bench.start(method(one, "recv", {1}), ends.done()));
    ids.push_back(bench.start(method(one, "sendall", {bytes(std::string(8 << 20, 'x'))}), ends.done()));
    ids.push_back(bench.start(method(one, "sendall", {bytes("behind it")}), ends.done()));
  }
  QCOMPARE(ends.count(), ids.size());
  for (const CallId id : ids) {
    const CallOutcome ended = *ends.wait(id);
    QVERIFY(failedWith(ended, EINTR) || failedWith(ended, EBADF));
    QVERIFY(ended.result.error().interrupted);
  }
}

// The signal may come before the thread sleeps, and before it has begun.
void TstCallBenchEnds::interruptedAtAnyMoment() {
  Ends ends;
  CallBench bench;
  const auto [one, other] = pair(bench);
  for (int round = 0; round < 500; ++round) {
    const CallId id = bench.start(method(one, "recv", {1}), ends.done());
    for (std::atomic<int> spin = 0; spin < round * 20; ++spin) {
    }
    bench.interrupt(id);
    const auto ended = ends.wait(id);
    QVERIFY(ended && failedWith(*ended, EINTR));
  }
}

void TstCallBenchEnds::nothingLeaks() {
  const std::size_t before = openDescriptors();
  for (int round = 0; round < 1000; ++round) {
    Ends ends;
    CallBench bench;
    const CallHandle listener = listening(bench);
    const CallHandle client = open(bench);
    const CallId accept = bench.start(method(listener, "accept"), ends.done());
    bench.start(method(client, "connect", {loopback(portOf(bench, listener))}), ends.done());
    if (round % 2 == 0) QVERIFY(ends.wait(accept));
    if (round % 3 == 0) bench.closeAll();
    if (round % 5 == 0) bench.start(method(pair(bench).first, "recv", {1}), ends.done());
    if (round % 7 == 0) bench.start(function("socketpair"), ends.done());
  }
  QCOMPARE(openDescriptors(), before);
}

void TstCallBenchEnds::descriptorsThatNobodyTookAreClosed() {
  const std::size_t before = openDescriptors();
  {
    CallBench bench;
    const auto [one, other] = pair(bench);
    const auto [sent, end] = pair(bench);
    const int descriptor = bench.socket(sent)->descriptor;
    Bytes packed(sizeof descriptor);
    std::memcpy(packed.data(), &descriptor, sizeof descriptor);
    const CallValue control = CallList{{CallTuple{{SOL_SOCKET, SCM_RIGHTS, packed}}}};
    const CallValue parts = CallList{{bytes("x")}};
    QVERIFY(bench.run(method(one, "sendmsg", {parts, control})).result.has_value());
    const std::size_t without = openDescriptors();
    QVERIFY(bench.run(method(other, "recvmsg", {1, static_cast<std::int64_t>(CMSG_SPACE(sizeof descriptor))}))
                .result.has_value());
    QCOMPARE(openDescriptors(), without + 1);
  }
  QCOMPARE(openDescriptors(), before);
}

QTEST_GUILESS_MAIN(TstCallBenchEnds)
#include "tst_call_bench_ends.moc"
