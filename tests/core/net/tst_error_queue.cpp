// The error queue: what the network says about datagrams, with who says it.
#include <netinet/in.h>

#include <QTest>

#include "core/net/error_queue.h"
#include "core/net/icmp_text.h"
#include "core/net/socket_wait.h"
#include "tests/core/net/own_network.h"
#include "tests/core/net/socket_fixture.h"

using namespace sockbench;

namespace {

Socket listeningToErrors(int family) {
  Socket socket = Socket::open(family, SOCK_DGRAM).value();
  socket.setIntOption(IPPROTO_IP, IP_RECVERR, 1).value();
  if (family == AF_INET6) socket.setIntOption(IPPROTO_IPV6, IPV6_RECVERR, 1).value();
  return socket;
}

// A port of `ip` on which nobody listens.
SocketAddress deadPort(std::string_view ip) {
  const SocketAddress address = SocketAddress::fromIp(ip, 0).value();
  Socket socket = Socket::open(address.family(), SOCK_DGRAM).value();
  socket.bind(address).value();
  return socket.localAddress().value();
}

// The next entry, once it is there.
QueuedError nextError(const Socket& socket) {
  if (waitFor(socket.fileno(), 0, Deadline(std::chrono::seconds(20))) != 0) return {};
  return takeQueuedError(socket).value().value_or(QueuedError());
}

}  // namespace

class TestErrorQueue : public QObject {
  Q_OBJECT
 private slots:
  void anUnreachablePortIsTold_data();
  void anUnreachablePortIsTold();
  void theLastEntryTakesTheErrorWithIt();
  void nothingIsNoError();
  void aTooLongDatagramTellsTheMtu_data();
  void aTooLongDatagramTellsTheMtu();
  void aFirewallIsQuoted_data();
  void aFirewallIsQuoted();
  void icmpInWords_data();
  void icmpInWords();
};

void TestErrorQueue::anUnreachablePortIsTold_data() {
  QTest::addColumn<int>("family");
  QTest::addColumn<QString>("ip");
  QTest::addColumn<QString>("offender");
  QTest::addColumn<bool>("connected");
  QTest::newRow("IPv4") << AF_INET << "127.0.0.1"
                        << "127.0.0.1" << false;
  QTest::newRow("IPv4, connected") << AF_INET << "127.0.0.1"
                                   << "127.0.0.1" << true;
  QTest::newRow("IPv6") << AF_INET6 << "::1"
                        << "::1" << false;
  QTest::newRow("IPv4 through an IPv6 socket") << AF_INET6 << "::ffff:127.0.0.1"
                                               << "::ffff:127.0.0.1" << false;
}

void TestErrorQueue::anUnreachablePortIsTold() {
  QFETCH(int, family);
  QFETCH(QString, ip);
  QFETCH(QString, offender);
  QFETCH(bool, connected);
  const SocketAddress dead = deadPort(ip.toStdString());
  Socket socket = listeningToErrors(family);
  if (connected) socket.connect(dead).value();
  QVERIFY(
      (connected ? socket.send(asBytes("anybody?")) : socket.sendTo(asBytes("anybody?"), dead)).has_value());
  const QueuedError error = nextError(socket);
  QCOMPARE(error.code, ECONNREFUSED);
  QVERIFY(error.isFromNetwork());
  QCOMPARE(QString::fromStdString(error.offender.ip()), offender);
  QCOMPARE(error.destination, dead);
  QCOMPARE(fixture::bytes(ByteView(error.payload)), QByteArray("anybody?"));
  QCOMPARE(QString::fromStdString(error.text()), QStringLiteral("port unreachable, told by ") + offender);
}

void TestErrorQueue::theLastEntryTakesTheErrorWithIt() {
  const SocketAddress dead = deadPort("127.0.0.1");
  Socket socket = listeningToErrors(AF_INET);
  QVERIFY(socket.sendTo(asBytes("a"), dead).has_value());
  QCOMPARE(nextError(socket).code, ECONNREFUSED);
  QVERIFY(socket.sendTo(asBytes("b"), dead).has_value());
}

void TestErrorQueue::nothingIsNoError() {
  Socket socket = listeningToErrors(AF_INET);
  const auto none = takeQueuedError(socket);
  QVERIFY(none.has_value());
  QVERIFY(!none->has_value());
  QVERIFY(socket.close().has_value());
  QVERIFY(takeQueuedError(socket).error().isErrno(EBADF));
}

void TestErrorQueue::aTooLongDatagramTellsTheMtu_data() {
  QTest::addColumn<int>("family");
  QTest::addColumn<QString>("ip");
  QTest::newRow("IPv4") << AF_INET << "127.0.0.1";
  QTest::newRow("IPv6") << AF_INET6 << "::1";
}

void TestErrorQueue::aTooLongDatagramTellsTheMtu() {
  QFETCH(int, family);
  QFETCH(QString, ip);
  Socket socket = listeningToErrors(family);
  const SocketAddress to = SocketAddress::fromIp(ip.toStdString(), 9).value();
  QVERIFY(socket.sendTo(Bytes(65'528), to).error().isErrno(EMSGSIZE));
  const QueuedError error = nextError(socket);
  QCOMPARE(error.code, EMSGSIZE);
  QCOMPARE(error.origin, ErrorOrigin::local);
  QVERIFY(error.mtu >= 1280);
  QVERIFY(error.text().find(std::to_string(error.mtu)) != std::string::npos);
}

void TestErrorQueue::aFirewallIsQuoted_data() {
  QTest::addColumn<QString>("reject");
  QTest::addColumn<QString>("ip");
  QTest::addColumn<int>("code");
  QTest::addColumn<QString>("text");
  QTest::newRow("host prohibited") << "icmp type host-prohibited"
                                   << "127.0.0.1" << EHOSTUNREACH
                                   << "host administratively prohibited, told by 127.0.0.1";
  QTest::newRow("network unreachable")
      << "icmp type net-unreachable"
      << "127.0.0.1" << ENETUNREACH << "network unreachable, told by 127.0.0.1";
  QTest::newRow("IPv6, prohibited") << "icmpv6 type admin-prohibited"
                                    << "::1" << EACCES
                                    << "communication administratively prohibited, told by ::1";
}

void TestErrorQueue::aFirewallIsQuoted() {
  QFETCH(QString, reject);
  QFETCH(QString, ip);
  QFETCH(int, code);
  QFETCH(QString, text);
  const fixture::OwnNetwork network;
  if (!network.isThere()) QSKIP("a network of one's own needs root (CLONE_NEWNET)");
  if (!network.run(
          QStringLiteral("nft -f - <<'END'\ntable inet t { chain c { type filter hook input priority 0; "
                         "udp dport 9 reject with %1; }; }\nEND")
              .arg(reject)))
    QSKIP("nft cannot set the rule here");
  const SocketAddress to = SocketAddress::fromIp(ip.toStdString(), 9).value();
  Socket socket = listeningToErrors(to.family());
  QVERIFY(socket.sendTo(asBytes("knock"), to).has_value());
  const QueuedError error = nextError(socket);
  QCOMPARE(error.code, code);
  QCOMPARE(QString::fromStdString(error.text()), text);
  QCOMPARE(error.destination, to);
}

void TestErrorQueue::icmpInWords_data() {
  QTest::addColumn<bool>("six");
  QTest::addColumn<int>("type");
  QTest::addColumn<int>("code");
  QTest::addColumn<QString>("words");
  QTest::newRow("port") << false << 3 << 3 << "port unreachable";
  QTest::newRow("port, IPv6") << true << 1 << 4 << "port unreachable";
  QTest::newRow("too many hops") << false << 11 << 0 << "time to live exceeded in transit";
  QTest::newRow("unknown") << false << 3 << 99 << "ICMP type 3, code 99";
  QTest::newRow("unknown, IPv6") << true << 127 << 1 << "ICMPv6 type 127, code 1";
}

void TestErrorQueue::icmpInWords() {
  QFETCH(bool, six);
  QFETCH(int, type);
  QFETCH(int, code);
  const auto t = static_cast<std::uint8_t>(type);
  const auto c = static_cast<std::uint8_t>(code);
  QTEST(QString::fromStdString(six ? icmp6Text(t, c) : icmpText(t, c)), "words");
}

QTEST_GUILESS_MAIN(TestErrorQueue)
#include "tst_error_queue.moc"
