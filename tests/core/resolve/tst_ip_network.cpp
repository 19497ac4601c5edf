// IpNumber, its notations, and IpNetwork: what is reckoned with addresses.
#include <QtTest>

#include "core/resolve/ip_network.h"
#include "core/resolve/ip_notation.h"
#include "core/resolve/reverse_pointer.h"

using namespace sockbench;

class TestIpNetwork : public QObject {
  Q_OBJECT

 private slots:
  void numbersInDecimal_data();
  void numbersInDecimal();
  void decimalThatIsNone_data();
  void decimalThatIsNone();
  void powersOfTwo();
  void notations_data();
  void notations();
  void network_data();
  void network();
  void masks_data();
  void masks();
  void subnets_data();
  void subnets();
  void containsAndOverlaps_data();
  void containsAndOverlaps();
  void reverseZones_data();
  void reverseZones();
};

namespace {

QByteArray bytes(std::string_view text) {
  return {text.data(), static_cast<qsizetype>(text.size())};
}

IpNumber ip(const QByteArray& text) {
  return IpNumber::fromText(text.toStdString()).value();
}

IpNetwork net(const QByteArray& text) {
  const qsizetype slash = text.indexOf('/');
  return {ip(text.left(slash)), text.mid(slash + 1).toInt()};
}

}  // namespace

void TestIpNetwork::numbersInDecimal_data() {
  QTest::addColumn<QByteArray>("address");
  QTest::addColumn<QByteArray>("expected");
  QTest::newRow("nothing") << QByteArray("::") << QByteArray("0");
  QTest::newRow("an IPv4 address") << QByteArray("127.0.0.1") << QByteArray("2130706433");
  QTest::newRow("the highest IPv4 address") << QByteArray("255.255.255.255") << QByteArray("4294967295");
  QTest::newRow("beyond 64 bits") << QByteArray("0:0:0:1::") << QByteArray("18446744073709551616");
  QTest::newRow("the highest IPv6 address") << QByteArray("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
                                            << QByteArray("340282366920938463463374607431768211455");
}

void TestIpNetwork::numbersInDecimal() {
  QFETCH(QByteArray, address);
  QFETCH(QByteArray, expected);
  const Uint128 value = ip(address).value;
  QCOMPARE(bytes(decimalText(value)), expected);
  QVERIFY(parseDecimal("00" + expected.toStdString()) == value);
}

void TestIpNetwork::decimalThatIsNone_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::newRow("empty") << QByteArray("");
  QTest::newRow("a sign") << QByteArray("-1");
  QTest::newRow("white space") << QByteArray(" 1");
  QTest::newRow("one more than fits") << QByteArray("340282366920938463463374607431768211456");
  QTest::newRow("ten times too much") << QByteArray("3402823669209384634633746074317682114550");
}

void TestIpNetwork::decimalThatIsNone() {
  QFETCH(QByteArray, text);
  QVERIFY(!parseDecimal(text.toStdString()));
}

void TestIpNetwork::powersOfTwo() {
  QCOMPARE(bytes(powerOfTwoText(0)), QByteArray("1"));
  QCOMPARE(bytes(powerOfTwoText(64)), QByteArray("18446744073709551616"));
  QCOMPARE(bytes(powerOfTwoText(127)), QByteArray("170141183460469231731687303715884105728"));
  QCOMPARE(bytes(powerOfTwoText(128)), QByteArray("340282366920938463463374607431768211456"));
}

void TestIpNetwork::notations_data() {
  QTest::addColumn<QByteArray>("address");
  QTest::addColumn<QByteArrayList>("expected");
  QTest::newRow("IPv4") << QByteArray("127.0.10.1")
                        << QByteArrayList{"7f000a01",
                                          "127.0.10.1",
                                          "0x7f000a01",
                                          "017700005001",
                                          "01111111.00000000.00001010.00000001",
                                          "0x7f.0x0.0xa.0x1",
                                          "0177.0.012.01",
                                          "\\x7f\\x00\\x0a\\x01"};
  const QByteArray zeros = "0000000000000000:";
  QTest::newRow("IPv6") << QByteArray("::a")
                        << QByteArrayList{"0000000000000000000000000000000a",
                                          "0000:0000:0000:0000:0000:0000:0000:000a",
                                          "0xa",
                                          "012",
                                          zeros.repeated(7) + "0000000000001010",
                                          "",
                                          "",
                                          QByteArray("\\x00").repeated(15) + "\\x0a"};
}

void TestIpNetwork::notations() {
  QFETCH(QByteArray, address);
  QFETCH(QByteArrayList, expected);
  const IpNumber number = ip(address);
  const QByteArrayList written{bytes(packedHex(number)),   bytes(explodedText(number)),
                               bytes(hexNumber(number)),   bytes(octalNumber(number)),
                               bytes(binaryText(number)),  bytes(dottedHex(number)),
                               bytes(dottedOctal(number)), bytes(escapedBytes(number))};
  QCOMPARE(written, expected);
}

void TestIpNetwork::network_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArrayList>("expected");  // netmask, wildcard, network, broadcast, hosts, counts
  const auto row = [](const char* name, const char* text, QByteArrayList expected) {
    QTest::newRow(name) << QByteArray(text) << expected;
  };
  row("an ordinary network", "192.0.2.77/24",
      {"255.255.255.0", "0.0.0.255", "192.0.2.0", "192.0.2.255", "192.0.2.1", "192.0.2.254", "256", "254"});
  row("all of IPv4", "1.2.3.4/0",
      {"0.0.0.0", "255.255.255.255", "0.0.0.0", "255.255.255.255", "0.0.0.1", "255.255.255.254", "4294967296",
       "4294967294"});
  row("two hosts", "10.0.0.5/30",
      {"255.255.255.252", "0.0.0.3", "10.0.0.4", "10.0.0.7", "10.0.0.5", "10.0.0.6", "4", "2"});
  row("a point-to-point link", "10.0.0.5/31",
      {"255.255.255.254", "0.0.0.1", "10.0.0.4", "none", "10.0.0.4", "10.0.0.5", "2", "2"});
  row("one host", "10.0.0.5/32",
      {"255.255.255.255", "0.0.0.0", "10.0.0.5", "none", "10.0.0.5", "10.0.0.5", "1", "1"});
  row("an IPv6 link", "2001:db8::77/64",
      {"ffff:ffff:ffff:ffff::", "::ffff:ffff:ffff:ffff", "2001:db8::", "none", "2001:db8::1",
       "2001:db8::ffff:ffff:ffff:ffff", "18446744073709551616", "18446744073709551615"});
  row("all of IPv6", "::1/0",
      {"::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::", "none", "::1",
       "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "340282366920938463463374607431768211456",
       "340282366920938463463374607431768211455"});
  row("an IPv6 link of two routers", "2001:db8::3/127",
      {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", "::1", "2001:db8::2", "none", "2001:db8::2", "2001:db8::3",
       "2", "2"});
  row("one IPv6 host", "2001:db8::3/128",
      {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::", "2001:db8::3", "none", "2001:db8::3", "2001:db8::3",
       "1", "1"});
}

void TestIpNetwork::network() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArrayList, expected);
  const IpNetwork network = net(text);
  const auto broadcast = network.broadcast();
  const QByteArrayList found{
      bytes(network.netmask().text()),   bytes(network.wildcard().text()),
      bytes(network.first().text()),     broadcast ? bytes(broadcast->text()) : QByteArray("none"),
      bytes(network.firstHost().text()), bytes(network.lastHost().text()),
      bytes(network.addressesText()),    bytes(decimalText(network.hosts()))};
  QCOMPARE(found, expected);
}

void TestIpNetwork::masks_data() {
  QTest::addColumn<QByteArray>("mask");
  QTest::addColumn<int>("prefix");  // -1: none
  QTest::newRow("netmask") << QByteArray("255.255.255.0") << 24;
  QTest::newRow("wildcard") << QByteArray("0.0.0.255") << 24;
  QTest::newRow("zero is a netmask") << QByteArray("0.0.0.0") << 0;
  QTest::newRow("all ones is a netmask") << QByteArray("255.255.255.255") << 32;
  QTest::newRow("one bit, high") << QByteArray("128.0.0.0") << 1;
  QTest::newRow("one bit, low") << QByteArray("0.0.0.1") << 31;
  QTest::newRow("a hole") << QByteArray("255.0.255.0") << -1;
  QTest::newRow("zeros at both ends") << QByteArray("0.255.255.0") << -1;
  QTest::newRow("IPv6 netmask") << QByteArray("ffff:ff00::") << 24;
  QTest::newRow("IPv6 wildcard") << QByteArray("::ff") << 120;
}

void TestIpNetwork::masks() {
  QFETCH(QByteArray, mask);
  QFETCH(int, prefix);
  QCOMPARE(prefixOfMask(ip(mask)).value_or(-1), prefix);
}

void TestIpNetwork::subnets_data() {
  QTest::addColumn<QByteArray>("network");
  QTest::addColumn<int>("longer");
  QTest::addColumn<QByteArray>("number");
  QTest::addColumn<QByteArray>("subnet");
  QTest::addColumn<QByteArray>("count");
  const auto row = [](const char* name, const char* network, int longer, const char* number,
                      const char* subnet, const char* count) {
    QTest::newRow(name) << QByteArray(network) << longer << QByteArray(number) << QByteArray(subnet)
                        << QByteArray(count);
  };
  row("the first", "10.0.0.0/8", 16, "0", "10.0.0.0/16", "256");
  row("one in the middle", "10.0.0.0/8", 16, "7", "10.7.0.0/16", "256");
  row("the last", "10.0.0.0/8", 16, "255", "10.255.0.0/16", "256");
  row("itself", "10.0.0.0/8", 8, "0", "10.0.0.0/8", "1");
  row("single addresses", "10.0.0.0/24", 32, "200", "10.0.0.200/32", "256");
  row("2^64 of them", "2001:db8::/32", 96, "18446744073709551615", "2001:db8:ffff:ffff:ffff:ffff::/96",
      "18446744073709551616");
  row("every IPv6 address", "::/0", 128, "340282366920938463463374607431768211455",
      "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128", "340282366920938463463374607431768211456");
  row("all of IPv6 in one", "::/0", 0, "0", "::/0", "1");
}

void TestIpNetwork::subnets() {
  QFETCH(QByteArray, network);
  QFETCH(int, longer);
  QFETCH(QByteArray, number);
  QFETCH(QByteArray, subnet);
  QFETCH(QByteArray, count);
  const Uint128 index = parseDecimal(number.toStdString()).value();
  const IpNetwork part = net(network).subnet(longer, index);
  QCOMPARE(bytes(part.text()), subnet);
  QCOMPARE(bytes(net(network).subnetCountText(longer)), count);
  QVERIFY(net(network).lastSubnet(longer) >= index);
  QVERIFY(net(network).subnetOf(longer, part.last()) == index);
  QVERIFY(net(network).contains(part));
}

void TestIpNetwork::containsAndOverlaps_data() {
  QTest::addColumn<QByteArray>("one");
  QTest::addColumn<QByteArray>("other");
  QTest::addColumn<bool>("contains");
  QTest::addColumn<bool>("overlaps");
  const auto row = [](const char* name, const char* one, const char* other, bool contains, bool overlaps) {
    QTest::newRow(name) << QByteArray(one) << QByteArray(other) << contains << overlaps;
  };
  row("inside", "10.0.0.0/8", "10.1.0.0/16", true, true);
  row("around", "10.1.0.0/16", "10.0.0.0/8", false, true);
  row("the same", "10.0.0.0/8", "10.0.0.0/8", true, true);
  row("neighbours", "10.0.0.0/8", "11.0.0.0/8", false, false);
  row("the other family", "0.0.0.0/0", "::/128", false, false);
  row("everything", "::/0", "2001:db8::1/128", true, true);
}

void TestIpNetwork::containsAndOverlaps() {
  QFETCH(QByteArray, one);
  QFETCH(QByteArray, other);
  QFETCH(bool, contains);
  QFETCH(bool, overlaps);
  QCOMPARE(net(one).contains(net(other)), contains);
  QCOMPARE(net(one).overlaps(net(other)), overlaps);
  QCOMPARE(net(other).overlaps(net(one)), overlaps);
}

void TestIpNetwork::reverseZones_data() {
  QTest::addColumn<QByteArray>("network");
  QTest::addColumn<QByteArray>("zone");  // "none"
  QTest::newRow("an octet") << QByteArray("10.0.0.0/8") << QByteArray("10.in-addr.arpa");
  QTest::newRow("one address") << QByteArray("127.0.0.1/32") << QByteArray("1.0.0.127.in-addr.arpa");
  QTest::newRow("between two octets") << QByteArray("10.0.0.0/12") << QByteArray("none");
  QTest::newRow("everything") << QByteArray("0.0.0.0/0") << QByteArray("in-addr.arpa");
  QTest::newRow("four bits") << QByteArray("2001:db8::/36") << QByteArray("0.8.b.d.0.1.0.0.2.ip6.arpa");
  QTest::newRow("between four bits") << QByteArray("2001:db8::/33") << QByteArray("none");
  QTest::newRow("all of IPv6") << QByteArray("::/0") << QByteArray("ip6.arpa");
}

void TestIpNetwork::reverseZones() {
  QFETCH(QByteArray, network);
  QFETCH(QByteArray, zone);
  QCOMPARE(bytes(reverseZone(net(network)).value_or("none")), zone);
}

QTEST_APPLESS_MAIN(TestIpNetwork)
#include "tst_ip_network.moc"
