// The bytes of Socket: what is sent arrives, whole and where it should.
#include <pthread.h>
#include <unistd.h>

#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>
#include <QUdpSocket>
#include <csignal>
#include <thread>

#include "socket_fixture.h"

using namespace sockbench;
using namespace fixture;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kDeadline = 10'000;  // ms

ByteView view(const QByteArray& data) {
  return asBytes({data.data(), static_cast<std::size_t>(data.size())});
}

std::span<std::byte> room(QByteArray& data) {
  return std::as_writable_bytes(std::span(data.data(), static_cast<std::size_t>(data.size())));
}

QByteArray pattern(qsizetype size) {
  QByteArray data(size, '\0');
  for (qsizetype i = 0; i < size; ++i) data[i] = static_cast<char>(i * 31 + (i >> 8));
  return data;
}

}  // namespace

class TstSocketIo : public QObject {
  Q_OBJECT
 private slots:
  void talksWithQtOverTcp();
  void talksWithQtOverUdp();
  void talksWithQtOverUnix();
  void sendAllSendsAll();
  void anEmptyDatagramIsSent();
  void theEndIsZeroBytes();
  void aResetIsEconnreset();
  void sendingToNobodyIsEpipe();
  void tooLargeADatagram();
  void peeksWithoutTaking();
  void tellsADatagramsRealLength();
  void seqpacketKeepsRecords();
  void gathersAndScatters();
  void sendMessageNamesThePeer();
  void passesDescriptors();
  void lostControlMessagesAreTold();
  void severalControlMessages();
  void aStreamHasNoSenderAddress();
  void sendsFiles_data();
  void sendsFiles();
  void aFileThatEndsEarly();
  void sendFileKeepsTheFilesPlace();
  void sendFileToNobodyIsEpipe();
  void sendFileErrors_data();
  void sendFileErrors();
  void sendFileTellsHowFarItCame();
};

void TstSocketIo::talksWithQtOverTcp() {
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  Socket client = Socket::open(AF_INET, SOCK_STREAM).value();
  QVERIFY(client.connect(loopback(server.serverPort())).has_value());
  QVERIFY(server.waitForNewConnection(kDeadline));
  QTcpSocket* peer = server.nextPendingConnection();
  const QByteArray all = QByteArray("every byte: ") + pattern(256);
  QCOMPARE(client.send(view(all)).value(), std::size_t(all.size()));
  while (peer->bytesAvailable() < all.size()) QVERIFY(peer->waitForReadyRead(kDeadline));
  QCOMPARE(peer->readAll(), all);
  peer->write(all);
  QVERIFY(peer->waitForBytesWritten(kDeadline));
  QCOMPARE(receive(client, all.size()), all);
}

void TstSocketIo::talksWithQtOverUdp() {
  QUdpSocket peer;
  QVERIFY(peer.bind(QHostAddress::LocalHost));
  Socket socket = bound(SOCK_DGRAM);
  for (const char* text : {"one", "", "three"}) {
    QCOMPARE(socket.sendTo(asBytes(text), loopback(peer.localPort())).value(), std::strlen(text));
  }
  for (const char* text : {"one", "", "three"}) {
    if (!peer.hasPendingDatagrams()) QVERIFY(peer.waitForReadyRead(kDeadline));
    QHostAddress from;
    quint16 port = 0;
    QByteArray got(64, '\0');
    const qint64 length = peer.readDatagram(got.data(), got.size(), &from, &port);
    QCOMPARE(got.first(length), QByteArray(text));
    QCOMPARE(port, socket.localAddress()->port());
  }
  peer.writeDatagram("answer", QHostAddress::LocalHost, socket.localAddress()->port());
  QByteArray buffer(64, '\0');
  const Received got = socket.recvFrom(room(buffer)).value();
  QCOMPARE(buffer.first(static_cast<qsizetype>(got.bytes)), "answer"_qba);
  QVERIFY(got.from == loopback(peer.localPort()));
}

void TstSocketIo::talksWithQtOverUnix() {
  QTemporaryDir folder;
  QLocalServer server;
  QVERIFY2(server.listen(folder.filePath(u"s"_qs)), qPrintable(server.errorString()));
  Socket client = Socket::open(AF_UNIX, SOCK_STREAM).value();
  QVERIFY(
      client.connect(SocketAddress::fromUnixPath(server.fullServerName().toStdString()).value()).has_value());
  QVERIFY(server.waitForNewConnection(kDeadline));
  QLocalSocket* peer = server.nextPendingConnection();
  QVERIFY(client.sendAll(asBytes("hello")).has_value());
  QVERIFY(peer->waitForReadyRead(kDeadline));
  QCOMPARE(peer->readAll(), "hello"_qba);
  peer->write("world");
  QVERIFY(peer->waitForBytesWritten(kDeadline) || peer->bytesToWrite() == 0);
  QCOMPARE(receive(client, 5), "world"_qba);
}

void TstSocketIo::sendAllSendsAll() {
  auto [client, server] = tcpPair();
  const QByteArray sent = pattern(16 << 20);
  QByteArray got;
  std::thread reader([&got, &server = server, size = sent.size()] { got = receive(server, size); });
  const auto result = client.sendAll(view(sent));
  client.close().value();
  reader.join();
  QVERIFY(result.has_value());
  QVERIFY(got == sent);
}

void TstSocketIo::anEmptyDatagramIsSent() {
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_DGRAM).value();
  QVERIFY(left.sendAll({}).has_value());
  QVERIFY(left.sendAll(asBytes("next")).has_value());
  QByteArray buffer(8, '\0');
  QCOMPARE(right.recv(room(buffer)).value(), std::size_t(0));
  QCOMPARE(right.recv(room(buffer)).value(), std::size_t(4));
}

void TstSocketIo::theEndIsZeroBytes() {
  auto [client, server] = tcpPair();
  QVERIFY(client.sendAll(asBytes("bye")).has_value());
  QVERIFY(client.close().has_value());
  QCOMPARE(receive(server, 100), "bye"_qba);
  QByteArray buffer(8, '\0');
  QCOMPARE(server.recv(room(buffer)).value(), std::size_t(0));
}

void TstSocketIo::aResetIsEconnreset() {
  auto [client, server] = tcpPair();
  const linger reset{1, 0};
  QVERIFY(client.setRawOption(SOL_SOCKET, SO_LINGER, std::as_bytes(std::span(&reset, 1))).has_value());
  QVERIFY(client.close().has_value());
  QByteArray buffer(8, '\0');
  const auto got = server.recv(room(buffer));
  QVERIFY(!got && got.error().isErrno(ECONNRESET));
  QCOMPARE(got.error().op, Operation::recv);
  QVERIFY(got.error().hint().find("RST") != std::string::npos);
}

void TstSocketIo::sendingToNobodyIsEpipe() {
  // The default action of SIGPIPE would end this program.
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  QVERIFY(right.close().has_value());
  const ByteView part = asBytes("x");
  for (const auto& result : {left.send(part), left.sendMessage(std::span(&part, 1), {}, {})}) {
    QVERIFY(!result && result.error().isErrno(EPIPE));
  }
  const auto all = left.sendAll(part);
  QVERIFY(!all && all.error().isErrno(EPIPE));
}

void TstSocketIo::tooLargeADatagram() {
  Socket socket = bound(SOCK_DGRAM);
  const auto result = socket.sendTo(view(QByteArray(65'508, 'x')), loopback(9));
  QVERIFY(!result && result.error().isErrno(EMSGSIZE));
  QCOMPARE(bytes(result.error().subject), "udp://127.0.0.1:9"_qba);
  QVERIFY(result.error().hint().find("65507") != std::string::npos);
  QCOMPARE(socket.sendTo(view(QByteArray(65'507, 'x')), loopback(9)).value(), std::size_t(65'507));
}

void TstSocketIo::peeksWithoutTaking() {
  auto [left, right] = tcpPair();
  QVERIFY(left.sendAll(asBytes("peek")).has_value());
  QByteArray buffer(4, '\0');
  QCOMPARE(right.recv(room(buffer), MSG_PEEK | MSG_WAITALL).value(), std::size_t(4));
  QCOMPARE(buffer, "peek"_qba);
  QCOMPARE(receive(right, 4), "peek"_qba);
}

void TstSocketIo::tellsADatagramsRealLength() {
  Socket socket = bound(SOCK_DGRAM);
  const SocketAddress self = socket.localAddress().value();
  for (int i = 0; i < 3; ++i) QVERIFY(socket.sendTo(asBytes("0123456789"), self).has_value());
  QByteArray small(4, '\0');
  QCOMPARE(socket.recv(room(small)).value(), std::size_t(4));
  QCOMPARE(socket.recvFrom(room(small), MSG_TRUNC)->bytes, std::size_t(10));
  const std::array buffers{room(small)};
  const Received cut = socket.recvMessage(buffers, 0).value();
  QCOMPARE(cut.bytes, std::size_t(4));
  QCOMPARE(cut.flags, int(MSG_TRUNC));
  QVERIFY(cut.from == self);
}

void TstSocketIo::seqpacketKeepsRecords() {
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_SEQPACKET).value();
  QVERIFY(left.sendAll(asBytes("first")).has_value());
  QVERIFY(left.sendAll(asBytes("second")).has_value());
  QByteArray buffer(64, '\0');
  const std::array buffers{room(buffer)};
  const Received first = right.recvMessage(buffers, 0).value();
  QCOMPARE(buffer.first(static_cast<qsizetype>(first.bytes)), "first"_qba);
  QVERIFY((first.flags & MSG_TRUNC) == 0);
  QCOMPARE(right.recv(room(buffer)).value(), std::size_t(6));
}

void TstSocketIo::gathersAndScatters() {
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  const std::array parts{asBytes("one"), asBytes(""), asBytes("two")};
  QCOMPARE(left.sendMessage(parts, {}, {}).value(), std::size_t(6));
  QByteArray head(2, '\0');
  QByteArray tail(10, '\0');
  const std::array buffers{room(head), room(tail)};
  const Received got = right.recvMessage(buffers, 0).value();
  QCOMPARE(got.bytes, std::size_t(6));
  QCOMPARE(head + tail.first(4), "onetwo"_qba);
  QVERIFY(got.control.empty());
  QCOMPARE(got.flags, 0);
}

void TstSocketIo::sendMessageNamesThePeer() {
  Socket sender = bound(SOCK_DGRAM);
  Socket receiver = bound(SOCK_DGRAM);
  const std::array parts{asBytes("to you")};
  QVERIFY(sender.sendMessage(parts, {}, receiver.localAddress().value()).has_value());
  QByteArray buffer(64, '\0');
  const Received got = receiver.recvFrom(room(buffer)).value();
  QCOMPARE(buffer.first(static_cast<qsizetype>(got.bytes)), "to you"_qba);
  QVERIFY(got.from == sender.localAddress().value());
  const auto nowhere = sender.sendMessage(parts, {}, {});
  QVERIFY(!nowhere && nowhere.error().isErrno(EDESTADDRREQ));
}

void TstSocketIo::passesDescriptors() {
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  QTemporaryFile file;
  QVERIFY(file.open());
  file.write("through another descriptor");
  QVERIFY(file.flush());
  const int handle = file.handle();
  const auto raw = std::as_bytes(std::span(&handle, 1));
  const std::array control{ControlMessage{SOL_SOCKET, SCM_RIGHTS, Bytes(raw.begin(), raw.end())}};
  const std::array parts{asBytes("x")};
  QVERIFY(left.sendMessage(parts, control, {}).has_value());
  QByteArray buffer(8, '\0');
  const std::array buffers{room(buffer)};
  const Received got = right.recvMessage(buffers, CMSG_SPACE(sizeof(int)), MSG_CMSG_CLOEXEC).value();
  QCOMPARE(got.control.size(), std::size_t(1));
  QCOMPARE(got.control[0].level, SOL_SOCKET);
  QCOMPARE(got.control[0].type, int(SCM_RIGHTS));
  QCOMPARE(got.control[0].data.size(), sizeof(int));
  QCOMPARE(got.flags, 0);
  int passed = -1;
  std::memcpy(&passed, got.control[0].data.data(), sizeof passed);
  QVERIFY(passed != handle && isCloseOnExec(passed));
  QByteArray content(64, '\0');
  const ssize_t length = pread(passed, content.data(), static_cast<std::size_t>(content.size()), 0);
  ::close(passed);
  QCOMPARE(content.first(length), "through another descriptor"_qba);
}

void TstSocketIo::lostControlMessagesAreTold() {
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  const int handle = right.fileno();
  const auto raw = std::as_bytes(std::span(&handle, 1));
  const std::array control{ControlMessage{SOL_SOCKET, SCM_RIGHTS, Bytes(raw.begin(), raw.end())}};
  const std::array parts{asBytes("x")};
  QVERIFY(left.sendMessage(parts, control, {}).has_value());
  QByteArray buffer(8, '\0');
  const std::array buffers{room(buffer)};
  const Received got = right.recvMessage(buffers, 0).value();
  QCOMPARE(got.bytes, std::size_t(1));
  QVERIFY((got.flags & MSG_CTRUNC) != 0);
  QVERIFY(got.control.empty());
}

void TstSocketIo::severalControlMessages() {
  Socket receiver = bound(SOCK_DGRAM);
  QVERIFY(receiver.setIntOption(IPPROTO_IP, IP_PKTINFO, 1).has_value());
  QVERIFY(receiver.setIntOption(IPPROTO_IP, IP_RECVTTL, 1).has_value());
  Socket sender = bound(SOCK_DGRAM);
  const int ttl = 42;
  const int tos = 0x10;
  const auto raw = [](const int& value) {
    const auto view = std::as_bytes(std::span(&value, 1));
    return Bytes(view.begin(), view.end());
  };
  const std::array control{ControlMessage{IPPROTO_IP, IP_TTL, raw(ttl)},
                           ControlMessage{IPPROTO_IP, IP_TOS, raw(tos)}};
  const std::array parts{asBytes("x")};
  QVERIFY(sender.sendMessage(parts, control, receiver.localAddress().value()).has_value());
  QByteArray buffer(8, '\0');
  const std::array buffers{room(buffer)};
  const Received got = receiver.recvMessage(buffers, 256).value();
  QCOMPARE(got.control.size(), std::size_t(2));
  for (const ControlMessage& message : got.control) {
    QCOMPARE(message.level, int(IPPROTO_IP));
    if (message.type == IP_PKTINFO) QCOMPARE(message.data.size(), sizeof(in_pktinfo));
    if (message.type == IP_TTL) QVERIFY(message.data == raw(ttl));
  }
  QVERIFY(got.control[0].type != got.control[1].type);
}

void TstSocketIo::aStreamHasNoSenderAddress() {
  auto [left, right] = tcpPair();
  QVERIFY(left.sendAll(asBytes("x")).has_value());
  QByteArray buffer(8, '\0');
  const Received got = right.recvFrom(room(buffer)).value();
  QCOMPARE(got.bytes, std::size_t(1));
  QVERIFY(got.from.empty());
}

void TstSocketIo::sendsFiles_data() {
  QTest::addColumn<qint64>("size");
  QTest::addColumn<qint64>("offset");
  QTest::addColumn<qint64>("count");  // -1: to the end
  QTest::addColumn<qint64>("sent");
  QTest::newRow("the whole file") << qint64(3'000'000) << qint64(0) << qint64(-1) << qint64(3'000'000);
  QTest::newRow("from an offset") << qint64(1000) << qint64(400) << qint64(-1) << qint64(600);
  QTest::newRow("a part") << qint64(1000) << qint64(400) << qint64(100) << qint64(100);
  QTest::newRow("nothing") << qint64(1000) << qint64(0) << qint64(0) << qint64(0);
  QTest::newRow("an empty file") << qint64(0) << qint64(0) << qint64(-1) << qint64(0);
  QTest::newRow("from behind the end") << qint64(1000) << qint64(2000) << qint64(-1) << qint64(0);
}

void TstSocketIo::sendsFiles() {
  QFETCH(qint64, size);
  QFETCH(qint64, offset);
  QFETCH(qint64, count);
  QFETCH(qint64, sent);
  QTemporaryFile file;
  QVERIFY(file.open());
  const QByteArray content = pattern(size);
  file.write(content);
  QVERIFY(file.flush());
  auto [client, server] = tcpPair();
  QByteArray got;
  std::thread reader([&got, &server = server, size] { got = receive(server, size + 1); });
  const auto wanted = count < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(count));
  const auto result = client.sendFile(file.handle(), static_cast<std::uint64_t>(offset), wanted);
  client.close().value();
  reader.join();
  QVERIFY2(result.has_value(), result ? "" : result.error().line().c_str());
  QCOMPARE(*result, static_cast<std::uint64_t>(sent));
  QVERIFY(got == content.mid(offset, sent));
}

void TstSocketIo::aFileThatEndsEarly() {
  QTemporaryFile file;
  QVERIFY(file.open());
  file.write("short");
  QVERIFY(file.flush());
  auto [client, server] = tcpPair();
  QCOMPARE(client.sendFile(file.handle(), 0, 100).value(), std::uint64_t(5));
  QCOMPARE(receive(server, 5), "short"_qba);
}

void TstSocketIo::sendFileKeepsTheFilesPlace() {
  QTemporaryFile file;
  QVERIFY(file.open());
  file.write("0123456789");
  QVERIFY(file.flush());
  QCOMPARE(lseek(file.handle(), 3, SEEK_SET), off_t(3));
  auto [client, server] = tcpPair();
  QCOMPARE(client.sendFile(file.handle(), 5, std::nullopt).value(), std::uint64_t(5));
  QCOMPARE(receive(server, 5), "56789"_qba);
  QCOMPARE(lseek(file.handle(), 0, SEEK_CUR), off_t(3));
}

void TstSocketIo::sendFileToNobodyIsEpipe() {
  QTemporaryFile file;
  QVERIFY(file.open());
  file.write("x");
  QVERIFY(file.flush());
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  QVERIFY(right.close().has_value());
  const auto result = left.sendFile(file.handle(), 0, std::nullopt);
  QVERIFY(!result && result.error().isErrno(EPIPE));
  QCOMPARE(result.error().op, Operation::sendfile);
  // Neither is a SIGPIPE left over, nor is it still held back.
  sigset_t mask{};
  sigset_t pending{};
  pthread_sigmask(SIG_BLOCK, nullptr, &mask);
  sigpending(&pending);
  QCOMPARE(sigismember(&mask, SIGPIPE), 0);
  QCOMPARE(sigismember(&pending, SIGPIPE), 0);
}

void TstSocketIo::sendFileErrors_data() {
  QTest::addColumn<int>("file");
  QTest::addColumn<quint64>("offset");
  QTest::addColumn<int>("code");
  QTest::newRow("no file") << -1 << quint64(0) << EBADF;
  QTest::newRow("an offset beyond what a file can have")
      << 0 << std::numeric_limits<quint64>::max() << EINVAL;
}

void TstSocketIo::sendFileErrors() {
  QFETCH(int, file);
  QFETCH(quint64, offset);
  QFETCH(int, code);
  auto [left, right] = Socket::pair(AF_UNIX, SOCK_STREAM).value();
  const auto result = left.sendFile(file, offset, 1);
  QVERIFY(!result);
  QVERIFY2(result.error().isErrno(code), result.error().line().c_str());
}

void TstSocketIo::sendFileTellsHowFarItCame() {
  QTemporaryFile file;
  QVERIFY(file.open());
  const QByteArray content = pattern(16 << 20);
  file.write(content);
  QVERIFY(file.flush());
  for (const auto limit : {0ns, std::chrono::nanoseconds(20ms)}) {
    auto [client, server] = tcpPair();
    QVERIFY(client.setTimeout(limit).has_value());
    const auto result = client.sendFile(file.handle(), 0, std::nullopt);
    QVERIFY(!result);
    QVERIFY2(result.error().isErrno(limit == 0ns ? EAGAIN : ETIMEDOUT), result.error().line().c_str());
    const auto done = static_cast<qsizetype>(result.error().bytesDone);
    QVERIFY(done > 0 && done < content.size());
    QVERIFY(client.close().has_value());
    QVERIFY(receive(server, content.size()) == content.first(done));
  }
}

QTEST_GUILESS_MAIN(TstSocketIo)
#include "tst_socket_io.moc"
