// How long a socket's calls wait: Python's settimeout.
#include <poll.h>
#include <pthread.h>
#include <sys/time.h>

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

#include "socket_fixture.h"

using namespace sockbench;
using namespace fixture;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr Timeout kNonBlocking = std::chrono::nanoseconds(0);
constexpr int kDeadline = 10'000;  // ms

template <class T>
std::optional<Error> errorOf(const Result<T>& result) {
  return result ? std::nullopt : std::optional(result.error());
}

// Fills the way to a peer that does not read, without waiting.
void fill(Socket& socket) {
  const Bytes block(64 * 1024);
  while (socket.send(block, MSG_DONTWAIT)) {
  }
}

}  // namespace

using Waiting = std::function<std::optional<Error>(Socket&)>;
Q_DECLARE_METATYPE(Waiting)

class TstSocketTimeout : public QObject {
  Q_OBJECT
 private slots:
  void init() { Socket::setDefaultTimeout(std::nullopt); }
  void cleanup() { Socket::setDefaultTimeout(std::nullopt); }
  void theModeOfTheDescriptorFollows();
  void refusesANegativeTimeout();
  void waits_data();
  void waits();
  void acceptWaits();
  void connectTimesOut();
  void aConnectWithATimeoutConnects();
  void aRefusedConnectWithATimeoutIsRefused();
  void nonBlockingConnectIsInProgress();
  void aFullUnixBacklogIsEagain();
  void anEndlessTimeoutIsNoOverflow();
  void dataInTimeIsNoTimeout();
  void signalsDoNotEndAWait();
  void theKernelsOwnTimeoutIsHeard();
  void sendAllTellsHowFarItCame_data();
  void sendAllTellsHowFarItCame();
  void theDefaultGoesToNewSockets();
  void acceptedSocketsTakeTheDefaultNotTheListeners();
  void nonBlockingFromTheType();
};

void TstSocketTimeout::theModeOfTheDescriptorFollows() {
  Socket socket = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(socket.setTimeout(1ms).has_value());
  QVERIFY(isNonBlocking(socket.fileno()));
  QVERIFY(socket.blocking());  // to the caller: its calls wait
  QVERIFY(socket.setBlocking(false).has_value());
  QVERIFY(isNonBlocking(socket.fileno()));
  QVERIFY(!socket.blocking() && socket.timeout() == kNonBlocking);
  QVERIFY(socket.setBlocking(true).has_value());
  QVERIFY(!isNonBlocking(socket.fileno()));
  QVERIFY(socket.blocking() && !socket.timeout());
}

void TstSocketTimeout::refusesANegativeTimeout() {
  Socket socket = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(socket.setTimeout(5ms).has_value());
  const auto result = socket.setTimeout(-1ns);
  QVERIFY(!result && result.error().isErrno(EINVAL));
  QVERIFY(socket.timeout() == 5ms);
  Socket::setDefaultTimeout(5ms);
  Socket::setDefaultTimeout(-1ns);
  QVERIFY(Socket::defaultTimeout() == 5ms);
}

void TstSocketTimeout::waits_data() {
  QTest::addColumn<Waiting>("call");
  static std::array<std::byte, 8> buffer{};
  static const std::array<std::span<std::byte>, 1> buffers{buffer};
  static const std::array<ByteView, 1> parts{asBytes("xy")};
  const auto row = [](const char* name, Waiting call) { QTest::newRow(name) << call; };
  row("recv", [](Socket& s) { return errorOf(s.recv(buffer)); });
  row("recv that peeks", [](Socket& s) { return errorOf(s.recv(buffer, MSG_PEEK)); });
  row("recvFrom", [](Socket& s) { return errorOf(s.recvFrom(buffer)); });
  row("recvMessage", [](Socket& s) { return errorOf(s.recvMessage(buffers, 64)); });
  row("send", [](Socket& s) { return errorOf(s.send(asBytes("xy"))); });
  row("sendAll", [](Socket& s) { return errorOf(s.sendAll(asBytes("xy"))); });
  row("sendMessage", [](Socket& s) { return errorOf(s.sendMessage(parts, {}, {})); });
}

void TstSocketTimeout::waits() {
  QFETCH(Waiting, call);
  auto [socket, peer] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  fill(socket);
  QVERIFY(socket.setTimeout(kNonBlocking).has_value());
  const auto atOnce = call(socket);
  QVERIFY(atOnce && atOnce->isErrno(EAGAIN));
  constexpr auto limit = 20ms;
  QVERIFY(socket.setTimeout(limit).has_value());
  const auto begin = Clock::now();
  const auto late = call(socket);
  QVERIFY(late && late->isErrno(ETIMEDOUT));
  QVERIFY(Clock::now() - begin >= limit);
}

void TstSocketTimeout::acceptWaits() {
  Socket listener = bound(SOCK_STREAM);
  QVERIFY(listener.setTimeout(kNonBlocking).has_value());
  const auto atOnce = listener.accept();
  QVERIFY(!atOnce && atOnce.error().isErrno(EAGAIN));
  QVERIFY(listener.setTimeout(10ms).has_value());
  const auto late = listener.accept();
  QVERIFY(!late && late.error().isErrno(ETIMEDOUT));
  QCOMPARE(late.error().op, Operation::accept);
}

void TstSocketTimeout::connectTimesOut() {
  // A full backlog drops what knocks, so that a connect waits without any network.
  Socket listener = bound(SOCK_STREAM, 0);
  std::vector<Socket> waiting;
  std::optional<Error> error;
  for (int tries = 0; tries < 16 && !error; ++tries) {
    Socket& client = waiting.emplace_back(Socket::open(AF_INET, SOCK_STREAM).value());
    QVERIFY(client.setTimeout(50ms).has_value());
    error = errorOf(client.connect(listener.localAddress().value()));
  }
  QVERIFY(error.has_value());
  QVERIFY2(error->isErrno(ETIMEDOUT), error->line().c_str());
  QVERIFY(error->hint().find("no answer from 127.0.0.1") != std::string::npos);
  Socket another = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(another.setTimeout(10ms).has_value());
  QCOMPARE(another.connectEx(listener.localAddress().value()), ETIMEDOUT);
}

void TstSocketTimeout::aConnectWithATimeoutConnects() {
  Socket listener = bound(SOCK_STREAM);
  Socket client = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(client.setTimeout(10s).has_value());
  QVERIFY(client.connect(listener.localAddress().value()).has_value());
  QVERIFY(client.peerAddress() == listener.localAddress());
  QVERIFY(client.timeout() == 10s);
}

void TstSocketTimeout::aRefusedConnectWithATimeoutIsRefused() {
  Socket reserved = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(reserved.bind(loopback()).has_value());
  Socket client = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(client.setTimeout(10s).has_value());
  QCOMPARE(client.connectEx(reserved.localAddress().value()), ECONNREFUSED);
}

void TstSocketTimeout::nonBlockingConnectIsInProgress() {
  Socket listener = bound(SOCK_STREAM);
  Socket client = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(client.setBlocking(false).has_value());
  QCOMPARE(client.connectEx(listener.localAddress().value()), EINPROGRESS);
  pollfd waiting{client.fileno(), POLLOUT, 0};
  QCOMPARE(poll(&waiting, 1, kDeadline), 1);
  QCOMPARE(client.takeError().value(), 0);
  QVERIFY(client.peerAddress().has_value());
}

void TstSocketTimeout::aFullUnixBacklogIsEagain() {
  QTemporaryDir folder;
  const auto path = SocketAddress::fromUnixPath(folder.filePath(u"s"_qs).toStdString()).value();
  Socket listener = Socket::open(AF_UNIX, SOCK_STREAM).value();
  QVERIFY(listener.bind(path).has_value());
  QVERIFY(listener.listen(0).has_value());
  std::vector<Socket> clients;
  int code = 0;
  for (int tries = 0; tries < 16 && code == 0; ++tries) {
    Socket& client = clients.emplace_back(Socket::open(AF_UNIX, SOCK_STREAM).value());
    QVERIFY(client.setTimeout(10s).has_value());
    code = client.connectEx(path);
  }
  QCOMPARE(code, EAGAIN);
}

void TstSocketTimeout::anEndlessTimeoutIsNoOverflow() {
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  QVERIFY(left.setTimeout(std::chrono::nanoseconds::max()).has_value());
  std::thread peer([&right = right] { right.sendAll(asBytes("x")).value(); });
  const QByteArray got = receive(left, 1);
  peer.join();
  QCOMPARE(got, "x"_qba);
}

void TstSocketTimeout::dataInTimeIsNoTimeout() {
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  QVERIFY(left.setTimeout(10s).has_value());
  std::thread peer([&right = right] {
    receive(right, 1);
    right.sendAll(asBytes("answer")).value();
  });
  QVERIFY(left.sendAll(asBytes("?")).has_value());
  const QByteArray got = receive(left, 6);
  peer.join();
  QCOMPARE(got, "answer"_qba);
}

void TstSocketTimeout::signalsDoNotEndAWait() {
  struct sigaction ignoreButInterrupt {};
  static std::atomic<int> heard = 0;
  heard = 0;
  ignoreButInterrupt.sa_handler = [](int) { ++heard; };
  struct sigaction before {};
  sigaction(SIGUSR1, &ignoreButInterrupt, &before);
  for (const Timeout timeout : {Timeout(), Timeout(30s)}) {
    auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
    QVERIFY(left.setTimeout(timeout).has_value());
    const int target = heard + 20;
    std::thread peer([&right = right, target, reader = pthread_self()] {
      while (heard < target) {
        pthread_kill(reader, SIGUSR1);
        std::this_thread::yield();
      }
      right.sendAll(asBytes("x")).value();
    });
    std::array<std::byte, 1> buffer{};
    const auto got = left.recv(buffer);
    peer.join();
    QVERIFY2(got.has_value(), got ? "" : got.error().line().c_str());
  }
  sigaction(SIGUSR1, &before, nullptr);
}

void TstSocketTimeout::theKernelsOwnTimeoutIsHeard() {
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  const timeval limit{0, 10'000};
  QVERIFY(left.setRawOption(SOL_SOCKET, SO_RCVTIMEO, std::as_bytes(std::span(&limit, 1))).has_value());
  std::array<std::byte, 1> buffer{};
  const auto got = left.recv(buffer);
  QVERIFY(!got && got.error().isErrno(EAGAIN));
}

void TstSocketTimeout::sendAllTellsHowFarItCame_data() {
  QTest::addColumn<qint64>("timeoutNanos");
  QTest::addColumn<int>("code");
  QTest::newRow("the time is over") << qint64(20'000'000) << ETIMEDOUT;
  QTest::newRow("non-blocking") << qint64(0) << EAGAIN;
}

void TstSocketTimeout::sendAllTellsHowFarItCame() {
  QFETCH(qint64, timeoutNanos);
  QFETCH(int, code);
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  QVERIFY(left.setTimeout(std::chrono::nanoseconds(timeoutNanos)).has_value());
  QByteArray sent(8 << 20, '\0');
  for (qsizetype i = 0; i < sent.size(); ++i) sent[i] = static_cast<char>(i * 31 + (i >> 8));
  const auto result = left.sendAll(asBytes({sent.data(), static_cast<std::size_t>(sent.size())}));
  QVERIFY(!result);
  QVERIFY2(result.error().isErrno(code), result.error().line().c_str());
  const auto done = static_cast<qsizetype>(result.error().bytesDone);
  QVERIFY(done > 0 && done < sent.size());
  QVERIFY(left.close().has_value());
  QCOMPARE(receive(right, sent.size()), sent.first(done));
}

void TstSocketTimeout::theDefaultGoesToNewSockets() {
  Socket::setDefaultTimeout(3s);
  QVERIFY(Socket::defaultTimeout() == 3s);
  const Socket socket = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(socket.timeout() == 3s && isNonBlocking(socket.fileno()));
  const auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  QVERIFY(left.timeout() == 3s && right.timeout() == 3s);
  Socket::setDefaultTimeout(std::nullopt);
  QVERIFY(!Socket::defaultTimeout());
  QVERIFY(!Socket::open(AF_INET, SOCK_STREAM)->timeout());
}

void TstSocketTimeout::acceptedSocketsTakeTheDefaultNotTheListeners() {
  Socket listener = bound(SOCK_STREAM);
  QVERIFY(listener.setTimeout(10s).has_value());
  std::vector<Socket> clients;
  for (const Timeout wanted : {Timeout(), Timeout(0ns), Timeout(7s)}) {
    Socket& client = clients.emplace_back(Socket::open(AF_INET, SOCK_STREAM).value());
    QVERIFY(client.connect(listener.localAddress().value()).has_value());
    Socket::setDefaultTimeout(wanted);
    const Accepted accepted = listener.accept().value();
    QVERIFY(accepted.socket.timeout() == wanted);
    QCOMPARE(isNonBlocking(accepted.socket.fileno()), wanted.has_value());
    Socket::setDefaultTimeout(std::nullopt);
  }
}

void TstSocketTimeout::nonBlockingFromTheType() {
  const Socket socket = Socket::open(AF_INET, SOCK_STREAM | SOCK_NONBLOCK).value();
  QVERIFY(!socket.blocking() && isNonBlocking(socket.fileno()));
  const auto [left, right] = Socket::pair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK).value();
  QVERIFY(!left.blocking() && !right.blocking());
}

QTEST_APPLESS_MAIN(TstSocketTimeout)
#include "tst_socket_timeout.moc"
