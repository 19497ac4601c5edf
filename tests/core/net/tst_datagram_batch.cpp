// Batches of datagrams: recvmmsg and sendmmsg, and what comes beside the bytes.
#include <netinet/in.h>
#include <sys/un.h>

#include <QHostAddress>
#include <QNetworkDatagram>
#include <QTest>
#include <QUdpSocket>
#include <numeric>

#include "core/net/datagram_batch.h"
#include "core/net/interface_name.h"
#include "tests/core/net/socket_fixture.h"

using namespace sockbench;

namespace {

constexpr std::size_t kMost = 8;

Socket boundTo(std::string_view ip) {
  const SocketAddress address = SocketAddress::fromIp(ip, 0).value();
  Socket socket = Socket::open(address.family(), SOCK_DGRAM).value();
  if (address.family() == AF_INET6) socket.setIntOption(IPPROTO_IPV6, IPV6_V6ONLY, 0).value();
  socket.bind(address).value();
  socket.setTimeout(std::chrono::seconds(20)).value();
  return socket;
}

void askForArrival(Socket& socket) {
  const bool six = socket.localAddress()->family() == AF_INET6;
  if (six) socket.setIntOption(IPPROTO_IPV6, IPV6_RECVPKTINFO, 1).value();
  socket.setIntOption(IPPROTO_IP, IP_PKTINFO, 1).value();
}

void sendFromQt(QUdpSocket& sender, const QByteArray& data, const Socket& to,
                const QString& address = QStringLiteral("127.0.0.1")) {
  QCOMPARE(sender.writeDatagram(data, QHostAddress(address), to.localAddress()->port()), data.size());
}

}  // namespace

class TestDatagramBatch : public QObject {
  Q_OBJECT
 private slots:
  void allThatWaitsComesInOrder();
  void aCutDatagramTellsItsLength();
  void anEmptyDatagramIsOne();
  void theKernelTellsWhen();
  void theKernelTellsWhereItCame_data();
  void theKernelTellsWhereItCame();
  void anAnswerLeavesFromThere_data();
  void anAnswerLeavesFromThere();
  void theKernelTellsWhatItDropped();
  void unixSendersMayBeNameless();
  void failuresAreErrno();
  void manyAreSentInOrder();
  void theOneThatFailsIsNamed();
  void aFullQueueTakesTheFirst();
  void anEarlierRefusalFailsNone();
};

void TestDatagramBatch::allThatWaitsComesInOrder() {
  const Socket server = boundTo("127.0.0.1");
  QUdpSocket a;
  QUdpSocket b;
  for (int i = 0; i < 12; ++i) sendFromQt(i % 2 == 0 ? a : b, QByteArray::number(i), server);
  DatagramReceiver receiver(kMost, 100);
  int next = 0;
  for (const std::size_t expected : {std::size_t{8}, std::size_t{4}}) {
    const auto got = receiver.receive(server);
    QVERIFY(got.has_value());
    QCOMPARE(got->size(), expected);
    for (const Datagram& datagram : *got) {
      QCOMPARE(fixture::bytes(datagram.bytes), QByteArray::number(next));
      QCOMPARE(datagram.realLength, datagram.bytes.size());
      QCOMPARE(datagram.from.port(), (next % 2 == 0 ? a : b).localPort());
      ++next;
    }
  }
}

void TestDatagramBatch::aCutDatagramTellsItsLength() {
  const Socket server = boundTo("127.0.0.1");
  QUdpSocket sender;
  sendFromQt(sender, QByteArray(1000, 'x'), server);
  sendFromQt(sender, QByteArray(10, 'y'), server);
  DatagramReceiver receiver(kMost, 100);
  const auto got = receiver.receive(server);
  QVERIFY(got && got->size() == 2);
  QCOMPARE((*got)[0].realLength, 1000U);
  QCOMPARE(fixture::bytes((*got)[0].bytes), QByteArray(100, 'x'));
  QCOMPARE((*got)[1].realLength, 10U);
  QCOMPARE(fixture::bytes((*got)[1].bytes), QByteArray(10, 'y'));
}

void TestDatagramBatch::anEmptyDatagramIsOne() {
  const Socket server = boundTo("127.0.0.1");
  const Socket sender = Socket::open(AF_INET, SOCK_DGRAM).value();
  DatagramSender batch(kMost);
  const SocketAddress to = server.localAddress().value();
  batch.add({}, to);
  QCOMPARE(batch.send(sender).taken, 1U);
  DatagramReceiver receiver(kMost, 100);
  const auto got = receiver.receive(server);
  QVERIFY(got && got->size() == 1);
  QCOMPARE((*got)[0].realLength, 0U);
}

void TestDatagramBatch::theKernelTellsWhen() {
  Socket server = boundTo("127.0.0.1");
  QUdpSocket sender;
  sendFromQt(sender, "unasked", server);
  DatagramReceiver receiver(1, 100);
  const auto unasked = receiver.receive(server);
  QVERIFY(unasked.has_value());
  QCOMPARE((*unasked)[0].kernelTime, 0);
  server.setIntOption(SOL_SOCKET, SO_TIMESTAMPNS, 1).value();
  sendFromQt(sender, "one", server);
  sendFromQt(sender, "two", server);
  const WallNanos first = receiver.receive(server).value()[0].kernelTime;
  const WallNanos second = receiver.receive(server).value()[0].kernelTime;
  QVERIFY(first > 0);
  QVERIFY(second >= first);
}

void TestDatagramBatch::theKernelTellsWhereItCame_data() {
  QTest::addColumn<QString>("bind");
  QTest::addColumn<QString>("to");
  QTest::addColumn<QString>("told");
  QTest::newRow("IPv4, every address") << "0.0.0.0"
                                       << "127.0.0.9"
                                       << "127.0.0.9";
  QTest::newRow("IPv4, one address") << "127.0.0.1"
                                     << "127.0.0.1"
                                     << "127.0.0.1";
  QTest::newRow("IPv6, every address") << "::"
                                       << "::1"
                                       << "::1";
  QTest::newRow("IPv4 on every IPv6 address") << "::"
                                              << "127.0.0.9"
                                              << "::ffff:127.0.0.9";
}

void TestDatagramBatch::theKernelTellsWhereItCame() {
  QFETCH(QString, bind);
  QFETCH(QString, to);
  QFETCH(QString, told);
  Socket server = boundTo(bind.toStdString());
  DatagramReceiver receiver(1, 100);
  QUdpSocket sender;
  sendFromQt(sender, "unasked", server, to);
  QVERIFY(receiver.receive(server).value()[0].arrival.empty());
  askForArrival(server);
  sendFromQt(sender, "hello", server, to);
  const PacketInfo arrival = receiver.receive(server).value()[0].arrival;
  QVERIFY(!arrival.empty());
  QCOMPARE(QString::fromStdString(arrival.destination(7).ip()), told);
  QCOMPARE(arrival.destination(7).port(), 7);
  QCOMPARE(interfaceName(arrival.interface()), "lo");
  sendFromQt(sender, "again", server, to);
  QVERIFY(receiver.receive(server).value()[0].arrival == arrival);
}

void TestDatagramBatch::anAnswerLeavesFromThere_data() {
  theKernelTellsWhereItCame_data();
}

void TestDatagramBatch::anAnswerLeavesFromThere() {
  QFETCH(QString, bind);
  QFETCH(QString, to);
  Socket server = boundTo(bind.toStdString());
  askForArrival(server);
  QUdpSocket client;
  QVERIFY(client.bind(QHostAddress(to.contains(u':') ? QStringLiteral("::1") : QStringLiteral("127.0.0.1"))));
  sendFromQt(client, "hello", server, to);
  DatagramReceiver receiver(1, 100);
  const Datagram got = receiver.receive(server).value()[0];
  DatagramSender answers(kMost);
  answers.add(asBytes("answer"), got.from, got.arrival);
  QCOMPARE(answers.send(server).taken, 1U);
  QTRY_VERIFY(client.hasPendingDatagrams());
  const QNetworkDatagram answer = client.receiveDatagram();
  QCOMPARE(answer.data(), QByteArray("answer"));
  QCOMPARE(answer.senderAddress(), QHostAddress(to));
}

void TestDatagramBatch::theKernelTellsWhatItDropped() {
  Socket server = boundTo("127.0.0.1");
  server.setIntOption(SOL_SOCKET, SO_RCVBUF, 4096).value();
  server.setIntOption(SOL_SOCKET, SO_RXQ_OVFL, 1).value();
  constexpr int kSent = 100;
  QUdpSocket sender;
  for (int i = 0; i < kSent; ++i) sendFromQt(sender, QByteArray(500, 'x'), server);
  DatagramReceiver receiver(kMost, 1000);
  std::size_t received = 0;
  server.setTimeout(std::chrono::nanoseconds(0)).value();
  while (const auto got = receiver.receive(server)) {
    received += got->size();
    for (const Datagram& datagram : *got) QVERIFY(!datagram.drops);  // queued before the first was dropped
  }
  QVERIFY(received < kSent);
  sendFromQt(sender, "there is room again", server);
  const auto got = receiver.receive(server);
  QVERIFY(got.has_value());
  QCOMPARE((*got)[0].drops, std::optional<std::uint32_t>(kSent - received));
}

void TestDatagramBatch::unixSendersMayBeNameless() {
  const auto [a, b] = Socket::pair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK).value();
  const std::string data(100'000, 'u');
  QVERIFY(const_cast<Socket&>(a).send(asBytes(data)).has_value());
  DatagramReceiver receiver(2, 200'000);
  const auto got = receiver.receive(b);
  QVERIFY(got && got->size() == 1);
  QVERIFY((*got)[0].from.isUnnamed());
  QVERIFY(asChars((*got)[0].bytes) == data);
}

void TestDatagramBatch::failuresAreErrno() {
  Socket server = boundTo("127.0.0.1");
  DatagramReceiver receiver(kMost, 100);
  server.setTimeout(std::chrono::milliseconds(1)).value();
  QVERIFY(receiver.receive(server).error().isErrno(ETIMEDOUT));
  server.setTimeout(std::chrono::nanoseconds(0)).value();
  QVERIFY(receiver.receive(server).error().isErrno(EAGAIN));
  QVERIFY(server.close().has_value());
  QVERIFY(receiver.receive(server).error().isErrno(EBADF));
  DatagramSender sender(kMost);
  const SocketAddress nowhere;
  sender.add({}, nowhere);
  const auto outcome = sender.send(server);
  QCOMPARE(outcome.taken, 0U);
  QVERIFY(outcome.error && outcome.error->isErrno(EBADF));
  QVERIFY(sender.send(server).taken == 0 && !sender.isFull());
}

void TestDatagramBatch::manyAreSentInOrder() {
  QUdpSocket server;
  QVERIFY(server.bind(QHostAddress::LocalHost, 0));
  const SocketAddress to = fixture::loopback(server.localPort());
  const Socket socket = Socket::open(AF_INET, SOCK_DGRAM).value();
  DatagramSender sender(3);
  std::vector<std::string> texts;
  for (int i = 0; i < 3; ++i) texts.push_back(std::to_string(i));
  for (const std::string& text : texts) sender.add(asBytes(text), to);
  QVERIFY(sender.isFull());
  const auto outcome = sender.send(socket);
  QCOMPARE(outcome.taken, 3U);
  QVERIFY(!outcome.error);
  QCOMPARE(sender.size(), 0U);
  for (int i = 0; i < 3; ++i) {
    QTRY_VERIFY(server.hasPendingDatagrams());
    QCOMPARE(server.receiveDatagram().data(), QByteArray::number(i));
  }
}

void TestDatagramBatch::theOneThatFailsIsNamed() {
  QUdpSocket server;
  QVERIFY(server.bind(QHostAddress::LocalHost, 0));
  const SocketAddress to = fixture::loopback(server.localPort());
  const Socket socket = Socket::open(AF_INET, SOCK_DGRAM).value();
  const Bytes tooLong(65'508);
  DatagramSender sender(kMost);
  for (int i = 0; i < 4; ++i) sender.add(i == 2 ? ByteView(tooLong) : asBytes("fits"), to);
  const auto outcome = sender.send(socket);
  QCOMPARE(outcome.taken, 2U);
  QVERIFY(outcome.error && outcome.error->isErrno(EMSGSIZE));
  QCOMPARE(outcome.error->subject, "udp://" + to.text());
}

void TestDatagramBatch::aFullQueueTakesTheFirst() {
  const auto [from, to] = Socket::pair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK).value();
  constexpr std::size_t kMany = 1000;  // net.unix.max_dgram_qlen is far less
  const SocketAddress connected;
  DatagramSender sender(kMany);
  for (std::size_t i = 0; i < kMany; ++i) sender.add(asBytes("x"), connected);
  const auto outcome = sender.send(from);
  QVERIFY(outcome.taken > 0 && outcome.taken < kMany);
  QVERIFY(outcome.error && outcome.error->isErrno(EAGAIN));
  DatagramReceiver receiver(kMany, 10);
  QCOMPARE(receiver.receive(to).value().size(), outcome.taken);
}

// ICMP's answer to one datagram fails the next call; sendmmsg has sent nothing of that call then.
void TestDatagramBatch::anEarlierRefusalFailsNone() {
  Socket closed = fixture::bound(SOCK_DGRAM);
  const SocketAddress to = closed.localAddress().value();
  QVERIFY(closed.close().has_value());
  Socket socket = Socket::open(AF_INET, SOCK_DGRAM).value();
  QVERIFY(socket.connect(to).has_value());
  const SocketAddress connected;
  DatagramSender sender(kMost);
  sender.add(asBytes("a"), connected);
  QCOMPARE(sender.send(socket).taken, 1U);
  sender.add(asBytes("b"), connected);
  const auto outcome = sender.send(socket);
  QCOMPARE(outcome.taken, 0U);
  QVERIFY(outcome.error && outcome.error->isErrno(ECONNREFUSED));
}

QTEST_GUILESS_MAIN(TestDatagramBatch)
#include "tst_datagram_batch.moc"
