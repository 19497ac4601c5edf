// parseAddressText: what a person writes, and where it is wrong.
#include <QtTest>

#include "core/resolve/address_text.h"

using namespace sockbench;

class TestAddressText : public QObject {
  Q_OBJECT

 private slots:
  void good_data();
  void good();
  void bad_data();
  void bad();
  void hints_data();
  void hints();
};

void TestAddressText::good_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("address");
  QTest::addColumn<QByteArray>("zone");
  QTest::addColumn<int>("prefix");  // -1: none
  const auto row = [](const char* name, const char* text, const char* address, const char* zone, int prefix) {
    QTest::newRow(name) << QByteArray(text) << QByteArray(address) << QByteArray(zone) << prefix;
  };
  row("IPv4 alone", "192.0.2.1", "192.0.2.1", "", -1);
  row("IPv4 with a prefix", "192.0.2.1/24", "192.0.2.1", "", 24);
  row("the shortest prefix", "192.0.2.1/0", "192.0.2.1", "", 0);
  row("the longest prefix", "192.0.2.1/32", "192.0.2.1", "", 32);
  row("a prefix with zeros before it", "192.0.2.1/0024", "192.0.2.1", "", 24);
  row("a prefix of zeros", "192.0.2.1/000", "192.0.2.1", "", 0);
  row("a netmask", "192.0.2.1/255.255.254.0", "192.0.2.1", "", 23);
  row("a wildcard", "192.0.2.1/0.0.1.255", "192.0.2.1", "", 23);
  row("IPv6 alone", "2001:DB8::1", "2001:db8::1", "", -1);
  row("IPv6 with a prefix", "2001:db8::1/64", "2001:db8::1", "", 64);
  row("IPv6 with dots", "::ffff:192.0.2.1/96", "::ffff:192.0.2.1", "", 96);
  row("a zone", "fe80::1%eth0", "fe80::1", "eth0", -1);
  row("a zone and a prefix", "fe80::1%eth0/64", "fe80::1", "eth0", 64);
  row("a zone of another machine, in Chinese", "fe80::1%网卡", "fe80::1", "网卡", -1);
}

void TestAddressText::good() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, address);
  QFETCH(QByteArray, zone);
  QFETCH(int, prefix);
  const Result<AddressText> parsed = parseAddressText(text.toStdString());
  QVERIFY2(parsed, parsed ? "" : parsed.error().message().c_str());
  QCOMPARE(QByteArray::fromStdString(parsed->address.text()), address);
  QCOMPARE(QByteArray::fromStdString(parsed->zone), zone);
  QCOMPARE(parsed->prefix.value_or(-1), prefix);
}

void TestAddressText::bad_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<int>("fault");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  QTest::addColumn<QByteArray>("says");
  const auto row = [](const char* name, QByteArray text, InputFault fault, int offset, int length,
                      const char* says) {
    QTest::newRow(name) << text << static_cast<int>(fault) << offset << length << QByteArray(says);
  };
  using enum InputFault;
  row("empty", "", badAddress, 0, 0, "empty");
  row("only a slash", "/", badAddress, 0, 0, "empty");
  row("only a zone", "%eth0", badAddress, 0, 0, "empty");
  row("a part above 255, before a prefix", "1.2.256.4/8", badAddress, 4, 3, "256 is above 255");
  row("a leading zero", "1.2.3.04", badAddress, 6, 2, "leading zero");
  row("white space around it", " 1.2.3.4", badAddress, 0, 8, "neither");
  row("a NUL behind it", QByteArray("1.2.3.4\0", 8), badAddress, 0, 8, "neither");
  row("far too long", QByteArray(10000, '1'), badAddress, 0, 10000, "this one has 1");
  row("two gaps", "1::2::3/64", badAddress, 4, 2, "at most once");
  row("brackets", "[::1]", badAddress, 0, 1, "hexadecimal");
  row("a zone on IPv4", "1.2.3.4%eth0/8", badZone, 7, 5, "only an IPv6 address");
  row("an empty zone", "fe80::1%", badZone, 8, 0, "missing");
  row("an empty zone before a prefix", "fe80::1%/64", badZone, 8, 0, "missing");
  row("a second percent", "fe80::1%a%b", badZone, 9, 1, "second %");
  row("white space in a zone", "fe80::1%eth0 ", badZone, 12, 1, "white space");
  row("nothing behind the slash", "1.2.3.4/", badPrefix, 8, 0, "missing");
  row("a prefix beyond IPv4", "1.2.3.4/33", badPrefix, 8, 2, "at most 32");
  row("a prefix beyond IPv6", "::1/129", badPrefix, 4, 3, "at most 128");
  row("a prefix beyond every number", "::1/" + QByteArray(60, '9'), badPrefix, 4, 60, "at most 128");
  row("a negative prefix", "1.2.3.4/-1", badPrefix, 8, 2, "neither a prefix length");
  row("a prefix with a sign", "1.2.3.4/+8", badPrefix, 8, 2, "neither a prefix length");
  row("two slashes", "1.2.3.4/8/8", badPrefix, 8, 3, "neither a prefix length");
  row("a mask with a hole", "1.2.3.4/255.0.255.0", badPrefix, 8, 11, "ones before zeros");
  row("a mask that is no address", "1.2.3.4/255.255.256.0", badPrefix, 8, 13, "neither a prefix length");
  row("an IPv6 mask", "::1/ffff::", badPrefix, 4, 6, "not with a mask");
  row("an IPv4 mask of IPv6", "::1/255.0.0.0", badPrefix, 4, 9, "other family");
  row("an IPv6 mask of IPv4", "1.2.3.4/ffff::", badPrefix, 8, 6, "other family");
  row("letters for an IPv6 prefix", "::1/sixty", badPrefix, 4, 5, "from 0 to 128");
}

void TestAddressText::bad() {
  QFETCH(QByteArray, text);
  QFETCH(int, fault);
  QFETCH(int, offset);
  QFETCH(int, length);
  QFETCH(QByteArray, says);
  const Result<AddressText> parsed = parseAddressText(text.toStdString());
  QVERIFY(!parsed);
  const Error& error = parsed.error();
  QVERIFY2(error.isInput(static_cast<InputFault>(fault)), error.symbol().c_str());
  QCOMPARE(QByteArray::fromStdString(error.subject), text);
  QVERIFY(error.where);
  QCOMPARE(static_cast<int>(error.where->offset), offset);
  QCOMPARE(static_cast<int>(error.where->length), length);
  QVERIFY2(QByteArray::fromStdString(error.message()).contains(says), error.message().c_str());
}

void TestAddressText::hints_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("hint");
  const auto row = [](const char* text, const char* hint) {
    QTest::newRow(text) << QByteArray(text) << QByteArray(hint);
  };
  row("127.1", "read it as 127.0.0.1;");
  row("127.1/8", "read it as 127.0.0.1;");
  row("0x7f.1", "read it as 127.0.0.1;");
  row("0177.0.0.01/32", "read it as 127.0.0.1;");
  row("2130706433", "read it as 127.0.0.1;");
  row("1.2.3.400", "four numbers from 0 to 255");
  row("1.2.3.4/33", "a prefix length (/24, /64)");
}

void TestAddressText::hints() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, hint);
  const Result<AddressText> parsed = parseAddressText(text.toStdString());
  QVERIFY(!parsed);
  const std::string given = parsed.error().hint();
  QVERIFY2(QByteArray::fromStdString(given).contains(hint), given.c_str());
}

QTEST_APPLESS_MAIN(TestAddressText)
#include "tst_address_text.moc"
