// addressScope: each special-purpose block by its first and last address and its neighbours.
#include <QtTest>

#include "core/resolve/host_database.h"

using namespace sockbench;

class TestAddressScope : public QObject {
  Q_OBJECT

 private slots:
  void scope_data();
  void scope();
  void othersHaveNone();
};

namespace {

void block(const char* first, const char* last, const char* scope) {
  QTest::addRow("first of %s %s", scope, first) << QByteArray(first) << QByteArray(scope);
  QTest::addRow("last of %s %s", scope, last) << QByteArray(last) << QByteArray(scope);
}

void ipv4Blocks() {
  block("0.0.0.0", "0.0.0.0", "unspecified");
  block("0.0.0.1", "0.255.255.255", "reserved");
  block("1.0.0.0", "9.255.255.255", "global");
  block("10.0.0.0", "10.255.255.255", "private");
  block("11.0.0.0", "100.63.255.255", "global");
  block("100.64.0.0", "100.127.255.255", "shared");
  block("100.128.0.0", "126.255.255.255", "global");
  block("127.0.0.0", "127.255.255.255", "loopback");
  block("128.0.0.0", "169.253.255.255", "global");
  block("169.254.0.0", "169.254.255.255", "link-local");
  block("169.255.0.0", "172.15.255.255", "global");
  block("172.16.0.0", "172.31.255.255", "private");
  block("172.32.0.0", "191.255.255.255", "global");
  block("192.0.0.0", "192.0.0.8", "reserved");
  block("192.0.0.9", "192.0.0.10", "global");
  block("192.0.0.11", "192.0.0.255", "reserved");
  block("192.0.1.0", "192.0.1.255", "global");
  block("192.0.2.0", "192.0.2.255", "documentation");
  block("192.0.3.0", "192.88.99.1", "global");
  block("192.88.99.2", "192.88.99.2", "reserved");
  block("192.88.99.3", "192.167.255.255", "global");
  block("192.168.0.0", "192.168.255.255", "private");
  block("192.169.0.0", "198.17.255.255", "global");
  block("198.18.0.0", "198.19.255.255", "benchmarking");
  block("198.20.0.0", "198.51.99.255", "global");
  block("198.51.100.0", "198.51.100.255", "documentation");
  block("198.51.101.0", "203.0.112.255", "global");
  block("203.0.113.0", "203.0.113.255", "documentation");
  block("203.0.114.0", "223.255.255.255", "global");
  block("224.0.0.0", "239.255.255.255", "multicast");
  block("240.0.0.0", "255.255.255.254", "reserved");
  block("255.255.255.255", "255.255.255.255", "broadcast");
}

void ipv6Blocks() {
  block("::", "::", "unspecified");
  block("::1", "::1", "loopback");
  block("::2", "::fffe:ffff:ffff", "reserved");
  block("::ffff:127.0.0.1", "::ffff:127.255.255.255", "loopback");
  block("::ffff:8.8.8.8", "::ffff:8.8.8.8", "global");
  block("64:ff9b::", "64:ff9b::ffff:ffff", "global");
  block("64:ff9b::1:0:0", "64:ff9b:0:ffff:ffff:ffff:ffff:ffff", "reserved");
  block("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "private");
  block("100::", "100::ffff:ffff:ffff:ffff", "reserved");
  block("1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "1fff::", "reserved");
  block("2000::", "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "global");
  block("2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "reserved");
  block("2001:1::1", "2001:1::3", "global");
  block("2001:1::4", "2001:1:ffff:ffff:ffff:ffff:ffff:ffff", "reserved");
  block("2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", "benchmarking");
  block("2001:2:1::", "2001:2:ffff:ffff:ffff:ffff:ffff:ffff", "reserved");
  block("2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff", "global");
  block("2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff", "global");
  block("2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", "reserved");
  block("2001:20::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff", "global");
  block("2001:40::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved");
  block("2001:200::", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "global");
  block("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "documentation");
  block("2001:db9::", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "global");
  block("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "documentation");
  block("3fff:1000::", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "global");
  block("4000::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved");
  block("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "unique-local");
  block("fe00::", "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved");
  block("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "link-local");
  block("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "reserved");
  block("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "multicast");
}

}  // namespace

void TestAddressScope::scope_data() {
  QTest::addColumn<QByteArray>("address");
  QTest::addColumn<QByteArray>("expected");
  ipv4Blocks();
  ipv6Blocks();
}

void TestAddressScope::scope() {
  QFETCH(QByteArray, address);
  QFETCH(QByteArray, expected);
  const auto parsed = SocketAddress::fromIp(address.toStdString(), 0);
  QVERIFY(parsed);
  QCOMPARE(QByteArray::fromStdString(std::string(addressScope(*parsed))), expected);
}

void TestAddressScope::othersHaveNone() {
  QVERIFY(addressScope(SocketAddress()).empty());
  QVERIFY(addressScope(*SocketAddress::fromUnixPath("/tmp/x")).empty());
}

QTEST_APPLESS_MAIN(TestAddressScope)
#include "tst_address_scope.moc"
