// CallBench: calls side by side, in order, and what stands of them in the timeline.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>

#include "bench_fixture.h"

using namespace bench;
using namespace std::chrono_literals;

class TstCallBench : public QObject {
  Q_OBJECT
 private slots:
  void callsAnswer();
  void aClosedHandleIsBad();
  void aClosedHandleMayStayAsPythonsObjectDoes();
  void anOpenHandleCanBeDuplicated();
  void anUnknownHandleIsBad();
  void pipelinedCallsAct();
  void manyPipelinedSendsKeepTheirOrder();
  void receiversAreServedInTheirOrder();
  void oneThatMustNotWaitGoesBy();
  void aWaitingCallHoldsUpNobody();
  void aSleepThatNobodyForesawHoldsUpNobodyForLong();
  void manyWaitSideBySide();
  void tooManySocketsAreEmfile();
  void aPairThatDoesNotFitLeavesNothing();
  void factsTellTheSocket();
  void detachedDescriptorsLiveAsLongAsTheBench();
  void theKernelsAnswersAreKept();
  void tooManyKernelAnswersAreCounted();
};

void TstCallBench::callsAnswer() {
  CallBench bench;
  const CallHandle listener = listening(bench);
  const CallHandle client = open(bench);
  QVERIFY(bench.run(method(client, "connect", {loopback(portOf(bench, listener))})).result.has_value());
  const CallHandle accepted = handleOf(bench.run(method(listener, "accept")));
  QVERIFY(accepted);
  QVERIFY(bench.run(method(client, "sendall", {bytes("hello")})).result.has_value());
  QCOMPARE(bench.run(method(accepted, "recv", {5})).result, bytes("hello"));
  QCOMPARE(bench.waiting(), std::size_t{0});
}

void TstCallBench::aClosedHandleIsBad() {
  CallBench bench;
  const CallHandle handle = open(bench);
  QVERIFY(bench.run(method(handle, "close")).result.has_value());
  QVERIFY(failedWith(bench.run(method(handle, "recv", {1})), EBADF));
  QVERIFY(!bench.socket(handle));
  QVERIFY(bench.sockets().empty());
  QVERIFY(open(bench) > handle);
}

void TstCallBench::aClosedHandleMayStayAsPythonsObjectDoes() {
  CallBench python;
  const CallHandle object = open(python);
  QVERIFY(python.run(method(object, "settimeout", {2})).result.has_value());
  QVERIFY(python.run(method(object, "close")).result.has_value());
  QVERIFY(python.run(method(object, "close")).result.has_value());
  QCOMPARE(python.run(method(object, "gettimeout")).result, CallValue(2.0));

  CallBench strict({.closedHandlesFail = true});
  const CallHandle handle = open(strict);
  QVERIFY(strict.run(method(handle, "close")).result.has_value());
  QVERIFY(failedWith(strict.run(method(handle, "close")), EBADF));
  for (const char* name : {"gettimeout", "fileno", "detach"})
    QVERIFY2(failedWith(strict.run(method(handle, name)), EBADF), name);
  QCOMPARE(python.run(method(object, "fileno")).result, CallValue(-1));
}

void TstCallBench::anOpenHandleCanBeDuplicated() {
  CallBench bench;
  const CallHandle handle = open(bench);
  const int number = bench.socket(handle)->descriptor;
  Result<Socket> copy = bench.duplicate(handle);
  QVERIFY(copy && copy->fileno() != number);
  QCOMPARE(copy->intOption(SOL_SOCKET, SO_TYPE), SOCK_STREAM);
  QVERIFY(bench.run(method(handle, "close")).result.has_value());
  copy = bench.duplicate(handle);
  QVERIFY(!copy && copy.error().isErrno(EBADF));
}

void TstCallBench::anUnknownHandleIsBad() {
  CallBench bench;
  QVERIFY(failedWith(bench.run(method(CallHandle{77}, "getsockname")), EBADF));
}

void TstCallBench::pipelinedCallsAct() {
  Ends ends;
  CallBench bench;
  const CallHandle listener = open(bench);
  bench.start(method(listener, "bind", {loopback()}), ends.done());
  bench.start(method(listener, "listen", {1}), ends.done());
  const auto name = ends.wait(bench.start(method(listener, "getsockname"), ends.done()));
  QVERIFY(name && name->result);
  const CallHandle client = open(bench);
  bench.start(method(client, "connect", {*name->result}), ends.done());
  bench.start(method(client, "send", {bytes("one")}), ends.done());
  bench.start(method(client, "shutdown", {SHUT_WR}), ends.done());
  const auto sent = ends.wait(bench.start(method(client, "getsockname"), ends.done()));
  QVERIFY(sent && sent->result);
  const CallHandle accepted = handleOf(bench.run(method(listener, "accept")));
  QCOMPARE(bench.run(method(accepted, "recv", {10, MSG_WAITALL})).result, bytes("one"));
}

void TstCallBench::manyPipelinedSendsKeepTheirOrder() {
  Ends ends;
  CallBench bench;
  const auto [one, other] = pair(bench);
  constexpr std::int64_t kMany = 2000;
  std::string all;
  for (std::int64_t i = 0; i < kMany; ++i) {
    const std::string text = std::to_string(i) + ",";
    all += text;
    bench.start(method(one, "sendall", {bytes(text)}), ends.done());
  }
  const auto got = bench.run(method(other, "recv", {static_cast<std::int64_t>(all.size()), MSG_WAITALL}));
  QCOMPARE(got.result, bytes(all));
  QVERIFY(ends.waitForAll(kMany));
}

void TstCallBench::receiversAreServedInTheirOrder() {
  Ends ends;
  CallBench bench;
  const auto [one, other] = pair(bench);
  constexpr std::size_t kMany = 300;
  std::vector<CallId> calls;
  for (std::size_t i = 0; i < kMany; ++i)
    calls.push_back(bench.start(method(one, "recv", {3, MSG_WAITALL}), ends.done()));
  for (std::size_t i = 0; i < kMany; ++i)
    QVERIFY(bench.run(method(other, "send", {bytes(std::to_string(100 + i))})).result.has_value());
  for (std::size_t i = 0; i < kMany; ++i) {
    const auto got = ends.wait(calls[i]);
    QVERIFY(got);
    QCOMPARE(got->result, bytes(std::to_string(100 + i)));
  }
}

void TstCallBench::oneThatMustNotWaitGoesBy() {
  Ends ends;
  CallBench bench;
  const auto [one, other] = pair(bench);
  const CallId recv = bench.start(method(one, "recv", {3}), ends.done());
  const CallId behind = bench.start(method(one, "recv", {3}), ends.done());
  QVERIFY(failedWith(bench.run(method(one, "recv", {3, MSG_DONTWAIT})), EAGAIN));
  QVERIFY(bench.run(method(one, "settimeout", {0.001})).result.has_value());
  const CallOutcome late = bench.run(method(one, "recv", {3}));
  QVERIFY(!late.result);
  QCOMPARE(late.result.error().kind, CallFaultKind::timeout);
  bench.interrupt(behind);
  const auto ended = ends.wait(behind);
  QVERIFY(ended && failedWith(*ended, EINTR));
  QVERIFY(bench.run(method(other, "send", {bytes("abc")})).result.has_value());
  QCOMPARE(ends.wait(recv)->result, bytes("abc"));
}

void TstCallBench::aWaitingCallHoldsUpNobody() {
  Ends ends;
  CallBench bench;
  const auto [one, other] = pair(bench);
  const CallId recv = bench.start(method(one, "recv", {3}), ends.done());
  QVERIFY(bench.run(method(one, "send", {bytes("out")})).result.has_value());
  QCOMPARE(bench.run(method(other, "recv", {3})).result, bytes("out"));
  QVERIFY(bench.run(method(other, "send", {bytes("in!")})).result.has_value());
  const auto got = ends.wait(recv);
  QVERIFY(got);
  QCOMPARE(got->result, bytes("in!"));
}

void TstCallBench::aSleepThatNobodyForesawHoldsUpNobodyForLong() {
  Ends ends;
  CallBench bench;
  const auto [one, other] = pair(bench);
  const std::string large(8 << 20, 'x');
  const CallId send = bench.start(method(one, "send", {bytes(large)}), ends.done());
  // MSG_WAITALL: there is something to read, and yet it waits.
  const CallId recv = bench.start(method(other, "recv", {8 << 20, MSG_WAITALL}), ends.done());
  QVERIFY(bench.run(method(one, "getsockname")).result.has_value());
  QVERIFY(bench.run(method(other, "getsockname")).result.has_value());
  const auto sent = ends.wait(send);
  const auto got = ends.wait(recv);
  QVERIFY(sent && got);
  QCOMPARE(sent->result, CallValue(8 << 20));
  QCOMPARE(got->result, bytes(large));
}

void TstCallBench::manyWaitSideBySide() {
  Ends ends;
  CallBench bench;
  constexpr std::size_t kMany = 200;
  std::vector<std::pair<CallHandle, CallHandle>> pairs;
  std::vector<CallId> calls;
  for (std::size_t i = 0; i < kMany; ++i) {
    pairs.push_back(pair(bench));
    calls.push_back(bench.start(method(pairs.back().first, "recv", {8}), ends.done()));
  }
  QCOMPARE(bench.waiting(), kMany);
  for (std::size_t i = kMany; i-- > 0;)
    QVERIFY(bench.run(method(pairs[i].second, "send", {bytes(std::to_string(i))})).result.has_value());
  for (std::size_t i = 0; i < kMany; ++i) {
    const auto got = ends.wait(calls[i]);
    QVERIFY(got);
    QCOMPARE(got->result, bytes(std::to_string(i)));
  }
}

void TstCallBench::tooManySocketsAreEmfile() {
  CallBench bench({.log = {}, .newSession = {}, .mostSockets = 2});
  const CallHandle first = open(bench);
  QVERIFY(open(bench));
  QVERIFY(failedWith(bench.run(function("socket", {AF_INET, SOCK_STREAM})), EMFILE));
  QVERIFY(bench.run(method(first, "close")).result.has_value());
  QVERIFY(open(bench));
}

void TstCallBench::aPairThatDoesNotFitLeavesNothing() {
  CallBench bench({.log = {}, .newSession = {}, .mostSockets = 2});
  QVERIFY(open(bench));
  const std::size_t before = openDescriptors();
  QVERIFY(failedWith(bench.run(function("socketpair")), EMFILE));
  QCOMPARE(bench.sockets().size(), std::size_t{1});
  QCOMPARE(openDescriptors(), before);
}

void TstCallBench::factsTellTheSocket() {
  CallBench bench;
  const CallHandle listener = listening(bench);
  const CallHandle client = open(bench);
  QVERIFY(bench.run(method(client, "settimeout", {2.5})).result.has_value());
  QVERIFY(bench.run(method(client, "connect", {loopback(portOf(bench, listener))})).result.has_value());
  const auto facts = bench.socket(client);
  QVERIFY(facts);
  QCOMPARE(facts->handle, client);
  QVERIFY(facts->descriptor >= 0);
  QCOMPARE(facts->family, AF_INET);
  QCOMPARE(facts->type, static_cast<int>(SOCK_STREAM));
  QCOMPARE(facts->protocol, static_cast<int>(IPPROTO_TCP));
  QVERIFY(facts->timeout == Timeout(2500ms));
  QCOMPARE(facts->peer.port(), bench.socket(listener)->local.port());
  QCOMPARE(facts->kernelState, "ESTABLISHED");
  QCOMPARE(bench.socket(listener)->kernelState, "LISTEN");
  QVERIFY(!facts->session);
  QCOMPARE(bench.sockets().size(), std::size_t{2});
}

void TstCallBench::detachedDescriptorsLiveAsLongAsTheBench() {
  const std::size_t before = openDescriptors();
  {
    CallBench bench;
    const CallHandle handle = open(bench);
    const CallOutcome detached = bench.run(method(handle, "detach"));
    QVERIFY(detached.result && detached.result->as<std::int64_t>() != nullptr);
    const auto descriptor = static_cast<int>(*detached.result->as<std::int64_t>());
    QVERIFY(fcntl(descriptor, F_GETFD) >= 0);
    QVERIFY(failedWith(bench.run(method(handle, "getsockname")), EBADF));
    QVERIFY(bench.sockets().empty());
  }
  QCOMPARE(openDescriptors(), before);
}

void TstCallBench::theKernelsAnswersAreKept() {
  CallBench bench;
  const auto [one, other] = pair(bench);
  QVERIFY(bench.run(method(one, "settimeout", {0.001})).result.has_value());
  const CallOutcome late = bench.run(method(one, "recv", {1}));
  QVERIFY(!late.result);
  const auto waited = std::ranges::find(late.kernel, std::string("ppoll"), &KernelStep::call);
  QVERIFY(waited != late.kernel.end());
  QCOMPARE(waited->returned, std::int64_t{0});
  QVERIFY(waited->duration > 0ns && late.duration >= waited->duration);
  const CallOutcome full = bench.run(method(other, "setsockopt", {SOL_SOCKET, 4711, 1}));
  QVERIFY(!full.result);
  QCOMPARE(full.kernel.size(), std::size_t{1});
  QCOMPARE(full.kernel[0].call, "setsockopt");
  QCOMPARE(full.kernel[0].returned, std::int64_t{-1});
  QCOMPARE(full.kernel[0].error, ENOPROTOOPT);
}

void TstCallBench::tooManyKernelAnswersAreCounted() {
  Ends ends;
  CallBench bench;
  const auto [one, other] = pair(bench);
  QVERIFY(bench.run(method(one, "settimeout", {30.0})).result.has_value());
  constexpr std::size_t kSize = 20 << 20;
  const CallId sending = bench.start(method(one, "sendall", {bytes(std::string(kSize, 'x'))}), ends.done());
  // A reader that takes little at a time: each time the sender has to wait again.
  for (std::size_t got = 0; got < kSize;) {
    const CallOutcome some = bench.run(method(other, "recv", {64 << 10}));
    QVERIFY(some.result && !some.result->as<Bytes>()->empty());
    got += some.result->as<Bytes>()->size();
  }
  const auto sent = ends.wait(sending);
  QVERIFY(sent && sent->result);
  QCOMPARE(sent->kernel.size(), CallOutcome::kMostKernelSteps);
  QVERIFY(sent->kernelStepsLeftOut > 0);
}

QTEST_GUILESS_MAIN(TstCallBench)
#include "tst_call_bench.moc"
