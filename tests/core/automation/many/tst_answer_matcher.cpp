#include <QTest>
#include <string>
#include <vector>

#include "core/automation/many/answer_matcher.h"

using namespace sockbench;
using How = AnswerCheck::How;
using Time = AnswerMatcher::Time;

namespace {

Time at(int n) {
  return Time(std::chrono::seconds(n));
}

// What is done to a matcher, a letter each: s: the next message of 4 bytes is sent; g: all that wait are
// given up; anything else in between is received as one piece. The messages that were answered, by their
// numbers from 1.
std::string play(const AnswerCheck& check, bool isStream, const std::vector<std::string>& steps) {
  AnswerMatcher matcher(check, isStream);
  std::string answered;
  int sent = 0;
  for (const std::string& step : steps) {
    if (step == "<s>")
      matcher.sent(at(++sent), 4);
    else if (step == "<g>")
      matcher.giveUp(at(sent));
    else
      matcher.received(asBytes(step), [&](Time time) {
        answered += std::to_string(time.time_since_epoch() / std::chrono::seconds(1));
      });
  }
  return answered + '/' + std::to_string(matcher.waiting());
}

AnswerCheck checkOf(How how, const char* regex) {
  AnswerCheck check;
  check.how = how;
  if (how == How::pattern) check.pattern = BytePattern::fromRegex(regex).value();
  return check;
}

using Steps = std::vector<std::string>;

}  // namespace

class TestAnswerMatcher : public QObject {
  Q_OBJECT
 private slots:
  void answersByOrder_data();
  void answersByOrder();
  void keepsNoMoreThanItMay();
  void theOldestIsTold();
};

void TestAnswerMatcher::answersByOrder_data() {
  QTest::addColumn<int>("how");
  QTest::addColumn<QByteArray>("regex");
  QTest::addColumn<bool>("isStream");
  QTest::addColumn<QByteArrayList>("steps");
  QTest::addColumn<QByteArray>("expected");
  const auto row = [](const char* name, How how, bool isStream, const QByteArrayList& steps,
                      const char* expected, const char* regex = "") {
    QTest::newRow(name) << static_cast<int>(how) << QByteArray(regex) << isStream << steps
                        << QByteArray(expected);
  };
  row("an echo", How::echo, true, {"<s>", "abcd"}, "1/0");
  row("an echo in pieces", How::echo, true, {"<s>", "ab", "c", "d"}, "1/0");
  row("two echoes in one piece", How::echo, true, {"<s>", "<s>", "abcdabcd"}, "12/0");
  row("an echo and a half", How::echo, true, {"<s>", "<s>", "abcdab"}, "1/1");
  row("a banner before the first message", How::echo, true, {"welcome", "<s>", "abcd"}, "1/0");
  row("an echo that comes too late is not the next one's", How::echo, true, {"<s>", "<g>", "<s>", "abcd"},
      "/1");
  row("the one after it counts", How::echo, true, {"<s>", "<g>", "<s>", "abcd", "abcd"}, "2/0");
  row("a datagram of another length is no echo", How::echo, false, {"<s>", "abc"}, "/1");
  row("a datagram is one echo", How::echo, false, {"<s>", "<s>", "abcd"}, "1/1");
  row("a lost datagram holds nothing up", How::echo, false, {"<s>", "<g>", "<s>", "abcd"}, "2/0");
  row("next on a stream answers all", How::next, true, {"<s>", "<s>", "x"}, "12/0");
  row("next by datagrams answers one", How::next, false, {"<s>", "<s>", "x"}, "1/1");
  row("nothing is waited for", How::none, true, {"<s>", "abcd"}, "/0");
  row("a pattern", How::pattern, true, {"<s>", "+OK\r\n"}, "1/0", "OK\r\n");
  row("a pattern in pieces", How::pattern, true, {"<s>", "+O", "K\r", "\n"}, "1/0", "OK\r\n");
  row("a pattern behind others' bytes", How::pattern, true, {"<s>", "x\r\ny\r\n", "OK\r\n"}, "1/0", "OK\r\n");
  row("two in a piece", How::pattern, true, {"<s>", "<s>", "OKOK"}, "12/0", "OK");
  row("one is no two", How::pattern, true, {"<s>", "<s>", "OKO"}, "1/1", "OK");
  row("what is over does not answer the next", How::pattern, true, {"<s>", "OK OK", "<s>", "no"}, "1/1",
      "OK");
  row("a pattern of no bytes answers nothing", How::pattern, true, {"<s>", "abc"}, "/1", "x*");
  row("a datagram with the pattern", How::pattern, false, {"<s>", "<s>", "OKOK"}, "1/1", "OK");
  row("a datagram without it", How::pattern, false, {"<s>", "O", "K"}, "/1", "OK");
}

void TestAnswerMatcher::answersByOrder() {
  QFETCH(int, how);
  QFETCH(QByteArray, regex);
  QFETCH(bool, isStream);
  QFETCH(QByteArrayList, steps);
  QFETCH(QByteArray, expected);
  Steps list;
  for (const QByteArray& step : steps) list.push_back(step.toStdString());
  const std::string got = play(checkOf(static_cast<How>(how), regex.constData()), isStream, list);
  QCOMPARE(QByteArray::fromStdString(got), expected);
}

void TestAnswerMatcher::keepsNoMoreThanItMay() {
  const AnswerCheck check = checkOf(How::echo, "");
  AnswerMatcher matcher(check, true);
  for (std::size_t i = 0; i < AnswerMatcher::kMostWaiting; ++i) {
    QVERIFY(matcher.hasRoom());
    matcher.sent(at(1), 1);
  }
  QVERIFY(!matcher.hasRoom());
  matcher.giveUp(at(1));  // their bytes may still come
  QVERIFY(!matcher.hasRoom());
  QCOMPARE(matcher.waiting(), 0U);
  matcher.received(asBytes("x"), [](Time) { QFAIL("it was given up"); });
  QVERIFY(matcher.hasRoom());
}

void TestAnswerMatcher::theOldestIsTold() {
  const AnswerCheck check = checkOf(How::echo, "");
  AnswerMatcher matcher(check, true);
  QVERIFY(!matcher.oldest());
  matcher.sent(at(1), 4);
  matcher.sent(at(2), 4);
  QCOMPARE(matcher.oldest(), std::optional(at(1)));
  QCOMPARE(matcher.giveUp(at(1)), 1U);
  QCOMPARE(matcher.giveUp(at(1)), 0U);
  QCOMPARE(matcher.oldest(), std::optional(at(2)));
}

QTEST_GUILESS_MAIN(TestAnswerMatcher)
#include "tst_answer_matcher.moc"
