#include <poll.h>
#include <sys/un.h>
#include <unistd.h>

#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <functional>

#include "socket_fixture.h"

using namespace sockbench;
using namespace fixture;
using namespace Qt::StringLiterals;
using std::chrono::nanoseconds;

Q_DECLARE_METATYPE(sockbench::Operation)

namespace {

constexpr int kDeadline = 10'000;  // ms

}  // namespace

class TstSocket : public QObject {
  Q_OBJECT
 private slots:
  void opens_data();
  void opens();
  void refusesToOpen_data();
  void refusesToOpen();
  void aClosedSocketAnswersEbadf_data();
  void aClosedSocketAnswersEbadf();
  void theSecondCloseIsEbadf();
  void movesTheDescriptor();
  void detachGivesTheDescriptorAway();
  void adoptsADescriptor();
  void duplicates();
  void pairs();
  void bindsToAFreePort();
  void bindErrors_data();
  void bindErrors();
  void listensOnStreamsAlone();
  void acceptsQt();
  void connectsToQt();
  void refusedConnection();
  void connectExAnswersErrno();
  void unixConnectErrors();
  void shutsDownItsSendingSide();
  void shutsDownItsReceivingSide();
  void hasNoPeerBeforeConnect();
  void options();
  void takesItsError();
  void countsWaitingBytes();
};

void TstSocket::opens_data() {
  QTest::addColumn<int>("family");
  QTest::addColumn<int>("type");
  QTest::newRow("TCP") << AF_INET << int(SOCK_STREAM);
  QTest::newRow("UDP") << AF_INET << int(SOCK_DGRAM);
  QTest::newRow("TCP over IPv6") << AF_INET6 << int(SOCK_STREAM);
  QTest::newRow("UDP over IPv6") << AF_INET6 << int(SOCK_DGRAM);
  QTest::newRow("UNIX stream") << AF_UNIX << int(SOCK_STREAM);
  QTest::newRow("UNIX datagram") << AF_UNIX << int(SOCK_DGRAM);
  QTest::newRow("UNIX seqpacket") << AF_UNIX << int(SOCK_SEQPACKET);
}

void TstSocket::opens() {
  QFETCH(int, family);
  QFETCH(int, type);
  const auto socket = Socket::open(family, type);
  QVERIFY(socket.has_value());
  QVERIFY(socket->isOpen());
  QVERIFY(isCloseOnExec(socket->fileno()));
  QVERIFY(!isNonBlocking(socket->fileno()));
  QVERIFY(socket->blocking() && !socket->timeout());
  QCOMPARE(socket->intOption(SOL_SOCKET, SO_TYPE).value(), type);
  QCOMPARE(socket->intOption(SOL_SOCKET, SO_DOMAIN).value(), family);
}

void TstSocket::refusesToOpen_data() {
  QTest::addColumn<int>("family");
  QTest::addColumn<int>("type");
  QTest::addColumn<int>("protocol");
  QTest::addColumn<int>("code");
  QTest::newRow("no such family") << 12345 << int(SOCK_STREAM) << 0 << EAFNOSUPPORT;
  QTest::newRow("no such type in the family") << AF_INET << int(SOCK_SEQPACKET) << 0 << ESOCKTNOSUPPORT;
  QTest::newRow("the protocol of another type")
      << AF_INET << int(SOCK_STREAM) << int(IPPROTO_UDP) << EPROTONOSUPPORT;
  QTest::newRow("no such type at all") << AF_INET << 15 << 0 << EINVAL;
}

void TstSocket::refusesToOpen() {
  QFETCH(int, family);
  QFETCH(int, type);
  QFETCH(int, protocol);
  QFETCH(int, code);
  const auto socket = Socket::open(family, type, protocol);
  QVERIFY(!socket);
  QCOMPARE(bytes(socket.error().symbol()), bytes(errnoSymbol(code)));
  QCOMPARE(socket.error().op, Operation::socket);
}

using Call = std::function<std::optional<Error>(Socket&)>;
Q_DECLARE_METATYPE(Call)

template <class T>
std::optional<Error> errorOf(const Result<T>& result) {
  return result ? std::nullopt : std::optional(result.error());
}

void TstSocket::aClosedSocketAnswersEbadf_data() {
  QTest::addColumn<Call>("call");
  QTest::addColumn<Operation>("op");
  const auto row = [](const char* name, Operation op, Call call) { QTest::newRow(name) << call << op; };
  static std::array<std::byte, 8> buffer{};
  static const std::array<std::span<std::byte>, 1> buffers{buffer};
  using enum Operation;
  row("close", close, [](Socket& s) { return errorOf(s.close()); });
  row("bind", bind, [](Socket& s) { return errorOf(s.bind(loopback())); });
  row("listen", listen, [](Socket& s) { return errorOf(s.listen(1)); });
  row("accept", accept, [](Socket& s) { return errorOf(s.accept()); });
  row("connect", connect, [](Socket& s) { return errorOf(s.connect(loopback(9))); });
  row("shutdown", shutdown, [](Socket& s) { return errorOf(s.shutdown(ShutdownHow::both)); });
  row("send", send, [](Socket& s) { return errorOf(s.send(asBytes("x"))); });
  row("sendAll", send, [](Socket& s) { return errorOf(s.sendAll(asBytes("x"))); });
  row("sendTo", send, [](Socket& s) { return errorOf(s.sendTo(asBytes("x"), loopback(9))); });
  row("sendMessage", send, [](Socket& s) { return errorOf(s.sendMessage({}, {}, loopback(9))); });
  row("recv", recv, [](Socket& s) { return errorOf(s.recv(buffer)); });
  row("recvFrom", recv, [](Socket& s) { return errorOf(s.recvFrom(buffer)); });
  row("recvMessage", recv, [](Socket& s) { return errorOf(s.recvMessage(buffers, 0)); });
  row("localAddress", getsockname, [](Socket& s) { return errorOf(s.localAddress()); });
  row("peerAddress", getpeername, [](Socket& s) { return errorOf(s.peerAddress()); });
  row("intOption", getsockopt, [](Socket& s) { return errorOf(s.intOption(SOL_SOCKET, SO_TYPE)); });
  row("setIntOption", setsockopt,
      [](Socket& s) { return errorOf(s.setIntOption(SOL_SOCKET, SO_KEEPALIVE, 1)); });
  row("rawOption", getsockopt, [](Socket& s) { return errorOf(s.rawOption(SOL_SOCKET, SO_LINGER, 8)); });
  row("takeError", getsockopt, [](Socket& s) { return errorOf(s.takeError()); });
  row("bytesReadable", ioctl, [](Socket& s) { return errorOf(s.bytesReadable()); });
  row("bytesUnsent", ioctl, [](Socket& s) { return errorOf(s.bytesUnsent()); });
  row("setBlocking", ioctl, [](Socket& s) { return errorOf(s.setBlocking(false)); });
}

void TstSocket::aClosedSocketAnswersEbadf() {
  QFETCH(Call, call);
  QFETCH(Operation, op);
  Socket never;
  Socket closed = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(closed.close().has_value());
  for (Socket* socket : {&never, &closed}) {
    const std::optional<Error> error = call(*socket);
    QVERIFY(error.has_value());
    QVERIFY2(error->isErrno(EBADF), error->line().c_str());
    QCOMPARE(error->op, op);
  }
}

void TstSocket::theSecondCloseIsEbadf() {
  Socket socket = Socket::open(AF_INET, SOCK_STREAM).value();
  const int descriptor = socket.fileno();
  QVERIFY(socket.close().has_value());
  QVERIFY(!isOpenDescriptor(descriptor));
  QCOMPARE(socket.fileno(), -1);
  QVERIFY(!socket.isOpen());
  const auto second = socket.close();
  QVERIFY(!second && second.error().isErrno(EBADF));
}

void TstSocket::movesTheDescriptor() {
  Socket first = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(first.setTimeout(nanoseconds(5)).has_value());
  const int descriptor = first.fileno();
  Socket second(std::move(first));
  QVERIFY(!first.isOpen());  // NOLINT(bugprone-use-after-move): what is left is what is tested
  QCOMPARE(second.fileno(), descriptor);
  QVERIFY(second.timeout() == nanoseconds(5));

  Socket third = Socket::open(AF_INET, SOCK_STREAM).value();
  const int replaced = third.fileno();
  third = std::move(second);
  QCOMPARE(third.fileno(), descriptor);
  QVERIFY(!isOpenDescriptor(replaced));
  Socket& same = third;
  third = std::move(same);
  QVERIFY(third.isOpen() && isOpenDescriptor(descriptor));
  third = Socket();
  QVERIFY(!isOpenDescriptor(descriptor));
}

void TstSocket::detachGivesTheDescriptorAway() {
  int descriptor = -1;
  {
    Socket socket = Socket::open(AF_INET, SOCK_STREAM).value();
    descriptor = socket.detach();
    QVERIFY(!socket.isOpen());
    QCOMPARE(socket.detach(), -1);
  }
  QVERIFY(isOpenDescriptor(descriptor));
  QCOMPARE(::close(descriptor), 0);
}

void TstSocket::adoptsADescriptor() {
  const int blocking = ::socket(AF_INET, SOCK_STREAM, 0);
  QVERIFY(!Socket::adopt(blocking).timeout());
  QVERIFY(!isOpenDescriptor(blocking));  // the temporary owned it
  const Socket nonBlocking = Socket::adopt(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
  QVERIFY(!nonBlocking.blocking());
}

void TstSocket::duplicates() {
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  Socket copy = Socket::duplicate(left.fileno()).value();
  QVERIFY(copy.fileno() != left.fileno());
  QVERIFY(isCloseOnExec(copy.fileno()));
  QVERIFY(left.close().has_value());
  QVERIFY(copy.sendAll(asBytes("still open")).has_value());
  QCOMPARE(receive(right, 10), "still open"_qba);
  const auto bad = Socket::duplicate(-1);
  QVERIFY(!bad && bad.error().isErrno(EBADF));
}

void TstSocket::pairs() {
  for (const int type : {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET}) {
    auto [left, right] = Socket::pair(AF_UNIX, type).value();
    QVERIFY(isCloseOnExec(left.fileno()) && isCloseOnExec(right.fileno()));
    QVERIFY(left.localAddress()->isUnnamed());
    QVERIFY(right.sendAll(asBytes("hi")).has_value());
    QCOMPARE(receive(left, 2), "hi"_qba);
  }
  const auto none = Socket::pair(AF_INET, SOCK_STREAM);
  QVERIFY(!none && none.error().isErrno(EOPNOTSUPP));
  QCOMPARE(none.error().op, Operation::socketpair);
}

void TstSocket::bindsToAFreePort() {
  Socket socket = Socket::open(AF_INET6, SOCK_DGRAM).value();
  QVERIFY(socket.bind(SocketAddress::fromIp("::1", 0).value()).has_value());
  const SocketAddress local = socket.localAddress().value();
  QVERIFY(local.port() != 0);
  QCOMPARE(bytes(local.ip()), "::1"_qba);
}

void TstSocket::bindErrors_data() {
  QTest::addColumn<int>("type");
  QTest::addColumn<QByteArray>("address");  // DIR: a temporary folder, PORT: a port in use
  QTest::addColumn<int>("code");
  QTest::addColumn<QByteArray>("subject");
  const auto row = [](const char* name, int type, const char* address, int code, const char* subject) {
    QTest::newRow(name) << type << QByteArray(address) << code << QByteArray(subject);
  };
  row("a port in use", SOCK_STREAM, "127.0.0.1:PORT", EADDRINUSE, "tcp://127.0.0.1:PORT");
  row("no address of ours", SOCK_STREAM, "192.0.2.1:0", EADDRNOTAVAIL, "tcp://192.0.2.1:0");
  row("no address of ours, UDP", SOCK_DGRAM, "192.0.2.1:0", EADDRNOTAVAIL, "udp://192.0.2.1:0");
  row("a file in the way", SOCK_STREAM, "unix:DIR/file", EADDRINUSE, "unix:DIR/file");
  row("no such folder", SOCK_DGRAM, "unix:DIR/no/s", ENOENT, "unix-dgram:DIR/no/s");
  row("a file as a folder", SOCK_SEQPACKET, "unix:DIR/file/s", ENOTDIR, "unix-seqpacket:DIR/file/s");
}

void TstSocket::bindErrors() {
  QFETCH(int, type);
  QFETCH(QByteArray, address);
  QFETCH(int, code);
  QFETCH(QByteArray, subject);
  QTemporaryDir folder;
  QFile file(folder.filePath(u"file"_qs));
  QVERIFY(file.open(QIODevice::WriteOnly));
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  for (QByteArray* text : {&address, &subject}) {
    text->replace("DIR", folder.path().toLocal8Bit());
    text->replace("PORT", QByteArray::number(server.serverPort()));
  }
  const SocketAddress to = SocketAddress::fromText(address.toStdString()).value();
  Socket socket = Socket::open(to.family(), type).value();
  const auto result = socket.bind(to);
  QVERIFY(!result);
  QCOMPARE(bytes(result.error().symbol()), bytes(errnoSymbol(code)));
  QCOMPARE(bytes(result.error().subject), subject);
  QCOMPARE(result.error().op, Operation::bind);
}

void TstSocket::listensOnStreamsAlone() {
  Socket socket = bound(SOCK_DGRAM);
  const auto result = socket.listen(5);
  QVERIFY(!result && result.error().isErrno(EOPNOTSUPP));
  QCOMPARE(bytes(result.error().subject), bytes("udp://" + socket.localAddress()->text()));
}

void TstSocket::acceptsQt() {
  Socket listener = bound(SOCK_STREAM);
  QTcpSocket client;
  client.connectToHost(QHostAddress::LocalHost, listener.localAddress()->port());
  QVERIFY(client.waitForConnected(kDeadline));
  auto accepted = listener.accept();
  QVERIFY(accepted.has_value());
  QVERIFY(isCloseOnExec(accepted->socket.fileno()));
  QCOMPARE(accepted->peer.port(), client.localPort());
  QVERIFY(accepted->peer == accepted->socket.peerAddress().value());
  QVERIFY(listener.localAddress() == accepted->socket.localAddress());
}

void TstSocket::connectsToQt() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHostIPv6));
  Socket client = Socket::open(AF_INET6, SOCK_STREAM).value();
  QVERIFY(client.connect(SocketAddress::fromIp("::1", server.serverPort()).value()).has_value());
  QVERIFY(server.waitForNewConnection(kDeadline));
  const QTcpSocket* peer = server.nextPendingConnection();
  QCOMPARE(client.localAddress()->port(), peer->peerPort());
  QCOMPARE(client.peerAddress()->port(), server.serverPort());
  const auto again = client.connect(SocketAddress::fromIp("::1", server.serverPort()).value());
  QVERIFY(!again && again.error().isErrno(EISCONN));
}

void TstSocket::refusedConnection() {
  Socket reserved = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(reserved.bind(loopback()).has_value());  // bound, so that nobody else listens there
  const SocketAddress nobody = reserved.localAddress().value();
  Socket client = Socket::open(AF_INET, SOCK_STREAM).value();
  const auto result = client.connect(nobody);
  QVERIFY(!result && result.error().isErrno(ECONNREFUSED));
  QCOMPARE(bytes(result.error().line()),
           bytes("connect tcp://" + nobody.text() + ": ECONNREFUSED, Connection refused"));
  QVERIFY(result.error().hint().find("nothing listens on " + nobody.text()) != std::string::npos);
}

void TstSocket::connectExAnswersErrno() {
  Socket listener = bound(SOCK_STREAM);
  Socket client = Socket::open(AF_INET, SOCK_STREAM).value();
  QCOMPARE(client.connectEx(listener.localAddress().value()), 0);
  QCOMPARE(client.connectEx(listener.localAddress().value()), EISCONN);
  QCOMPARE(Socket().connectEx(loopback(9)), EBADF);
  Socket wrongFamily = Socket::open(AF_INET, SOCK_STREAM).value();
  QCOMPARE(wrongFamily.connectEx(SocketAddress::fromIp("::1", 9).value()), EAFNOSUPPORT);
}

void TstSocket::unixConnectErrors() {
  QTemporaryDir folder;
  const SocketAddress path = SocketAddress::fromUnixPath(folder.filePath(u"s"_qs).toStdString()).value();
  Socket client = Socket::open(AF_UNIX, SOCK_STREAM).value();
  QCOMPARE(client.connectEx(path), ENOENT);
  Socket server = Socket::open(AF_UNIX, SOCK_STREAM).value();
  QVERIFY(server.bind(path).has_value());
  QCOMPARE(client.connectEx(path), ECONNREFUSED);
  QVERIFY(server.listen(1).has_value());
  Socket otherType = Socket::open(AF_UNIX, SOCK_SEQPACKET).value();
  QCOMPARE(otherType.connectEx(path), EPROTOTYPE);
  QCOMPARE(client.connectEx(path), 0);
  QCOMPARE(bytes(client.peerAddress()->text()), bytes(path.text()));
  QVERIFY(server.accept()->peer.isUnnamed());
}

void TstSocket::shutsDownItsSendingSide() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  Socket client = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(client.connect(loopback(server.serverPort())).has_value());
  QVERIFY(server.waitForNewConnection(kDeadline));
  QTcpSocket* peer = server.nextPendingConnection();
  QVERIFY(client.sendAll(asBytes("last words")).has_value());
  QVERIFY(client.shutdown(ShutdownHow::write).has_value());
  QVERIFY(peer->waitForDisconnected(kDeadline) || peer->state() == QAbstractSocket::UnconnectedState);
  QCOMPARE(peer->readAll(), "last words"_qba);
  const auto more = client.send(asBytes("x"));
  QVERIFY(!more && more.error().isErrno(EPIPE));
}

void TstSocket::shutsDownItsReceivingSide() {
  auto [left, right] = tcpPair();
  QVERIFY(left.shutdown(ShutdownHow::read).has_value());
  std::array<std::byte, 4> buffer{};
  QCOMPARE(left.recv(buffer).value(), std::size_t(0));
  QVERIFY(left.sendAll(asBytes("ok")).has_value());
  QCOMPARE(receive(right, 2), "ok"_qba);
  Socket unconnected = Socket::open(AF_INET, SOCK_STREAM).value();
  const auto result = unconnected.shutdown(ShutdownHow::both);
  QVERIFY(!result && result.error().isErrno(ENOTCONN));
}

void TstSocket::hasNoPeerBeforeConnect() {
  const Socket socket = Socket::open(AF_INET, SOCK_STREAM).value();
  const auto peer = socket.peerAddress();
  QVERIFY(!peer && peer.error().isErrno(ENOTCONN));
  QVERIFY(socket.localAddress()->isWildcard());
}

void TstSocket::options() {
  Socket socket = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(socket.setIntOption(SOL_SOCKET, SO_KEEPALIVE, 1).has_value());
  QCOMPARE(socket.intOption(SOL_SOCKET, SO_KEEPALIVE).value(), 1);
  const linger wanted{1, 7};
  QVERIFY(socket.setRawOption(SOL_SOCKET, SO_LINGER, std::as_bytes(std::span(&wanted, 1))).has_value());
  const Bytes raw = socket.rawOption(SOL_SOCKET, SO_LINGER, 64).value();
  QCOMPARE(bytes(raw), bytes(std::as_bytes(std::span(&wanted, 1))));
  QCOMPARE(socket.rawOption(SOL_SOCKET, SO_LINGER, 4)->size(), std::size_t(4));
  const auto unknown = socket.intOption(SOL_SOCKET, 9999);
  QVERIFY(!unknown && unknown.error().isErrno(ENOPROTOOPT));
}

void TstSocket::takesItsError() {
  Socket nobody = Socket::open(AF_INET, SOCK_DGRAM).value();
  QVERIFY(nobody.bind(loopback()).has_value());
  const SocketAddress address = nobody.localAddress().value();
  Socket sender = Socket::open(AF_INET, SOCK_DGRAM).value();
  QVERIFY(sender.connect(address).has_value());
  QVERIFY(nobody.close().has_value());
  QCOMPARE(sender.takeError().value(), 0);
  QVERIFY(sender.send(asBytes("x")).has_value());
  pollfd waiting{sender.fileno(), POLLIN, 0};
  QCOMPARE(poll(&waiting, 1, kDeadline), 1);
  QCOMPARE(sender.takeError().value(), ECONNREFUSED);
  QCOMPARE(sender.takeError().value(), 0);
}

void TstSocket::countsWaitingBytes() {
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  QCOMPARE(right.bytesReadable().value(), 0);
  QCOMPARE(left.bytesUnsent().value(), 0);
  QVERIFY(left.sendAll(asBytes("12345")).has_value());
  QCOMPARE(right.bytesReadable().value(), 5);
  QVERIFY(left.bytesUnsent().value() > 0);
  QCOMPARE(receive(right, 5), "12345"_qba);
  QCOMPARE(left.bytesUnsent().value(), 0);
}

QTEST_GUILESS_MAIN(TstSocket)
#include "tst_socket.moc"
