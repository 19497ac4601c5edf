// Whom a question goes to: servers as text, those of a resolv.conf, and the name of an address.
#include <QTemporaryDir>
#include <QTest>

#include "core/resolve/dns/servers.h"
#include "core/resolve/dns_client.h"
#include "core/resolve/reverse_pointer.h"

using namespace sockbench;

class TestDnsServers : public QObject {
  Q_OBJECT
 private slots:
  void readsAServer_data();
  void readsAServer();
  void refusesWhatIsNone_data();
  void refusesWhatIsNone();
  void readsResolvConf_data();
  void readsResolvConf();
  void withoutResolvConfItIsThisMachine();
  void anUnreadableResolvConfIsAnError();
  void reversesAddresses_data();
  void reversesAddresses();
};

void TestDnsServers::readsAServer_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("server");
  const auto row = [](const char* text, const char* server) {
    QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(server);
  };
  row("127.0.0.1", "127.0.0.1:53");
  row("127.0.0.1:5353", "127.0.0.1:5353");
  row("::1", "[::1]:53");
  row("2001:db8::53", "[2001:db8::53]:53");
  row("[::1]", "[::1]:53");
  row("[::1]:65535", "[::1]:65535");
  row("fe80::1%lo", "[fe80::1%lo]:53");
  row("[fe80::1%lo]:5300", "[fe80::1%lo]:5300");
}

void TestDnsServers::readsAServer() {
  QFETCH(const QString, text);
  const auto server = parseDnsServer(text.toStdString());
  QVERIFY2(server.has_value(), server ? "" : server.error().line().c_str());
  QTEST(QString::fromStdString(server->text()), "server");
}

void TestDnsServers::refusesWhatIsNone_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<InputFault>("fault");
  QTest::addColumn<int>("offset");
  const auto row = [](const char* text, InputFault fault, int offset) {
    QTest::newRow(text) << QString::fromUtf8(text) << fault << offset;
  };
  row("127.0.0.1:", InputFault::badPort, 10);
  row("127.0.0.1:0", InputFault::badPort, 10);
  row("127.0.0.1:65536", InputFault::badPort, 10);
  row("127.0.0.1:dns", InputFault::badPort, 10);
  row("127.0.0.1:-1", InputFault::badPort, 10);
  row("[::1]:", InputFault::badPort, 6);
  row("[::1]x", InputFault::badPort, 5);
  row("[::1", InputFault::badAddress, 0);
  row("[]:53", InputFault::badAddress, 1);
  row("dns.example", InputFault::badAddress, 0);
  row("fe80::1%nosuch0", InputFault::badZone, 8);
  row("[fe80::1%nosuch0]", InputFault::badZone, 9);
}

void TestDnsServers::refusesWhatIsNone() {
  QFETCH(const QString, text);
  QFETCH(const InputFault, fault);
  const auto server = parseDnsServer(text.toStdString());
  QVERIFY(!server.has_value());
  QCOMPARE(server.error().symbol(), Error::fromInput(fault, {}, {}, {}).symbol());
  QCOMPARE(server.error().subject, text.toStdString());
  QVERIFY(server.error().where.has_value());
  QTEST(static_cast<int>(server.error().where->offset), "offset");
}

void TestDnsServers::readsResolvConf_data() {
  QTest::addColumn<QByteArray>("file");
  QTest::addColumn<QString>("servers");
  const auto row = [](const char* what, const char* file, const char* servers) {
    QTest::newRow(what) << QByteArray(file) << QString::fromUtf8(servers);
  };
  row("several, in order", "nameserver 192.0.2.2\nnameserver 192.0.2.1\nnameserver ::1\n",
      "192.0.2.2:53 192.0.2.1:53 [::1]:53");
  row("among other lines",
      "# nameserver 192.0.2.9\n; nameserver 192.0.2.9\nsearch example\noptions rotate\n"
      "nameserver\t192.0.2.1  # here\nnameservers 192.0.2.9\n",
      "192.0.2.1:53");
  row("with a zone", "nameserver fe80::1%lo\n", "[fe80::1%lo]:53");
  row("without a last new line", "nameserver 192.0.2.1", "192.0.2.1:53");
  row("none", "search example\n", "127.0.0.1:53");
  row("an empty file", "", "127.0.0.1:53");
  row("one that is no address beside one that is", "nameserver dns.example\nnameserver 192.0.2.1\n",
      "192.0.2.1:53");
  row("none that is an address", "nameserver dns.example\n", "DNS_NO_SERVER");
  row("a name alone", "nameserver\nnameserver \n", "127.0.0.1:53");
}

void TestDnsServers::readsResolvConf() {
  QFETCH(const QByteArray, file);
  QTemporaryDir folder;
  QFile conf(folder.filePath(QStringLiteral("resolv.conf")));
  QVERIFY(conf.open(QIODevice::WriteOnly) && conf.write(file) == file.size());
  conf.close();
  const auto servers = dns::serversOf(conf.fileName().toStdString());
  QStringList texts;
  if (servers) {
    for (const SocketAddress& server : *servers) texts.append(QString::fromStdString(server.text()));
  } else {
    texts.append(QString::fromStdString(servers.error().symbol()));
  }
  QTEST(texts.join(u' '), "servers");
}

void TestDnsServers::withoutResolvConfItIsThisMachine() {
  const auto servers = dns::serversOf("/nonexistent/resolv.conf");
  QVERIFY(servers && servers->size() == 1);
  QCOMPARE(servers->front().text(), std::string("127.0.0.1:53"));
}

void TestDnsServers::anUnreadableResolvConfIsAnError() {
  QTemporaryDir folder;
  const auto servers = dns::serversOf(folder.path().toStdString());
  QVERIFY(!servers.has_value());
  QVERIFY(servers.error().isErrno(EISDIR));
  QCOMPARE(servers.error().subject, folder.path().toStdString());
}

void TestDnsServers::reversesAddresses_data() {
  QTest::addColumn<QString>("address");
  QTest::addColumn<QString>("name");
  QTest::newRow("IPv4") << "192.0.2.1"
                        << "1.2.0.192.in-addr.arpa.";
  QTest::newRow("IPv6") << "2001:db8::567:89ab"
                        << "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.";
  QTest::newRow("with a zone") << "fe80::1%lo"
                               << "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa.";
}

void TestDnsServers::reversesAddresses() {
  QFETCH(const QString, address);
  const auto parsed = SocketAddress::fromIp(address.toStdString(), 0);
  QVERIFY(parsed.has_value());
  QTEST(QString::fromStdString(reversePointer(*parsed)), "name");
  QCOMPARE(reversePointer(SocketAddress::fromUnixPath("/tmp/x").value()), std::string());
  QCOMPARE(reversePointer(SocketAddress()), std::string());
}

QTEST_GUILESS_MAIN(TestDnsServers)
#include "tst_dns_servers.moc"
