#include <net/if.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <QTest>
#include <cstring>
#include <unordered_set>

#include "core/net/socket_address.h"

using namespace sockbench;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(sockbench::InputFault)

namespace {

QByteArray bytes(std::string_view text) {
  return {text.data(), static_cast<qsizetype>(text.size())};
}

SocketAddress ip(const char* text, std::uint16_t port = 0) {
  return SocketAddress::fromIp(text, port).value();
}

}  // namespace

class TstSocketAddress : public QObject {
  Q_OBJECT
 private slots:
  void readsIps_data();
  void readsIps();
  void refusesIps_data();
  void refusesIps();
  void carriesPortFlowAndScope();
  void kinds_data();
  void kinds();
  void readsItsOwnText_data();
  void readsItsOwnText();
  void refusesText_data();
  void refusesText();
  void unixPaths_data();
  void unixPaths();
  void tooLongUnixPaths_data();
  void tooLongUnixPaths();
  void aPathHoldsNoNul();
  void takesWhatTheKernelGives();
  void paddingSaysNothing();
  void equalityAndHash();
  void changesThePort();
  void ipBytesAreTheNetworks();
};

void TstSocketAddress::readsIps_data() {
  QTest::addColumn<QByteArray>("typed");
  QTest::addColumn<QByteArray>("canonical");
  const auto row = [](const char* name, const char* typed, const char* canonical) {
    QTest::newRow(name) << QByteArray(typed) << QByteArray(canonical);
  };
  row("IPv4", "192.0.2.1", "192.0.2.1");
  row("IPv4, largest", "255.255.255.255", "255.255.255.255");
  row("IPv6 loopback", "::1", "::1");
  row("IPv6 wildcard", "::", "::");
  row("IPv6 in full", "2001:0DB8:0000:0000:0000:0000:0000:0001", "2001:db8::1");
  row("the longest run of zeros is left out", "2001:db8:0:0:1:0:0:0", "2001:db8:0:0:1::");
  row("one group of zeros stays", "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1");
  row("IPv4 within IPv6", "::ffff:192.0.2.1", "::ffff:192.0.2.1");
  row("a zone by name", "fe80::1%lo", "fe80::1%lo");
  row("a zone by number", "fe80::1%1", "fe80::1%lo");
}

void TstSocketAddress::readsIps() {
  QFETCH(QByteArray, typed);
  QFETCH(QByteArray, canonical);
  QCOMPARE(if_nametoindex("lo"), 1U);
  const auto address = SocketAddress::fromIp(typed.toStdString(), 0);
  QVERIFY(address.has_value());
  QCOMPARE(bytes(address->ip()), canonical);
}

void TstSocketAddress::refusesIps_data() {
  QTest::addColumn<QByteArray>("typed");
  QTest::addColumn<InputFault>("fault");
  QTest::addColumn<QByteArray>("wrongPart");
  QTest::addColumn<int>("offset");
  QTest::addColumn<QByteArray>("message");
  const auto row = [](const char* name, const QByteArray& typed, InputFault fault, const char* part,
                      int offset, const char* message) {
    QTest::newRow(name) << typed << fault << QByteArray(part) << offset << QByteArray(message);
  };
  using enum InputFault;
  row("empty", "", badAddress, "", 0, "empty");
  row("a part above 255", "1.2.256.4", badAddress, "256", 4, "256 is above 255");
  row("a part far above 255", "1.2.3.99999999999999999999", badAddress, "99999999999999999999", 6,
      "above 255");
  row("a part is missing", "1..2.3", badAddress, "", 2, "missing");
  row("the last part is missing", "1.2.3.", badAddress, "", 6, "missing");
  row("a leading zero", "1.2.3.04", badAddress, "04", 6, "leading zero");
  row("three parts", "1.2.3", badAddress, "1.2.3", 0, "this one has 3");
  row("five parts", "1.2.3.4.5", badAddress, "1.2.3.4.5", 0, "this one has 5");
  row("one number", "2130706433", badAddress, "2130706433", 0, "this one has 1");
  row("hexadecimal", "0x7f.1", badAddress, "0x7f.1", 0, "neither");
  row("a name", "localhost", badAddress, "localhost", 0, "neither");
  row("white space after it", "127.0.0.1 ", badAddress, "127.0.0.1 ", 0, "neither");
  row("a NUL after it", QByteArray("127.0.0.1\0", 10), badAddress, nullptr, 0, "neither");
  row("no hexadecimal digit", "2001:dg8::1", badAddress, "g", 6, "hexadecimal");
  row("a group of five digits", "::12345", badAddress, "12345", 2, "four digits");
  row("two gaps", "1::2::3", badAddress, "::", 4, "at most once");
  row("seven groups", "1:2:3:4:5:6:7", badAddress, "1:2:3:4:5:6:7", 0, "eight groups");
  row("brackets", "[::1]", badAddress, "[", 0, "hexadecimal");
  row("an unknown zone", "fe80::1%nosuch0", badZone, "nosuch0", 8, "nosuch0");
  row("an unknown zone number", "fe80::1%4000000", badZone, "4000000", 8, "4000000");
  row("a zone number beyond 32 bits", "fe80::1%4294967297", badZone, "4294967297", 8, "4294967297");
  row("zone 0", "fe80::1%0", badZone, "0", 8, "no interface");
  row("an empty zone", "fe80::1%", badZone, "", 8, "missing");
  row("a zone on IPv4", "127.0.0.1%lo", badZone, "%lo", 9, "only an IPv6");
}

void TstSocketAddress::refusesIps() {
  QFETCH(QByteArray, typed);
  QFETCH(InputFault, fault);
  QFETCH(QByteArray, wrongPart);
  QFETCH(int, offset);
  QFETCH(QByteArray, message);
  const auto address = SocketAddress::fromIp(typed.toStdString(), 0);
  QVERIFY(!address);
  const Error& error = address.error();
  QVERIFY2(error.isInput(fault), error.symbol().c_str());
  QCOMPARE(bytes(error.subject), typed);
  QVERIFY(error.where.has_value());
  QCOMPARE(error.where->offset, std::size_t(offset));
  if (!wrongPart.isNull())
    QCOMPARE(typed.mid(offset, static_cast<qsizetype>(error.where->length)), wrongPart);
  QVERIFY2(bytes(error.message()).contains(message), error.message().c_str());
}

void TstSocketAddress::carriesPortFlowAndScope() {
  const auto address = SocketAddress::fromIp("fe80::1%lo", 65535, 0x000ABCDE);
  QVERIFY(address.has_value());
  QCOMPARE(address->port(), std::uint16_t(65535));
  QCOMPARE(address->flowInfo(), 0x000ABCDEU);
  QCOMPARE(address->scopeId(), 1U);
  QCOMPARE(address->family(), AF_INET6);
  sockaddr_in6 raw{};
  QCOMPARE(address->length(), socklen_t(sizeof raw));
  std::memcpy(&raw, address->data(), sizeof raw);
  QCOMPARE(ntohs(raw.sin6_port), std::uint16_t(65535));
  QCOMPARE(ntohl(raw.sin6_flowinfo), 0x000ABCDEU);
  QCOMPARE(bytes(SocketAddress::fromIpv4(0x7f000001, 80).text()), "127.0.0.1:80"_qba);
}

void TstSocketAddress::kinds_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("kinds");  // L loopback, W wildcard, M mapped, I IP, U UNIX, N unnamed
  const auto row = [](const char* name, const char* text, const char* kinds) {
    QTest::newRow(name) << QByteArray(text) << QByteArray(kinds);
  };
  row("loopback", "127.0.0.1:1", "LI");
  row("all of 127/8 is loopback", "127.255.255.254:1", "LI");
  row("128/8 is not", "128.0.0.1:1", "I");
  row("IPv6 loopback", "[::1]:1", "LI");
  row("mapped loopback", "[::ffff:127.0.0.2]:1", "LMI");
  row("mapped", "[::ffff:192.0.2.1]:1", "MI");
  row("wildcard", "0.0.0.0:1", "WI");
  row("IPv6 wildcard", "[::]:1", "WI");
  row("a UNIX path is local", "unix:/tmp/x", "LU");
  row("an abstract name is local", "unix:@x", "LU");
  row("an unnamed UNIX address", "unix:", "LUN");
}

void TstSocketAddress::kinds() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, kinds);
  const SocketAddress address = SocketAddress::fromText(text.toStdString()).value();
  QCOMPARE(address.isLoopback(), kinds.contains('L'));
  QCOMPARE(address.isWildcard(), kinds.contains('W'));
  QCOMPARE(address.isV4Mapped(), kinds.contains('M'));
  QCOMPARE(address.isIp(), kinds.contains('I'));
  QCOMPARE(address.isUnix(), kinds.contains('U'));
  QCOMPARE(address.isUnnamed(), kinds.contains('N'));
  QVERIFY(!address.empty());
}

void TstSocketAddress::readsItsOwnText_data() {
  QTest::addColumn<QByteArray>("text");
  for (const char* text :
       {"127.0.0.1:80", "0.0.0.0:0", "[::1]:65535", "[fe80::1%lo]:80", "unix:", "unix:/tmp/x", "unix:@name",
        "unix:relative", "unix:/tmp/\xE4\xB8\xAD", "unix:/tmp/\\xff\\x01", "unix:/tmp/a\\b",
        "unix:/tmp/\\x5cx41", "unix:\\x40not-abstract", "unix:@a\\x00b", "unix:/tmp/\\xe2\\x80\\xae",
        "unix:@@"}) {
    QTest::newRow(text) << QByteArray(text);
  }
}

void TstSocketAddress::readsItsOwnText() {
  QFETCH(QByteArray, text);
  const auto address = SocketAddress::fromText(text.toStdString());
  QVERIFY2(address.has_value(), address ? "" : address.error().message().c_str());
  QCOMPARE(bytes(address->text()), text);
}

void TstSocketAddress::refusesText_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<InputFault>("fault");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  const auto row = [](const char* name, const char* text, InputFault fault, int offset, int length) {
    QTest::newRow(name) << QByteArray(text) << fault << offset << length;
  };
  using enum InputFault;
  row("no port", "127.0.0.1", badPort, 9, 0);
  row("an empty port", "127.0.0.1:", badPort, 10, 0);
  row("a port too large", "127.0.0.1:65536", badPort, 10, 5);
  row("a negative port", "127.0.0.1:-1", badPort, 10, 2);
  row("a service is no port here", "127.0.0.1:http", badPort, 10, 4);
  row("a name is no address", "localhost:80", badAddress, 0, 9);
  row("IPv6 without brackets", "::1:80", badAddress, 0, 3);
  row("IPv6 without a port", "[::1]", badPort, 5, 0);
  row("an open bracket", "[::1:80", badSyntax, 0, 1);
  row("IPv4 in brackets", "[127.0.0.1]:80", badAddress, 1, 9);
  row("a wrong digit in brackets", "[::g]:80", badAddress, 3, 1);
  row("a wrong zone in brackets", "[fe80::1%nosuch0]:80", badZone, 9, 7);
  row("nothing", "", badPort, 0, 0);
  row("an abstract name without a name", "unix:@", badPath, 6, 0);
  row("a NUL in a path", "unix:/a\\x00b", badPath, 7, 4);
}

void TstSocketAddress::refusesText() {
  QFETCH(QByteArray, text);
  QFETCH(InputFault, fault);
  QFETCH(int, offset);
  QFETCH(int, length);
  const auto address = SocketAddress::fromText(text.toStdString());
  QVERIFY(!address);
  QVERIFY2(address.error().isInput(fault), address.error().line().c_str());
  QCOMPARE(bytes(address.error().subject), text);
  QVERIFY(address.error().where.has_value());
  QCOMPARE(address.error().where->offset, std::size_t(offset));
  QCOMPARE(address.error().where->length, std::size_t(length));
}

void TstSocketAddress::unixPaths_data() {
  QTest::addColumn<QByteArray>("path");
  QTest::addColumn<int>("length");
  QTest::newRow("a path ends in a NUL") << "/tmp/x"_qba << 2 + 6 + 1;
  QTest::newRow("an abstract name does not") << QByteArray("\0name", 5) << 2 + 5;
  QTest::newRow("an abstract name may hold NULs") << QByteArray("\0a\0b", 4) << 2 + 4;
  QTest::newRow("unnamed") << QByteArray("") << 2;
  QTest::newRow("the longest path") << QByteArray(107, 'x') << 2 + 108;
  QTest::newRow("the longest abstract name") << QByteArray(1, '\0') + QByteArray(107, 'x') << 2 + 108;
  QTest::newRow("any bytes") << "/tmp/\xff\x01"_qba << 2 + 7 + 1;
}

void TstSocketAddress::unixPaths() {
  QFETCH(QByteArray, path);
  QFETCH(int, length);
  const auto address = SocketAddress::fromUnixPath(path.toStdString());
  QVERIFY(address.has_value());
  QCOMPARE(address->length(), socklen_t(length));
  QCOMPARE(bytes(address->unixPath()), path);
  QCOMPARE(bytes(address->ip()), QByteArray());
  QCOMPARE(address->port(), std::uint16_t(0));
  QVERIFY(SocketAddress::fromText(address->text()) == *address);
}

void TstSocketAddress::tooLongUnixPaths_data() {
  QTest::addColumn<QByteArray>("path");
  QTest::newRow("108 bytes of path") << QByteArray(108, 'x');
  QTest::newRow("109 bytes of abstract name") << QByteArray(1, '\0') + QByteArray(108, 'x');
  QTest::newRow("a thousand bytes") << QByteArray(1000, 'x');
}

void TstSocketAddress::tooLongUnixPaths() {
  QFETCH(QByteArray, path);
  const auto address = SocketAddress::fromUnixPath(path.toStdString());
  QVERIFY(!address && address.error().isInput(InputFault::pathTooLong));
}

void TstSocketAddress::aPathHoldsNoNul() {
  const auto address = SocketAddress::fromUnixPath(std::string_view("/a\0b", 4));
  QVERIFY(!address && address.error().isInput(InputFault::badPath));
  QVERIFY(address.error().where == TextSpan(2, 1));
}

void TstSocketAddress::takesWhatTheKernelGives() {
  sockaddr_un raw{};
  raw.sun_family = AF_UNIX;
  const auto* address = reinterpret_cast<const sockaddr*>(&raw);
  QVERIFY(SocketAddress::fromRaw(address, 0).empty());
  QVERIFY(SocketAddress::fromRaw(address, 1).empty());
  QVERIFY(SocketAddress::fromRaw(address, sizeof(sa_family_t)).isUnnamed());
  QCOMPARE(SocketAddress().family(), AF_UNSPEC);
  QCOMPARE(bytes(SocketAddress().text()), QByteArray());
  // A path that fills sun_path has no NUL at its end.
  std::memset(raw.sun_path, 'y', sizeof raw.sun_path);
  QCOMPARE(bytes(SocketAddress::fromRaw(address, sizeof raw).unixPath()), QByteArray(108, 'y'));
  // More than the storage holds is cut.
  const std::vector<char> large(4096, 0);
  const auto cut = SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(large.data()), 4096);
  QCOMPARE(cut.length(), socklen_t(sizeof(sockaddr_storage)));
  // An IPv4 address that was cut short is none.
  sockaddr_in half{};
  half.sin_family = AF_INET;
  const auto cutShort = SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&half), 4);
  QVERIFY(cutShort.ipBytes().empty());
  QCOMPARE(cutShort.port(), std::uint16_t(0));
  QCOMPARE(bytes(cutShort.text()), "AF#2"_qba);
}

void TstSocketAddress::paddingSaysNothing() {
  sockaddr_in raw{};
  raw.sin_family = AF_INET;
  raw.sin_port = htons(80);
  raw.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::memset(raw.sin_zero, 0x55, sizeof raw.sin_zero);
  const auto padded = SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&raw), sizeof raw);
  QVERIFY(padded == ip("127.0.0.1", 80));
  QCOMPARE(padded.hash(), ip("127.0.0.1", 80).hash());
}

void TstSocketAddress::equalityAndHash() {
  const std::vector<SocketAddress> all{SocketAddress(),
                                       ip("127.0.0.1", 80),
                                       ip("127.0.0.1", 81),
                                       ip("127.0.0.2", 80),
                                       ip("::1", 80),
                                       ip("::ffff:127.0.0.1", 80),
                                       ip("fe80::1", 80),
                                       ip("fe80::1%lo", 80),
                                       SocketAddress::fromIp("fe80::1", 80, 7).value(),
                                       SocketAddress::fromUnixPath({}).value(),
                                       SocketAddress::fromUnixPath("name").value(),
                                       SocketAddress::fromUnixPath(std::string_view("\0name", 5)).value()};
  std::unordered_set<SocketAddress> set(all.begin(), all.end());
  set.insert(all.begin(), all.end());
  QCOMPARE(set.size(), all.size());
  for (std::size_t a = 0; a < all.size(); ++a) {
    for (std::size_t b = 0; b < all.size(); ++b) QCOMPARE(all[a] == all[b], a == b);
  }
  // The kernel may count a path's NUL or not.
  sockaddr_un raw{};
  raw.sun_family = AF_UNIX;
  std::strcpy(raw.sun_path, "name");
  const auto uncounted = SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&raw), 2 + 4);
  QVERIFY(uncounted == all[10]);
  QCOMPARE(uncounted.hash(), all[10].hash());
}

void TstSocketAddress::changesThePort() {
  QCOMPARE(bytes(ip("127.0.0.1", 80).withPort(81).text()), "127.0.0.1:81"_qba);
  QCOMPARE(bytes(ip("fe80::1%lo", 80).withPort(0).text()), "[fe80::1%lo]:0"_qba);
  const auto unixAddress = SocketAddress::fromUnixPath("/x").value();
  QVERIFY(unixAddress.withPort(81) == unixAddress);
  QVERIFY(SocketAddress().withPort(81).empty());
}

void TstSocketAddress::ipBytesAreTheNetworks() {
  QCOMPARE(bytes(asChars(ip("1.2.3.4").ipBytes())), "\x01\x02\x03\x04"_qba);
  const SocketAddress address = ip("2001:db8::ff");
  QCOMPARE(bytes(asChars(address.ipBytes())).toHex(), "20010db80000000000000000000000ff"_qba);
  QVERIFY(SocketAddress::fromUnixPath("/x")->ipBytes().empty());
}

QTEST_APPLESS_MAIN(TstSocketAddress)
#include "tst_socket_address.moc"
