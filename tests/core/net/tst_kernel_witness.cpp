// What a thread's witness is told of a socket's calls, and how it ends their waits.
#include <poll.h>
#include <pthread.h>

#include <QTest>
#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

#include "core/net/kernel_witness.h"
#include "socket_fixture.h"

using namespace sockbench;
using namespace fixture;
using namespace std::chrono_literals;

namespace {

struct Step {
  std::string call;
  std::int64_t returned;
  int error;
  std::string note;
};

class Recorder : public KernelWitness {
 public:
  void willWait() override { ++waits; }
  void made(std::string_view call, std::int64_t returned, int error, std::chrono::nanoseconds,
            std::string note) override {
    steps.push_back({std::string(call), returned, error, std::move(note)});
  }
  bool interrupted() override { return isInterrupted; }

  QByteArray names() const {
    QByteArray all;
    for (const Step& step : steps) all += (all.isEmpty() ? "" : " ") + QByteArray::fromStdString(step.call);
    return all;
  }

  std::vector<Step> steps;
  std::atomic<int> waits{0};
  std::atomic<bool> isInterrupted{false};
};

void fill(Socket& socket) {
  const Bytes block(64 * 1024);
  while (socket.send(block, MSG_DONTWAIT)) {
  }
}

// Runs `call` with a witness on a thread of its own, and ends its wait by signals.
struct Interrupted {
  std::optional<Error> error;
  Recorder witness;

  void run(const std::function<std::optional<Error>()>& call) {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    sigaction(SIGUSR1, &action, nullptr);
    std::atomic<bool> over = false;
    std::thread waiting([&] {
      const WitnessedThread watched(witness);
      error = call();
      over = true;
    });
    while (!over) {
      witness.isInterrupted = witness.waits > 0;
      pthread_kill(waiting.native_handle(), SIGUSR1);
      std::this_thread::sleep_for(1ms);
    }
    waiting.join();
  }
};

template <class T>
std::optional<Error> errorOf(const Result<T>& result) {
  return result ? std::nullopt : std::optional(result.error());
}

}  // namespace

using Waiting = std::function<std::optional<Error>(Socket&)>;
Q_DECLARE_METATYPE(Waiting)

class TstKernelWitness : public QObject {
  Q_OBJECT
 private slots:
  void cleanup() { Socket::setDefaultTimeout(std::nullopt); }
  void tellsEachCall();
  void tellsWhatWasGivenBeside();
  void tellsOfAWaitInsideTheKernel();
  void tellsOfNoWaitWhereThereIsNone();
  void endsAWait_data();
  void endsAWait();
  void tellsHowFarASendCame();
  void borrowedSocketsAreNotClosed();
  void nobodyWatchesWithoutAWitness();
};

void TstKernelWitness::tellsEachCall() {
  Recorder witness;
  const WitnessedThread watched(witness);
  Socket listener = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(listener.setIntOption(SOL_SOCKET, SO_REUSEADDR, 1).has_value());
  QVERIFY(listener.bind(loopback()).has_value());
  QVERIFY(listener.listen(1).has_value());
  const SocketAddress name = listener.localAddress().value();
  Socket client = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(client.connect(name).has_value());
  QVERIFY(listener.accept().has_value());
  QVERIFY(client.shutdown(ShutdownHow::write).has_value());
  QVERIFY(client.close().has_value());
  QCOMPARE(witness.names(),
           "socket ioctl(FIONBIO) setsockopt bind listen getsockname socket ioctl(FIONBIO) connect accept4 "
           "shutdown close");
}

void TstKernelWitness::tellsWhatWasGivenBeside() {
  Socket reserved = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(reserved.bind(loopback()).has_value());
  const SocketAddress nobody = reserved.localAddress().value();
  Socket socket = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(socket.setTimeout(30s).has_value());
  Recorder witness;
  const WitnessedThread watched(witness);
  QCOMPARE(socket.connectEx(nobody), ECONNREFUSED);
  const Step& last = witness.steps.back();
  if (last.call == "connect") QSKIP("this kernel refuses at once");
  QCOMPARE(witness.names(), "connect ppoll getsockopt(SO_ERROR)");
  QCOMPARE(witness.steps[0].error, EINPROGRESS);
  QCOMPARE(witness.steps[1].note, "POLLOUT|POLLERR|POLLHUP");
  QCOMPARE(last.note, "SO_ERROR = ECONNREFUSED");
  QCOMPARE(last.returned, 0);
}

void TstKernelWitness::tellsOfAWaitInsideTheKernel() {
  auto [one, other] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  Interrupted call;
  std::array<std::byte, 4> room{};
  call.run([&] { return errorOf(one.recv(room)); });
  QCOMPARE(call.witness.waits.load(), 1);
  QVERIFY(call.error && call.error->isErrno(EINTR));
  // Each interruption but the last went on with the call: they are all there.
  QVERIFY(call.witness.steps.size() >= 1);
  QCOMPARE(call.witness.steps.back().error, EINTR);
}

void TstKernelWitness::tellsOfNoWaitWhereThereIsNone() {
  auto [one, other] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  Recorder witness;
  const WitnessedThread watched(witness);
  std::array<std::byte, 4> room{};
  QVERIFY(one.recv(room, MSG_DONTWAIT).error().isErrno(EAGAIN));
  QVERIFY(one.send(room).has_value());
  QVERIFY(other.recv(room).has_value());
  QVERIFY(one.setBlocking(false).has_value());
  QVERIFY(one.recv(room).error().isErrno(EAGAIN));
  QCOMPARE(witness.waits.load(), 0);
}

void TstKernelWitness::endsAWait_data() {
  QTest::addColumn<bool>("isFull");
  QTest::addColumn<Waiting>("wait");
  const auto row = [](const char* name, bool isFull, Waiting wait) { QTest::newRow(name) << isFull << wait; };
  static std::array<std::byte, 8> room;
  static Bytes large(4 << 20);
  row("recv", false, [](Socket& s) { return errorOf(s.recv(room)); });
  row("recv of all", false, [](Socket& s) { return errorOf(s.recv(room, MSG_WAITALL)); });
  row("recvfrom", false, [](Socket& s) { return errorOf(s.recvFrom(room)); });
  row("recvmsg", false, [](Socket& s) {
    const std::span<std::byte> into(room);
    return errorOf(s.recvMessage(std::span(&into, 1), 0));
  });
  row("send", true, [](Socket& s) { return errorOf(s.send(large)); });
  row("sendto", true, [](Socket& s) { return errorOf(s.sendTo(large, SocketAddress())); });
  row("sendmsg", true, [](Socket& s) {
    const ByteView part = large;
    return errorOf(s.sendMessage(std::span(&part, 1), {}, SocketAddress()));
  });
  row("sendall", true, [](Socket& s) { return errorOf(s.sendAll(large)); });
}

void TstKernelWitness::endsAWait() {
  QFETCH(bool, isFull);
  QFETCH(Waiting, wait);
  for (const Timeout timeout : {Timeout(), Timeout(3600s)}) {
    auto [one, other] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
    if (isFull) fill(one);
    QVERIFY(one.setTimeout(timeout).has_value());
    Interrupted call;
    call.run([&, &one = one] { return wait(one); });
    QVERIFY(call.error && call.error->isErrno(EINTR));
  }
}

void TstKernelWitness::tellsHowFarASendCame() {
  auto [one, other] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  QVERIFY(one.setTimeout(3600s).has_value());
  const Bytes large(8 << 20);
  Interrupted call;
  call.run([&, &one = one] { return errorOf(one.sendAll(large)); });
  QVERIFY(call.error && call.error->isErrno(EINTR));
  QCOMPARE(call.error->bytesDone, static_cast<std::size_t>(other.bytesReadable().value()));
  QVERIFY(call.error->bytesDone > 0);
}

void TstKernelWitness::borrowedSocketsAreNotClosed() {
  auto [one, other] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  QVERIFY(one.setTimeout(1ms).has_value());
  Socket borrowed = Socket::borrow(one.fileno(), one.timeout());
  std::array<std::byte, 4> room{};
  QVERIFY(borrowed.recv(room).error().isErrno(ETIMEDOUT));
  QVERIFY(borrowed.timeout() == Timeout(1ms));
  QCOMPARE(borrowed.detach(), one.fileno());
  QVERIFY(one.send(room).has_value());
}

void TstKernelWitness::nobodyWatchesWithoutAWitness() {
  QVERIFY(KernelWitness::ofThisThread() == nullptr);
  Recorder outer;
  {
    const WitnessedThread watched(outer);
    Recorder inner;
    {
      const WitnessedThread again(inner);
      (void)Socket::open(AF_INET, SOCK_DGRAM);
    }
    QCOMPARE(inner.names(), "socket ioctl(FIONBIO)");
    QVERIFY(KernelWitness::ofThisThread() == &outer);
  }
  QVERIFY(outer.steps.empty());
  QVERIFY(KernelWitness::ofThisThread() == nullptr);
}

QTEST_GUILESS_MAIN(TstKernelWitness)
#include "tst_kernel_witness.moc"
