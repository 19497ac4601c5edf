// Messages as bytes: types, return codes, names, and the reader under everything that mutation makes of real
// answers.
#include "core/resolve/dns/message.h"

#include <QFile>
#include <QTest>
#include <algorithm>
#include <random>

#include "core/resolve/dns/question_name.h"

using namespace sockbench;

namespace {

QString text(std::string_view utf8) {
  return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QList<QByteArray> capturedAnswers() {
  QFile file(QStringLiteral(SOCKBENCH_CAPTURED_ANSWERS));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QList<QByteArray> answers;
  for (const QByteArray& line : file.readAll().split('\n')) {
    if (!line.isEmpty() && !line.startsWith('#')) answers.append(QByteArray::fromHex(line));
  }
  return answers;
}

ByteView view(const QByteArray& bytes) {
  return asBytes({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

bool isPrintable(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

// What must hold of whatever was read from `size` bytes: printable, and no longer than its bytes allow.
bool isSound(const dns::Message& message, std::size_t size) {
  std::size_t records = 0;
  for (const auto& section : message.sections) {
    records += section.size();
    for (const DnsRecord& record : section) {
      if (!isPrintable(record.name) || !record.name.ends_with('.') || record.name.size() > 4 * 255)
        return false;
      if (!isPrintable(record.data) || record.data.size() > 16 * 65536) return false;
    }
  }
  return records <= size / 11 && message.rcode >= 0 && message.rcode < 4096;
}

// One of the ways in which a message may be damaged.
void damage(QByteArray& message, const QList<QByteArray>& others, std::mt19937& random) {
  const auto below = [&](qsizetype most) {
    return most <= 0 ? qsizetype(0) : static_cast<qsizetype>(random() % static_cast<unsigned>(most));
  };
  const auto byte = [&] { return static_cast<char>(random() & 255); };
  const qsizetype at = below(message.size());
  switch (random() % 8) {
    case 0:
      if (!message.isEmpty()) message[at] = byte();
      break;
    case 1:
      if (!message.isEmpty()) message[at] = static_cast<char>(message[at] ^ (1 << random() % 8));
      break;
    case 2:
      message.truncate(at);
      break;
    case 3:
      message.insert(at, byte());
      break;
    case 4:
      message.remove(at, 1 + below(4));
      break;
    case 5:  // a pointer of compression
      if (at + 1 < message.size()) {
        message[at] = static_cast<char>(0xC0 | random() % 4);
        message[at + 1] = byte();
      }
      break;
    case 6:  // a count of the header
      if (message.size() >= 12) message[5 + 2 * below(4)] = byte();
      break;
    default: {
      const QByteArray& other = others[below(others.size())];
      message.replace(at, below(64), other.mid(below(other.size()), below(64)));
      break;
    }
  }
}

}  // namespace

class TestDnsMessage : public QObject {
  Q_OBJECT
 private slots:
  void typesHaveNames_data();
  void typesHaveNames();
  void unknownTypesAreRefused_data();
  void unknownTypesAreRefused();
  void returnCodesHaveNames();
  void namesAreMadeReady_data();
  void namesAreMadeReady();
  void badNamesAreRefused_data();
  void badNamesAreRefused();
  void questionsAreMade();
  void realAnswersAreRead();
  void damagedAnswersHurtNobody();
  void everyTypeTakesAnyData();
};

void TestDnsMessage::typesHaveNames_data() {
  QTest::addColumn<QString>("given");
  QTest::addColumn<int>("type");
  QTest::addColumn<QString>("name");
  const auto row = [](const char* given, int type, const char* name) {
    QTest::newRow(given) << QString::fromUtf8(given) << type << QString::fromUtf8(name);
  };
  row("A", 1, "A");
  row("aaaa", 28, "AAAA");
  row("Https", 65, "HTTPS");
  row("SVCB", 64, "SVCB");
  row("ANY", 255, "ANY");
  row("TYPE1", 1, "A");
  row("type65280", 65280, "TYPE65280");
  row("TYPE65535", 65535, "TYPE65535");
  row("CAA", 257, "CAA");
  row("URI", 256, "URI");
}

void TestDnsMessage::typesHaveNames() {
  QFETCH(const QString, given);
  const auto type = parseDnsType(given.toStdString());
  QVERIFY(type.has_value());
  QTEST(int{*type}, "type");
  QTEST(text(dnsTypeName(*type)), "name");
  for (const std::string_view offered : offeredDnsTypes())
    QCOMPARE(dnsTypeName(parseDnsType(offered).value()), std::string(offered));
}

void TestDnsMessage::unknownTypesAreRefused_data() {
  QTest::addColumn<QString>("given");
  for (const char* given :
       {"", "NOTYPE", "TYPE", "TYPE65536", "TYPE1x", "TYPE-1", "TYPE 1", "A ", "AXFR", "IXFR", "TYPE252"})
    QTest::newRow(given) << QString::fromUtf8(given);
}

void TestDnsMessage::unknownTypesAreRefused() {
  QFETCH(const QString, given);
  const auto type = parseDnsType(given.toStdString());
  QVERIFY(!type.has_value());
  QVERIFY(type.error().isInput(InputFault::unknownName));
}

void TestDnsMessage::returnCodesHaveNames() {
  QCOMPARE(dnsRcodeName(0), std::string("NOERROR"));
  QCOMPARE(dnsRcodeName(3), std::string("NXDOMAIN"));
  QCOMPARE(dnsRcodeName(23), std::string("BADCOOKIE"));
  QCOMPARE(dnsRcodeName(4000), std::string("RCODE4000"));
  QVERIFY(!dnsRcodeMeaning(2).empty());
  QVERIFY(dnsRcodeMeaning(4000).empty());
}

void TestDnsMessage::namesAreMadeReady_data() {
  QTest::addColumn<QString>("typed");
  QTest::addColumn<QString>("ascii");
  QTest::addColumn<QString>("unicode");
  const auto row = [](const char* typed, const char* ascii, const char* unicode) {
    QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(ascii)
                         << QString::fromUtf8(unicode);
  };
  row("www.example", "www.example.", "www.example.");
  row("www.example.", "www.example.", "www.example.");
  row(".", ".", ".");
  row("WWW.Example", "WWW.Example.", "WWW.Example.");
  row("bücher.example", "xn--bcher-kva.example.", "bücher.example.");
  row("BÜCHER.example", "xn--bcher-kva.example.", "bücher.example.");
  row("bu\xCC\x88"
      "cher.example",
      "xn--bcher-kva.example.", "bücher.example.");
  row("straße.example", "xn--strae-oqa.example.", "straße.example.");
  row("例え.テスト", "xn--r8jz45g.xn--zckzah.", "例え.テスト.");
  row("例え。テスト", "xn--r8jz45g.xn--zckzah.", "例え.テスト.");
  row("XN--BCHER-KVA.example", "XN--BCHER-KVA.example.", "bücher.example.");
  row("xn--a-.example", "xn--a-.example.", "xn--a-.example.");
  row("xn--.example", "xn--.example.", "xn--.example.");
  row("_sip._udp.bücher.example", "_sip._udp.xn--bcher-kva.example.", "_sip._udp.bücher.example.");
  row("a\\.b.example", "a\\.b.example.", "a\\.b.example.");
  row("a\\032b.example", "a\\032b.example.", "a\\032b.example.");
  row("a b.example", "a\\032b.example.", "a\\032b.example.");
  row("\\000\\255.example", "\\000\\255.example.", "\\000\\255.example.");
  row("b\\195\\188cher.example", "b\\195\\188cher.example.", "b\\195\\188cher.example.");
  row("\\@\\$\\(\\).example", "\\@\\$\\(\\).example.", "\\@\\$\\(\\).example.");
  row("127.0.0.1", "127.0.0.1.", "127.0.0.1.");
  const QByteArray longest(63, 'a');
  QTest::newRow("a label of 63 bytes")
      << QString::fromUtf8(longest) << QString::fromUtf8(longest + '.') << QString::fromUtf8(longest + '.');
}

void TestDnsMessage::namesAreMadeReady() {
  QFETCH(const QString, typed);
  const auto name = dns::readQuestionName(typed.toStdString());
  QVERIFY2(name.has_value(), name ? "" : name.error().line().c_str());
  QTEST(text(name->ascii), "ascii");
  QTEST(text(name->unicode), "unicode");
  QCOMPARE(dns::nameText(name->wire), name->ascii);
}

void TestDnsMessage::badNamesAreRefused_data() {
  QTest::addColumn<QByteArray>("typed");
  QTest::addColumn<int>("offset");
  QTest::addColumn<int>("length");
  const auto row = [](const char* what, const QByteArray& typed, int offset, int length) {
    QTest::newRow(what) << typed << offset << length;
  };
  row("nothing", "", 0, 0);
  row("a dot before it", ".example", 0, 0);
  row("two dots", "a..example", 2, 0);
  row("two dots at the end", "a.example..", 10, 0);
  row("a label of 64 bytes", "www." + QByteArray(64, 'a') + ".example", 4, 64);
  row("256 bytes in all", QByteArray("abcdefg.").repeated(32), 0, 256);
  row("an escape that is cut", "a.b\\", 2, 2);
  row("an escape of two digits", "a\\12", 0, 4);
  row("an escape above 255", "a\\256.b", 0, 5);
  row("not UTF-8", "a.b\xFF.c", 3, 1);
  row("an underscore beside a letter beyond ASCII", "_ü.example", 0, 3);
  row("an escape beside one", "ü\\046.example", 0, 6);
  row("a character that no name may have", "a\xE2\x84\x80.example", 0, 4);
  row("a heart that IDNA2008 leaves out", "a.\xE2\x80\xAE.example", 2, 3);
  row("an A-label of more than 63 bytes", QByteArray("ü").repeated(70) + ".example", 0, 140);
}

void TestDnsMessage::badNamesAreRefused() {
  QFETCH(const QByteArray, typed);
  const auto name = dns::readQuestionName(typed.toStdString());
  QVERIFY(!name.has_value());
  QVERIFY(name.error().isInput(InputFault::badHost));
  QCOMPARE(name.error().subject, typed.toStdString());
  QVERIFY(name.error().where.has_value());
  QTEST(static_cast<int>(name.error().where->offset), "offset");
  QTEST(static_cast<int>(name.error().where->length), "length");
}

void TestDnsMessage::questionsAreMade() {
  const dns::Question question{.name = dns::readQuestionName("a.b").value().wire,
                               .id = 0x1234,
                               .type = 257,
                               .recursionDesired = false,
                               .udpPayload = 1232};
  const QByteArray expected =
      QByteArray::fromHex("1234 0020 0001 0000 0000 0001 01610162 00 0101 0001 00 0029 04d0 00000000 0000");
  const Bytes made = question.message();
  QCOMPARE(QByteArray(asChars(made).data(), static_cast<qsizetype>(made.size())), expected);
  QCOMPARE(dns::fitOf(made, question), dns::Fit::fits);
}

void TestDnsMessage::realAnswersAreRead() {
  const QList<QByteArray> answers = capturedAnswers();
  QVERIFY(answers.size() > 30);
  for (const QByteArray& answer : answers) {
    const auto message = dns::readMessage(view(answer));
    QVERIFY2(message.has_value(), message ? "" : message.error().c_str());
    QVERIFY(isSound(*message, static_cast<std::size_t>(answer.size())));
  }
}

// The same messages each time: each row is a seed.
void TestDnsMessage::damagedAnswersHurtNobody() {
  constexpr int kMessages = 40'000;
  const QList<QByteArray> answers = capturedAnswers();
  QVERIFY(!answers.isEmpty());
  const dns::Question question{
      .name = dns::readQuestionName("www.bench.example").value().wire, .id = 1, .type = 1};
  std::mt19937 random(4);
  int read = 0;
  for (int i = 0; i < kMessages; ++i) {
    QByteArray message = answers[i % answers.size()];
    for (auto times = 1 + random() % 6; times > 0; --times) damage(message, answers, random);
    dns::fitOf(view(message), question);
    const auto result = dns::readMessage(view(message));
    if (!result) {
      QVERIFY(!result.error().empty());
      continue;
    }
    ++read;
    QVERIFY2(isSound(*result, static_cast<std::size_t>(message.size())), message.toHex());
  }
  // Else the damage would be so great that nothing behind the header is looked at.
  QVERIFY2(read > kMessages / 50, QByteArray::number(read));
}

void TestDnsMessage::everyTypeTakesAnyData() {
  std::mt19937 random(5);
  for (int type = 0; type < 300; ++type) {
    for (int i = 0; i < 100; ++i) {
      QByteArray data(static_cast<qsizetype>(random() % 48), '\0');
      // Small numbers are lengths and kinds more often than others are.
      for (char& c : data) c = static_cast<char>(random() % 2 == 0 ? random() % 6 : random());
      QByteArray message = QByteArray::fromHex(
          "000180000000000100000000"
          "00"
          "0000"
          "0001"
          "0000003c"
          "0000");
      message[13] = static_cast<char>(type >> 8);
      message[14] = static_cast<char>(type & 255);
      message[22] = static_cast<char>(data.size());
      message += data;
      const auto result = dns::readMessage(view(message));
      QVERIFY2(result.has_value(), message.toHex());
      QVERIFY2(isSound(*result, static_cast<std::size_t>(message.size())), message.toHex());
      QVERIFY(!result->sections[0].front().data.empty());
    }
  }
}

QTEST_GUILESS_MAIN(TestDnsMessage)
#include "tst_dns_message.moc"
