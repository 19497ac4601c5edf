// DnsClient and name servers that are broken, or mean ill: a clear error or the answer, in bounded time.
#include <QRegularExpression>
#include <QTest>
#include <functional>
#include <map>
#include <vector>

#include "dns_asking.h"
#include "hostile_name_server.h"

using namespace sockbench;
using fixture::Asked;
using fixture::HostileNameServer;

namespace {

using Setup = std::function<void(HostileNameServer&)>;
using Datagrams = std::function<QList<QByteArray>(const Asked&)>;

constexpr quint16 kAnswer = 0x8180;  // QR RD RA
constexpr quint16 kTruncated = 0x8380;
const QByteArray kAddress("\xC0\x00\x02\x01", 4);

Setup udp(Datagrams replies) {
  return [replies = std::move(replies)](HostileNameServer& server) { server.overUdp = replies; };
}

// Over UDP the answer is truncated; over TCP comes `bytes`.
Setup tcp(std::function<QByteArray(const Asked&)> bytes, bool closes = false) {
  return [bytes = std::move(bytes), closes](HostileNameServer& server) {
    server.overUdp = [](const Asked& asked) { return QList{asked.reply(kTruncated)}; };
    server.overTcp = bytes;
    server.closes = closes;
  };
}

QByteArray framed(const QByteArray& message) {
  return Asked::number(static_cast<quint16>(message.size())) + message;
}

struct Case {
  const char* what;
  Setup setup;
  DnsFault fault;
  QString detail;  // the whole message, as a pattern
};

std::vector<Case> cases() {
  std::vector<Case> all;
  const auto row = [&](const char* what, Setup setup, DnsFault fault, const char* detail) {
    all.push_back({what, std::move(setup), fault, QString::fromUtf8(detail)});
  };
  const auto rests = [](quint16 answers, QByteArray rest) {
    return udp([answers, rest](const Asked& asked) { return QList{asked.reply(kAnswer, rest, answers)}; });
  };

  row("silence", udp([](const Asked&) { return QList<QByteArray>(); }), DnsFault::timeout,
      "no answer came in time from 127\\.0\\.0\\.1:\\d+");
  row("another id", udp([](const Asked& asked) {
        QByteArray reply = asked.reply(kAnswer);
        reply[0] = static_cast<char>(~reply[0]);
        return QList{reply, reply};
      }),
      DnsFault::timeout, ".*; 2 replies did not belong to this question \\(2 with another id\\)");
  row("another question", udp([](const Asked& asked) {
        QByteArray reply = asked.reply(kAnswer);
        reply[13] = 'x';
        return QList{reply};
      }),
      DnsFault::timeout, ".*; 1 reply did not belong to this question \\(1 to another question\\)");
  row("an answer without a question",
      udp([](const Asked& asked) { return QList{asked.id() + QByteArray("\x81\x80\0\0\0\0\0\0\0\0", 10)}; }),
      DnsFault::timeout, ".*\\(1 to another question\\)");
  row("an empty datagram", udp([](const Asked&) { return QList{QByteArray()}; }), DnsFault::timeout,
      ".*\\(1 that were no DNS message\\)");
  row("a few bytes", udp([](const Asked& asked) { return QList{asked.id() + "abc"}; }), DnsFault::timeout,
      ".*\\(1 that were no DNS message\\)");
  row("a question that leads round in a circle", udp([](const Asked& asked) {
        return QList{asked.id() + QByteArray("\x81\x80\0\1\0\0\0\0\0\0\xC0\x0C\0\1\0\1", 16)};
      }),
      DnsFault::timeout, ".*\\(1 that were no DNS message\\)");
  row("the question itself", udp([](const Asked& asked) { return QList{asked.message}; }),
      DnsFault::badAnswer, "127\\.0\\.0\\.1:\\d+ sent a question back, not an answer.*");
  row("another kind of message", udp([](const Asked& asked) { return QList{asked.reply(0xA980)}; }),
      DnsFault::badAnswer, ".*opcode 5.*");
  row("a record that is cut", rests(1, Asked::record(1, kAddress).chopped(2)), DnsFault::badAnswer,
      ".*the message ends in record 1 of the answer section");
  row("more records counted than there are", rests(3, Asked::record(1, kAddress)), DnsFault::badAnswer,
      ".*the message ends before record 2 of the answer section");
  row("fewer records counted than there are", rests(0, Asked::record(1, kAddress)), DnsFault::badAnswer,
      ".*its header counts fewer records than there are: 16 bytes follow the last one");
  row("an owner that leads round in a circle",
      rests(1, Asked::record(1, kAddress, QByteArray("\xC0\x1D", 2))), DnsFault::badAnswer,
      ".*record 1 of the answer section has a name that cannot be read");
  row("an owner that leads out of the message",
      rests(1, Asked::record(1, kAddress, QByteArray("\xFF\xFF", 2))), DnsFault::badAnswer,
      ".*has a name that cannot be read");

  row(
      "truncated, and no TCP there",
      [](HostileNameServer& server) {
        server.overUdp = [](const Asked& asked) { return QList{asked.reply(kTruncated)}; };
        server.stopTcp();
      },
      DnsFault::unreachable, "the answer over UDP was truncated, and over TCP .*ECONNREFUSED.*");
  row("TCP: silence", tcp([](const Asked&) { return QByteArray(); }), DnsFault::timeout,
      "the answer over UDP was truncated, and over TCP no answer came in time.*");
  row("TCP: closed before the answer", tcp([](const Asked&) { return QByteArray(); }, true),
      DnsFault::unreachable, ".*closed the connection before its answer");
  row("TCP: closed in mid-answer", tcp([](const Asked&) { return Asked::number(100) + "abc"; }, true),
      DnsFault::unreachable, ".*closed the connection after 3 of the 100 bytes that it announced");
  row("TCP: a length that is too high",
      tcp([](const Asked& asked) { return Asked::number(600) + asked.reply(kAnswer); }), DnsFault::timeout,
      ".*stopped after 29 of the 600 bytes that it announced");
  row("TCP: a length that is too low",
      tcp([](const Asked& asked) { return Asked::number(5) + asked.reply(kAnswer); }), DnsFault::timeout,
      ".*that were no DNS message.*");
  row("TCP: a length of nothing", tcp([](const Asked&) { return QByteArray(2, '\0'); }, true),
      DnsFault::unreachable, ".*sent a message of no bytes;.*");
  return all;
}

}  // namespace

Q_DECLARE_METATYPE(Setup)

class TestDnsHostile : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void failsClearly_data();
  void failsClearly();
  void aRefusedPortIsTold();
  void answersAllTheSame_data();
  void answersAllTheSame();
  void damagedDataIsShownAsHex_data();
  void damagedDataIsShownAsHex();
  void rareDataIsShownAsDigDoes_data();
  void rareDataIsShownAsDigDoes();
  void sixtyFourKibibytesOverTcp();

 private:
  std::optional<fixture::DnsOutcome> ask(const HostileNameServer& server, std::chrono::milliseconds timeout,
                                         int retries, std::uint16_t type = 1);
  struct Trial {
    HostileNameServer server;
    fixture::Outcome outcome;
  };
  std::map<QByteArray, Trial> trials_;
  DnsClient client_;
};

std::optional<fixture::DnsOutcome> TestDnsHostile::ask(const HostileNameServer& server,
                                                       std::chrono::milliseconds timeout, int retries,
                                                       std::uint16_t type) {
  fixture::Outcome outcome;
  client_.ask({.name = "www.example",
               .type = type,
               .server = fixture::loopbackServer(server.port()),
               .timeout = timeout,
               .retries = retries},
              outcome.taker());
  [&] { QTRY_COMPARE_WITH_TIMEOUT(outcome.times(), 1, 60'000); }();
  return outcome.times() == 1 ? outcome.wait() : std::nullopt;
}

// All at once: most of them wait for their time to be over, which is long enough for the slowest machine.
void TestDnsHostile::initTestCase() {
  for (const Case& one : cases()) {
    Trial& trial = trials_[one.what];
    QVERIFY(trial.server.isReady());
    one.setup(trial.server);
    client_.ask({.name = "www.example",
                 .server = fixture::loopbackServer(trial.server.port()),
                 .timeout = std::chrono::seconds(8),
                 .retries = 0},
                trial.outcome.taker());
  }
  QTRY_COMPARE_WITH_TIMEOUT(client_.pending(), std::size_t(0), 90'000);
}

void TestDnsHostile::failsClearly_data() {
  QTest::addColumn<DnsFault>("fault");
  QTest::addColumn<QString>("detail");
  for (const Case& one : cases()) QTest::newRow(one.what) << one.fault << one.detail;
}

void TestDnsHostile::failsClearly() {
  QFETCH(const DnsFault, fault);
  QFETCH(const QString, detail);
  const auto outcome = trials_[QTest::currentDataTag()].outcome.wait();
  QVERIFY(outcome.has_value());
  QVERIFY(!outcome->answer.has_value());
  const Error& error = outcome->answer.error();
  QCOMPARE(error.symbol(), Error::fromDns(Operation::dns, fault).symbol());
  QCOMPARE(error.subject, std::string("www.example"));
  const QRegularExpression pattern(QRegularExpression::anchoredPattern(detail));
  QVERIFY2(pattern.match(QString::fromStdString(error.message())).hasMatch(), error.message().c_str());
}

void TestDnsHostile::aRefusedPortIsTold() {
  quint16 port = 0;
  {
    HostileNameServer gone;
    port = gone.port();
  }
  const auto outcome =
      fixture::ask(client_, {.name = "www.example", .server = fixture::loopbackServer(port)});
  QVERIFY(outcome && !outcome->answer);
  QVERIFY(outcome->answer.error().isDns(DnsFault::unreachable));
  QVERIFY(outcome->answer.error().message().contains("ECONNREFUSED, Connection refused"));
}

void TestDnsHostile::answersAllTheSame_data() {
  QTest::addColumn<Setup>("setup");
  QTest::addColumn<QString>("rcode");
  QTest::addColumn<int>("records");
  QTest::addColumn<int>("tries");
  const auto good = [](const Asked& asked) { return asked.reply(kAnswer, Asked::record(1, kAddress), 1); };
  QTest::newRow("the right answer behind forged ones") << udp([good](const Asked& asked) {
    QByteArray forged = good(asked);
    forged[1] = static_cast<char>(~forged[1]);
    return QList{forged, QByteArray(), QByteArray("x"), good(asked)};
  }) << "NOERROR" << 1 << 1;
  QTest::newRow("the question in other letters") << udp([good](const Asked& asked) {
    QByteArray reply = good(asked);
    reply[13] = 'W';
    return QList{reply};
  }) << "NOERROR" << 1 << 1;
  QTest::newRow("EDNS is not known, by a whole message") << udp([good](const Asked& asked) {
    return QList{asked.hasEdns() ? asked.reply(0x8181) : good(asked)};
  }) << "NOERROR" << 1 << 2;
  QTest::newRow("EDNS is not known, by a header alone") << udp([good](const Asked& asked) {
    return QList{asked.hasEdns() ? asked.id() + QByteArray("\x81\x81\0\0\0\0\0\0\0\0", 10) : good(asked)};
  }) << "NOERROR" << 1 << 2;
  QTest::newRow("nothing can be read by it")
      << udp([](const Asked& asked) { return QList{asked.reply(0x8181)}; }) << "FORMERR" << 0 << 2;
  QTest::newRow("refused") << udp([](const Asked& asked) { return QList{asked.reply(0x8185)}; }) << "REFUSED"
                           << 0 << 1;
  QTest::newRow("failed") << udp([](const Asked& asked) { return QList{asked.reply(0x8182)}; }) << "SERVFAIL"
                          << 0 << 1;
  QTest::newRow("an RCODE of EDNS") << udp([](const Asked& asked) {
    QByteArray reply = asked.reply(0x8180, QByteArray("\0\0\x29\x04\xD0\x01\0\0\0\0\0", 11));
    reply[11] = 1;
    return QList{reply};
  }) << "BADVERS" << 0 << 1;
  QTest::newRow("truncated within a record") << Setup([good](HostileNameServer& server) {
    server.overUdp = [](const Asked& asked) {
      return QList{asked.reply(kTruncated, Asked::record(1, kAddress).chopped(3), 1)};
    };
    server.overTcp = [good](const Asked& asked) { return framed(good(asked)); };
  }) << "NOERROR" << 1 << 2;
  QTest::newRow("truncated without a record")
      << tcp([good](const Asked& asked) { return framed(good(asked)); }) << "NOERROR" << 1 << 2;
}

void TestDnsHostile::answersAllTheSame() {
  QFETCH(const Setup, setup);
  HostileNameServer server;
  QVERIFY(server.isReady());
  setup(server);
  const auto outcome = ask(server, std::chrono::seconds(30), 0);
  QVERIFY(outcome.has_value());
  QVERIFY2(outcome->answer.has_value(), outcome->answer ? "" : outcome->answer.error().line().c_str());
  const DnsAnswer& answer = *outcome->answer;
  QTEST(QString::fromStdString(dnsRcodeName(answer.rcode)), "rcode");
  QTEST(static_cast<int>(answer.answers.size()), "records");
  QTEST(answer.tries, "tries");
  QCOMPARE(answer.server.port(), server.port());
}

void TestDnsHostile::damagedDataIsShownAsHex_data() {
  QTest::addColumn<int>("type");
  QTest::addColumn<QByteArray>("data");
  QTest::addColumn<QString>("text");
  const auto row = [](const char* what, int type, QByteArray data, const char* text) {
    QTest::newRow(what) << type << data << QString::fromUtf8(text);
  };
  row("an address of three bytes", 1, "\xC0\x01\x02", "\\# 3 C00102");
  row("an address of five bytes", 1, "\xC0\x01\x02\x03\x04", "\\# 5 C001020304");
  row("an address of none", 1, "", "\\# 0");
  row("an IPv6 address of four", 28, "\xC0\x01\x02\x03", "\\# 4 C0010203");
  row("mail without a host", 15, QByteArray("\0\1", 2), "\\# 2 0001");
  row("a name in a circle", 5, "\xC0\x29", "\\# 2 C029");
  row("a name behind which something follows", 5, QByteArray("\0x", 2), "\\# 2 0078");
  row("a text that is longer than its record", 16,
      "\x05"
      "ab",
      "\\# 3 056162");
  row("a text of no length at all", 16, "", "\\# 0");
  row("a text of no characters", 16, QByteArray(1, '\0'), "\"\"");
  row("an authority that ends early", 6, QByteArray("\0\0\0\0\0\1", 6), "\\# 6 000000000001");
  row("a CAA with an odd tag", 257, QByteArray("\0\3a-bv", 6), "\\# 6 0003612D6276");
  row("a CAA without a value", 257, QByteArray("\0\5issue", 7), "0 issue \"\"");
  row("service parameters out of order", 64, QByteArray("\0\1\0\0\3\0\2\0\x35\0\2\0\0", 13),
      "\\# 13 00010000030002003500020000");
  row("a parameter that is longer than its record", 65, QByteArray("\0\1\0\0\3\0\xFF\0\x35", 9),
      "\\# 9 000100000300FF0035");
  row("a location of another version", 29, QByteArray(16, '\1'), "\\# 16 01010101010101010101010101010101");
  row("types in a window of no bytes", 47, QByteArray("\0\0\0", 3), "\\# 3 000000");
  row("a key of one byte", 45, "\x0A", "\\# 1 0A");
  row("a key with a gateway of no known kind", 45, QByteArray("\x0A\x04\x02xyz", 6), "\\# 6 0A040278797A");
  row("an unknown type", 65280, "\x01\xFF", "\\# 2 01FF");
}

void TestDnsHostile::damagedDataIsShownAsHex() {
  QFETCH(const int, type);
  QFETCH(const QByteArray, data);
  QFETCH(const QString, text);
  HostileNameServer server;
  QVERIFY(server.isReady());
  const auto number = static_cast<quint16>(type);
  server.overUdp = [&](const Asked& asked) {
    return QList{asked.reply(kAnswer, Asked::record(number, data) + Asked::record(1, kAddress), 2)};
  };
  const auto outcome = ask(server, std::chrono::seconds(30), 0, number);
  QVERIFY(outcome && outcome->answer);
  QCOMPARE(outcome->answer->answers.size(), std::size_t(2));
  QCOMPARE(QString::fromStdString(outcome->answer->answers[0].data), text);
  QCOMPARE(outcome->answer->answers[1].data, std::string("192.0.2.1"));
}

void TestDnsHostile::rareDataIsShownAsDigDoes_data() {
  QTest::addColumn<int>("type");
  QTest::addColumn<QByteArray>("data");
  QTest::addColumn<QString>("text");
  const auto row = [](const char* what, int type, const char* hex, const char* text) {
    QTest::newRow(what) << type << QByteArray::fromHex(hex) << QString::fromUtf8(text);
  };
  row("well-known services", 11, "c0000201 06 00000040", "192.0.2.1 6 25");
  row("a signature", 46, "0001 05 02 00000e10 65a0c0c0 659f6f40 1234 01780179 00 00112233",
      "A 5 2 3600 20240112043200 20240111043200 4660 x.y. ABEiMw==");
  row("hashed denial", 50,
      "01 01 000c 04 aabbccdd 14 174eb2409fe28bcb4887a1836f957f0a8425e27b 0007 22010000000290",
      "1 1 12 AABBCCDD 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR NS SOA MX RRSIG DNSKEY NSEC3PARAM");
  row("parameters of hashed denial", 51, "01 00 0000 00", "1 0 0 -");
  row("a host's identity", 55, "10 02 0003 200100107b1a74df365639cc39f1d578 010203",
      "2 200100107B1A74DF365639CC39F1D578 AQID");
  row("a key behind an IPv6 gateway", 45, "0a 02 02 20010db8000000000000000000000001 0102",
      "10 2 2 2001:db8::1 AQI=");
  row("an X.25 number", 19, "0c 333131303631373030393536", "\"311061700956\"");
}

void TestDnsHostile::rareDataIsShownAsDigDoes() {
  damagedDataIsShownAsHex();
}

void TestDnsHostile::sixtyFourKibibytesOverTcp() {
  HostileNameServer server;
  QVERIFY(server.isReady());
  constexpr int kRecords = (65535 - 29) / 16;
  tcp([](const Asked& asked) {
    QByteArray records;
    for (int i = 0; i < kRecords; ++i) records += Asked::record(1, kAddress);
    return framed(asked.reply(kAnswer, records, kRecords));
  })(server);
  const auto outcome = ask(server, std::chrono::seconds(30), 0);
  QVERIFY(outcome && outcome->answer);
  QCOMPARE(outcome->answer->answers.size(), std::size_t(kRecords));
  QCOMPARE(outcome->answer->bytes, std::size_t(29 + kRecords * 16));
}

QTEST_GUILESS_MAIN(TestDnsHostile)
#include "tst_dns_hostile.moc"
