// What the small services of RFC 862 to 868 say.
#include <QTest>
#include <QtEndian>
#include <algorithm>

#include "core/engine/detail/answers.h"

using namespace sockbench;
using namespace sockbench::detail;

namespace {

constexpr WallNanos kSecond = 1'000'000'000;

std::string chargen(std::uint64_t position, std::size_t length) {
  return std::string(asChars(chargenBytes(position, length)));
}

bool isPrintableLine(const std::string& line) {
  return line.ends_with("\r\n") &&
         std::ranges::all_of(line.substr(0, line.size() - 2), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

class TestAnswers : public QObject {
  Q_OBJECT

 private slots:
  void chargenLines_data();
  void chargenLines();
  void chargenIsTheSameFromAnyPlace_data();
  void chargenIsTheSameFromAnyPlace();
  void timeCountsFrom1900_data();
  void timeCountsFrom1900();
  void daytimeIsALine_data();
  void daytimeIsALine();
  void quotesKeepToTheirRfc();
  void wholeAnswers_data();
  void wholeAnswers();
  void namesAreFoundAgain();
};

void TestAnswers::chargenLines_data() {
  QTest::addColumn<int>("line");
  QTest::addColumn<QByteArray>("text");
  QTest::newRow("the first")
      << 0 << QByteArray(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg");
  QTest::newRow("one further on")
      << 1 << QByteArray("!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefgh");
  QTest::newRow("round the ring's end")
      << 94 << QByteArray("~ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdef");
  QTest::newRow("the first again")
      << 95 << QByteArray(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg");
}

void TestAnswers::chargenLines() {
  QFETCH(int, line);
  QFETCH(QByteArray, text);
  QCOMPARE(text.size(), 72);
  const auto from = static_cast<std::uint64_t>(line) * kChargenLine;
  QCOMPARE(chargen(from, kChargenLine), text.toStdString() + "\r\n");
}

void TestAnswers::chargenIsTheSameFromAnyPlace_data() {
  QTest::addColumn<quint64>("position");
  QTest::addColumn<int>("length");
  QTest::newRow("nothing") << quint64{5} << 0;
  QTest::newRow("a byte") << quint64{73} << 1;
  QTest::newRow("over the end of the period") << quint64{kChargenPeriod - 3} << 100;
  QTest::newRow("more than two periods") << quint64{100} << static_cast<int>(2 * kChargenPeriod + 7);
  QTest::newRow("far on") << quint64{kChargenPeriod} * 1'000'000'007 + 11 << 500;
}

void TestAnswers::chargenIsTheSameFromAnyPlace() {
  QFETCH(quint64, position);
  QFETCH(int, length);
  const std::string period = chargen(0, kChargenPeriod);
  std::string expected;
  for (int i = 0; i < length; ++i) expected += period[(position + static_cast<quint64>(i)) % kChargenPeriod];
  QCOMPARE(chargen(position, static_cast<std::size_t>(length)), expected);
}

void TestAnswers::timeCountsFrom1900_data() {
  QTest::addColumn<qint64>("unixSeconds");
  QTest::addColumn<quint32>("seconds");
  // The examples of RFC 868.
  QTest::newRow("1970") << qint64{0} << 2'208'988'800U;
  QTest::newRow("1 May 1983") << qint64{420'595'200} << 2'629'584'000U;
  QTest::newRow("the last second") << qint64{2'085'978'495} << 0xFFFFFFFFU;
  QTest::newRow("the wrap of 2036") << qint64{2'085'978'496} << 0U;
  QTest::newRow("after the wrap") << qint64{2'085'978'500} << 4U;
}

void TestAnswers::timeCountsFrom1900() {
  QFETCH(qint64, unixSeconds);
  QFETCH(quint32, seconds);
  QCOMPARE(secondsSince1900(unixSeconds * kSecond), seconds);
  QCOMPARE(secondsSince1900(unixSeconds * kSecond + kSecond - 1), seconds);
  const Bytes answer = timeAnswer(unixSeconds * kSecond);
  QCOMPARE(answer.size(), 4U);
  QCOMPARE(qFromBigEndian<quint32>(answer.data()), seconds);
}

void TestAnswers::daytimeIsALine_data() {
  QTest::addColumn<qint64>("unixSeconds");
  QTest::addColumn<QByteArray>("line");
  QTest::newRow("1970") << qint64{0} << QByteArray("Thursday, January 1, 1970 00:00:00-UTC\r\n");
  QTest::newRow("a leap day") << qint64{1'709'251'199}
                              << QByteArray("Thursday, February 29, 2024 23:59:59-UTC\r\n");
  QTest::newRow("the longest") << qint64{1'789'516'799}
                               << QByteArray("Tuesday, September 15, 2026 23:59:59-UTC\r\n");
}

void TestAnswers::daytimeIsALine() {
  QFETCH(qint64, unixSeconds);
  QFETCH(QByteArray, line);
  QCOMPARE(daytimeLine(unixSeconds * kSecond + 1), line.toStdString());
}

void TestAnswers::quotesKeepToTheirRfc() {
  QVERIFY(quoteCount() > 1);
  for (std::uint64_t i = 0; i < quoteCount(); ++i) {
    QVERIFY2(quote(i).size() <= kMostDatagramAnswer, quote(i).c_str());
    QVERIFY2(isPrintableLine(quote(i)), quote(i).c_str());
  }
  QVERIFY(quote(0) != quote(1));
  QCOMPARE(quote(quoteCount() * 5 + 1), quote(1));
}

void TestAnswers::wholeAnswers_data() {
  QTest::addColumn<int>("responder");
  QTest::addColumn<QByteArray>("answer");
  const auto row = [](Responder responder, const std::string& answer) {
    QTest::newRow(responderName(responder).data())
        << static_cast<int>(responder) << QByteArray::fromStdString(answer);
  };
  row(Responder::none, {});
  row(Responder::echo, {});
  row(Responder::discard, {});
  row(Responder::chargen, {});
  row(Responder::daytime, daytimeLine(7 * kSecond));
  row(Responder::time, std::string("\x83\xAA\x7E\x87"));
  row(Responder::qotd, quote(3));
}

void TestAnswers::wholeAnswers() {
  QFETCH(int, responder);
  QFETCH(QByteArray, answer);
  const auto whole = wholeAnswer(static_cast<Responder>(responder), 7 * kSecond, 3);
  QCOMPARE(whole.has_value(), !answer.isEmpty());
  if (whole) QCOMPARE(std::string(asChars(*whole)), answer.toStdString());
}

void TestAnswers::namesAreFoundAgain() {
  for (const char* name : {"none", "echo", "discard", "chargen", "daytime", "time", "qotd"}) {
    const auto responder = findResponder(name);
    QVERIFY2(responder, name);
    QCOMPARE(responderName(*responder), std::string_view(name));
  }
  QVERIFY(!findResponder("Chargen"));
  QVERIFY(!findResponder(""));
}

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"
