// getaddrinfo and its kin, against Qt's QHostInfo and against what their manual pages say.
#include <net/if.h>
#include <netdb.h>

#include <QHostInfo>
#include <QtTest>

#include "core/resolve/host_database.h"

using namespace sockbench;

Q_DECLARE_METATYPE(sockbench::AddressQuery)

class TestHostDatabase : public QObject {
  Q_OBJECT

 private slots:
  void addressErrors_data();
  void addressErrors();
  void addressAnswers_data();
  void addressAnswers();
  void localhostIsWhatQtFinds();
  void canonicalNameOnlyWhenAsked();
  void zoneBecomesScopeId();
  void nameInfo_data();
  void nameInfo();
  void nameOfLoopbackIsWhatQtFinds();
  void hostByName_data();
  void hostByName();
  void hostByNameUnknown_data();
  void hostByNameUnknown();
  void hostByAddressIsWhatQtFinds();
  void hostByAddressRefusesNames_data();
  void hostByAddressRefusesNames();
  void hostNameIsWhatQtFinds();
  void flagsAreNamedOnce();
  void numbersHaveNames();
};

namespace {

QByteArray text(std::string_view s) {
  return QByteArray(s.data(), static_cast<qsizetype>(s.size()));
}

// "127.0.0.1:80 tcp", one a result.
QByteArrayList lines(const AddressAnswer& answer) {
  QByteArrayList list;
  for (const AddressResult& r : answer.results) {
    const QByteArray type = text(socketTypeName(r.type)).mid(5).toLower();
    list << text(r.address.text()) + ' ' + type + ' ' + QByteArray::number(r.protocol);
  }
  return list;
}

}  // namespace

void TestHostDatabase::addressErrors_data() {
  QTest::addColumn<AddressQuery>("query");
  QTest::addColumn<QByteArray>("symbol");
  QTest::addColumn<QByteArray>("subject");
  const auto row = [](const char* name, const AddressQuery& query, const char* symbol, const char* subject) {
    QTest::newRow(name) << query << QByteArray(symbol) << QByteArray(subject);
  };
  row("neither host nor service", {}, "EAI_NONAME", "*");
  row("star without a service", {.host = "*"}, "EAI_NONAME", "*");
  row("a name where an address is asked for", {.host = "localhost", .flags = AI_NUMERICHOST}, "EAI_NONAME",
      "localhost");
  row("a service's name where a number is asked for",
      {.host = "127.0.0.1", .service = "http", .flags = AI_NUMERICSERV}, "EAI_NONAME", "127.0.0.1");
  row("a service that nobody knows", {.host = "127.0.0.1", .service = "nosuch"}, "EAI_SERVICE", "nosuch");
  row("a service unknown for datagrams", {.host = "127.0.0.1", .service = "ssh", .type = SOCK_DGRAM},
      "EAI_SERVICE", "ssh");
  row("a family that does not exist", {.host = "127.0.0.1", .family = 999}, "EAI_FAMILY", "127.0.0.1");
  row("a family without host names", {.host = "127.0.0.1", .family = AF_UNIX}, "EAI_FAMILY", "127.0.0.1");
  row("a type that does not exist", {.host = "127.0.0.1", .type = 77}, "EAI_SOCKTYPE", "127.0.0.1");
  row("a type of another protocol", {.host = "127.0.0.1", .type = SOCK_STREAM, .protocol = IPPROTO_UDP},
      "EAI_SOCKTYPE", "127.0.0.1");
  row("canonical name of no host", {.service = "80", .flags = AI_CANONNAME}, "EAI_BADFLAGS", "*");
  row("a flag that does not exist", {.host = "127.0.0.1", .flags = 0x8000}, "EAI_BADFLAGS", "127.0.0.1");
  row("an IPv6 address as IPv4", {.host = "::1", .family = AF_INET}, "EAI_ADDRFAMILY", "::1");
  row("an IPv4 address as IPv6", {.host = "127.0.0.1", .family = AF_INET6}, "EAI_ADDRFAMILY", "127.0.0.1");
  row("a zone that does not exist", {.host = "fe80::1%nosuch"}, "EAI_NONAME", "fe80::1%nosuch");
  row("a label of 64 characters", {.host = std::string(64, 'a') + ".invalid"}, "EAI_NONAME",
      qPrintable(QString(64, u'a') + QStringLiteral(".invalid")));
  QTest::newRow("a NUL behind an address") << AddressQuery{.host = std::string("127.0.0.1\0.evil", 15)}
                                           << QByteArray("EAI_NONAME") << QByteArray("127.0.0.1\0.evil", 15);
  QTest::newRow("a NUL behind a service")
      << AddressQuery{.host = "127.0.0.1", .service = std::string("80\0x", 4)} << QByteArray("EAI_NONAME")
      << QByteArray("127.0.0.1");
}

void TestHostDatabase::addressErrors() {
  QFETCH(AddressQuery, query);
  QFETCH(QByteArray, symbol);
  QFETCH(QByteArray, subject);
  const auto answer = getAddressInfo(query);
  QVERIFY(!answer);
  QCOMPARE(text(answer.error().symbol()), symbol);
  QCOMPARE(answer.error().domain, ErrorDomain::addrinfo);
  QCOMPARE(answer.error().op, Operation::getaddrinfo);
  QCOMPARE(text(answer.error().subject), subject);
}

void TestHostDatabase::addressAnswers_data() {
  QTest::addColumn<AddressQuery>("query");
  QTest::addColumn<QByteArrayList>("expected");
  const auto row = [](const char* name, const AddressQuery& query, const QByteArrayList& expected) {
    QTest::newRow(name) << query << expected;
  };
  row("every type of an address", {.host = "127.0.0.1", .service = "80"},
      {"127.0.0.1:80 stream 6", "127.0.0.1:80 dgram 17", "127.0.0.1:80 raw 0"});
  row("streams alone", {.host = "127.0.0.1", .service = "80", .type = SOCK_STREAM},
      {"127.0.0.1:80 stream 6"});
  row("datagrams alone", {.host = "::1", .service = "53", .type = SOCK_DGRAM}, {"[::1]:53 dgram 17"});
  row("raw alone", {.host = "::1", .type = SOCK_RAW, .protocol = IPPROTO_ICMPV6}, {"[::1]:0 raw 58"});
  row("by protocol", {.host = "127.0.0.1", .service = "80", .protocol = IPPROTO_UDP},
      {"127.0.0.1:80 dgram 17"});
  row("a service by name", {.host = "127.0.0.1", .service = "http", .type = SOCK_STREAM},
      {"127.0.0.1:80 stream 6"});
  row("a service by number when it must be one",
      {.host = "127.0.0.1", .service = "80", .type = SOCK_STREAM, .flags = AI_NUMERICSERV},
      {"127.0.0.1:80 stream 6"});
  row("an address when it must be one", {.host = "127.0.0.1", .type = SOCK_STREAM, .flags = AI_NUMERICHOST},
      {"127.0.0.1:0 stream 6"});
  row("null host is loopback, IPv4", {.service = "80", .family = AF_INET, .type = SOCK_STREAM},
      {"127.0.0.1:80 stream 6"});
  row("null host is loopback, IPv6", {.host = "*", .service = "80", .family = AF_INET6, .type = SOCK_STREAM},
      {"[::1]:80 stream 6"});
  row("passive null host is the wildcard, IPv4",
      {.service = "80", .family = AF_INET, .type = SOCK_STREAM, .flags = AI_PASSIVE},
      {"0.0.0.0:80 stream 6"});
  row("passive null host is the wildcard, IPv6",
      {.host = "*", .service = "80", .family = AF_INET6, .type = SOCK_STREAM, .flags = AI_PASSIVE},
      {"[::]:80 stream 6"});
  row("passive leaves a given host alone",
      {.host = "127.0.0.1", .service = "80", .type = SOCK_STREAM, .flags = AI_PASSIVE},
      {"127.0.0.1:80 stream 6"});
  row("IPv4 mapped into IPv6",
      {.host = "127.0.0.1", .service = "80", .family = AF_INET6, .type = SOCK_STREAM, .flags = AI_V4MAPPED},
      {"[::ffff:127.0.0.1]:80 stream 6"});
  row("all, IPv4 mapped",
      {.host = "127.0.0.1",
       .service = "80",
       .family = AF_INET6,
       .type = SOCK_STREAM,
       .flags = AI_V4MAPPED | AI_ALL},
      {"[::ffff:127.0.0.1]:80 stream 6"});
  row("a family that is configured",
      {.host = "127.0.0.1", .service = "80", .type = SOCK_STREAM, .flags = AI_ADDRCONFIG},
      {"127.0.0.1:80 stream 6"});
}

void TestHostDatabase::addressAnswers() {
  QFETCH(AddressQuery, query);
  QFETCH(QByteArrayList, expected);
  const auto answer = getAddressInfo(query);
  QVERIFY(answer);
  QCOMPARE(lines(*answer), expected);
}

void TestHostDatabase::localhostIsWhatQtFinds() {
  const auto answer = getAddressInfo({.host = "localhost", .type = SOCK_STREAM});
  QVERIFY(answer);
  QStringList ours;
  for (const AddressResult& r : answer->results) ours << QString::fromStdString(r.address.ip());
  ours.removeDuplicates();
  QStringList theirs;
  const QHostInfo info = QHostInfo::fromName(QStringLiteral("localhost"));
  for (const QHostAddress& address : info.addresses()) theirs << address.toString();
  ours.sort();
  theirs.sort();
  QVERIFY(!ours.isEmpty());
  QCOMPARE(ours, theirs);
}

void TestHostDatabase::canonicalNameOnlyWhenAsked() {
  QCOMPARE(getAddressInfo({.host = "localhost"})->canonicalName, std::string());
  QCOMPARE(getAddressInfo({.host = "localhost", .flags = AI_CANONNAME})->canonicalName,
           std::string("localhost"));
  QCOMPARE(getAddressInfo({.host = "127.0.0.1", .flags = AI_CANONNAME})->canonicalName,
           std::string("127.0.0.1"));
}

void TestHostDatabase::zoneBecomesScopeId() {
  const auto answer = getAddressInfo({.host = "fe80::1%lo", .service = "80", .type = SOCK_STREAM});
  QVERIFY(answer);
  QCOMPARE(answer->results.size(), 1);
  QCOMPARE(answer->results[0].address.scopeId(), if_nametoindex("lo"));
}

void TestHostDatabase::nameInfo_data() {
  QTest::addColumn<QByteArray>("address");
  QTest::addColumn<int>("flags");
  QTest::addColumn<QByteArray>("expected");  // "HOST SERVICE", or an error's symbol
  QTest::newRow("numbers") << QByteArray("127.0.0.1:80") << (NI_NUMERICHOST | NI_NUMERICSERV)
                           << QByteArray("127.0.0.1 80");
  QTest::newRow("numbers, IPv6 with a zone")
      << QByteArray("[fe80::1%lo]:80") << (NI_NUMERICHOST | NI_NUMERICSERV) << QByteArray("fe80::1%lo 80");
  QTest::newRow("the service by name")
      << QByteArray("127.0.0.1:80") << NI_NUMERICHOST << QByteArray("127.0.0.1 http");
  QTest::newRow("the service of datagrams")
      << QByteArray("127.0.0.1:514") << (NI_NUMERICHOST | NI_DGRAM) << QByteArray("127.0.0.1 syslog");
  QTest::newRow("the service of streams")
      << QByteArray("127.0.0.1:514") << NI_NUMERICHOST << QByteArray("127.0.0.1 shell");
  QTest::newRow("a port without a service")
      << QByteArray("127.0.0.1:1024") << NI_NUMERICHOST << QByteArray("127.0.0.1 1024");
  QTest::newRow("a name required, none looked up")
      << QByteArray("127.0.0.1:80") << (NI_NUMERICHOST | NI_NAMEREQD) << QByteArray("EAI_NONAME");
  QTest::newRow("a flag that does not exist")
      << QByteArray("127.0.0.1:80") << 0x10000 << QByteArray("EAI_BADFLAGS");
  QTest::newRow("no address") << QByteArray() << 0 << QByteArray("EAI_FAMILY");
}

void TestHostDatabase::nameInfo() {
  QFETCH(QByteArray, address);
  QFETCH(int, flags);
  QFETCH(QByteArray, expected);
  const SocketAddress asked =
      address.isEmpty() ? SocketAddress() : SocketAddress::fromText(address.toStdString()).value();
  const auto found = getNameInfo(asked, flags);
  if (found) {
    QCOMPARE(text(found->host) + ' ' + text(found->service), expected);
  } else {
    QCOMPARE(text(found.error().symbol()), expected);
    QCOMPARE(found.error().op, Operation::getnameinfo);
    QCOMPARE(text(found.error().subject), address);
  }
}

void TestHostDatabase::nameOfLoopbackIsWhatQtFinds() {
  const auto found = getNameInfo(*SocketAddress::fromIp("127.0.0.1", 80), 0);
  QVERIFY(found);
  QCOMPARE(QString::fromStdString(found->host), QHostInfo::fromName(QStringLiteral("127.0.0.1")).hostName());
}

void TestHostDatabase::hostByName_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::newRow("localhost") << QByteArray("localhost");
  QTest::newRow("an address is its own name") << QByteArray("127.0.0.1");
}

void TestHostDatabase::hostByName() {
  QFETCH(QByteArray, name);
  const auto host = getHostByName(name.toStdString());
  QVERIFY(host);
  QCOMPARE(text(host->name), name);
  QVERIFY(std::ranges::find(host->addresses, "127.0.0.1") != host->addresses.end());
  for (const std::string& address : host->addresses) {
    QCOMPARE(SocketAddress::fromIp(address, 0)->family(), AF_INET);
  }
}

void TestHostDatabase::hostByNameUnknown_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::newRow("a name that cannot exist") << QByteArray("nosuch.invalid");
  QTest::newRow("an IPv6 address") << QByteArray("::1");
  QTest::newRow("a label of 64 characters") << QByteArray(64, 'a');
  QTest::newRow("a NUL behind a known name") << QByteArray("localhost\0x", 11);
}

void TestHostDatabase::hostByNameUnknown() {
  QFETCH(QByteArray, name);
  const auto host = getHostByName(name.toStdString());
  QVERIFY(!host);
  QCOMPARE(host.error().domain, ErrorDomain::hostdb);
  QCOMPARE(host.error().op, Operation::gethostbyname);
  QCOMPARE(text(host.error().subject), name);
}

void TestHostDatabase::hostByAddressIsWhatQtFinds() {
  const auto host = getHostByAddress("127.0.0.1");
  QVERIFY(host);
  QCOMPARE(QString::fromStdString(host->name), QHostInfo::fromName(QStringLiteral("127.0.0.1")).hostName());
  QCOMPARE(host->addresses, std::vector<std::string>{"127.0.0.1"});
}

void TestHostDatabase::hostByAddressRefusesNames_data() {
  QTest::addColumn<QByteArray>("address");
  QTest::newRow("a name") << QByteArray("localhost");
  QTest::newRow("too large a part") << QByteArray("127.0.0.256");
  QTest::newRow("nothing") << QByteArray("");
  QTest::newRow("brackets") << QByteArray("[::1]");
}

void TestHostDatabase::hostByAddressRefusesNames() {
  QFETCH(QByteArray, address);
  const auto host = getHostByAddress(address.toStdString());
  QVERIFY(!host);
  QCOMPARE(host.error().domain, ErrorDomain::input);
  QCOMPARE(host.error().op, Operation::gethostbyaddr);
}

void TestHostDatabase::hostNameIsWhatQtFinds() {
  const auto name = getHostName();
  QVERIFY(name);
  QCOMPARE(QString::fromStdString(*name), QHostInfo::localHostName());
}

void TestHostDatabase::flagsAreNamedOnce() {
  QByteArrayList names;
  int bits = 0;
  for (const AddressFlag& flag : addressFlags()) {
    names << text(flag.name);
    QCOMPARE(text(flag.constant), "AI_" + text(flag.name).toUpper());
    QVERIFY(!flag.meaning.empty());
    QCOMPARE(bits & flag.bit, 0);
    bits |= flag.bit;
  }
  const QByteArrayList expected = {"passive",    "canonname", "numerichost", "numericserv",
                                   "addrconfig", "v4mapped",  "all"};
  QCOMPARE(names, expected);
}

void TestHostDatabase::numbersHaveNames() {
  QCOMPARE(familyName(AF_INET6), std::string("AF_INET6"));
  QCOMPARE(familyName(AF_UNSPEC), std::string("AF_UNSPEC"));
  QCOMPARE(familyName(999), std::string("AF#999"));
  QCOMPARE(socketTypeName(SOCK_SEQPACKET), std::string("SOCK_SEQPACKET"));
  QCOMPARE(socketTypeName(0), std::string("SOCK#0"));
}

QTEST_GUILESS_MAIN(TestHostDatabase)
#include "tst_host_database.moc"
