// One expectation against what has come so far, piece by piece.
#include <QTest>

#include "core/automation/scenario/run/expect_match.h"

using namespace sockbench;
using Kind = ScenarioExpect::Kind;
using State = ExpectMatch::State;
using End = Unread::End;

Q_DECLARE_METATYPE(sockbench::ScenarioExpect)

namespace {

ScenarioExpect pattern(Kind kind, const char* text, bool caseSensitive = true) {
  ScenarioExpect expect;
  expect.kind = kind;
  expect.pattern.kind = static_cast<PatternSpec::Kind>(kind);
  expect.pattern.text = text;
  expect.pattern.caseSensitive = caseSensitive;
  return expect;
}

ScenarioExpect exactly(const char* text) {
  ScenarioExpect expect;
  expect.kind = Kind::exactly;
  expect.bytes.body = text;
  return expect;
}

ScenarioExpect plain(Kind kind, std::uint64_t length = 0) {
  ScenarioExpect expect;
  expect.kind = kind;
  expect.length = length;
  return expect;
}

ExpectMatch made(const ScenarioExpect& expect) {
  Variables variables{{"name", "a.c"}};
  FieldValues values;
  values.variables = &variables;
  return ExpectMatch::make(expect, values, ".").value();
}

// "held 5: b, c" = 5 bytes consumed, groups after the whole one; "waiting"; "failed: why".
QString words(const ExpectMatch::Answer& answer) {
  if (answer.state == State::waiting) return QStringLiteral("waiting");
  if (answer.state == State::failed)
    return QStringLiteral("failed: ") + QString::fromStdString(answer.problem);
  QString text = QStringLiteral("held %1").arg(answer.consumed);
  for (const Bytes& group : answer.groups)
    text += QStringLiteral(" [%1]").arg(
        QString::fromLatin1(asChars(group).data(), static_cast<int>(group.size())));
  return text;
}

}  // namespace

class TestExpectMatch : public QObject {
  Q_OBJECT
 private slots:
  void streams_data();
  void streams();
  void messages_data();
  void messages();
  void isFoundAcrossPieces();
  void aLongSearchLetsGo();
};

void TestExpectMatch::streams_data() {
  QTest::addColumn<ScenarioExpect>("expect");
  QTest::addColumn<QByteArray>("came");
  QTest::addColumn<int>("end");
  QTest::addColumn<QString>("answer");
  const auto row = [](const char* name, const ScenarioExpect& expect, const char* came, End end,
                      const char* answer) {
    QTest::newRow(name) << expect << QByteArray(came) << static_cast<int>(end) << QString::fromLatin1(answer);
  };
  row("text, and what came before it is passed over", pattern(Kind::text, "PONG"), "xx+PONG\r\n", End::open,
      "held 7 [PONG]");
  row("text with escapes", pattern(Kind::text, "\\r\\n"), "a\r\nb", End::open, "held 3 [\r\n]");
  row("text in another case", pattern(Kind::text, "pong", false), "PONG", End::open, "held 4 [PONG]");
  row("text that is not there yet", pattern(Kind::text, "PONG"), "+PON", End::open, "waiting");
  row("text that cannot come any more", pattern(Kind::text, "PONG"), "+PON", End::finished,
      "failed: the peer has closed its side, and it did not come before");
  row("hex with any byte", pattern(Kind::hex, "41 ?? 43"), "xAbCy", End::open, "held 4 [AbC]");
  row("an expression with groups", pattern(Kind::regex, "id=(\\d+);(x)?"), "..id=42;", End::open,
      "held 8 [id=42;] [42] []");
  row("a variable in text", pattern(Kind::text, "{{name}}"), "abc a.c", End::open, "held 7 [a.c]");
  row("a variable in an expression stands for itself", pattern(Kind::regex, "({{name}})$"), "abc a.c",
      End::open, "held 7 [a.c] [a.c]");
  row("exactly", exactly("ab"), "abc", End::open, "held 2 [ab]");
  row("exactly, and the beginning is there", exactly("abc"), "ab", End::open, "waiting");
  row("exactly, and the beginning is another", exactly("abc"), "aX", End::open,
      "failed: something else came");
  row("so many bytes", plain(Kind::length, 3), "abcd", End::open, "held 3 [abc]");
  row("not so many bytes before the end", plain(Kind::length, 3), "ab", End::finished,
      "failed: the peer has closed its side, and it did not come before");
  row("no byte at all is wanted", plain(Kind::length, 0), "ab", End::open, "held 0 []");
  row("closed", plain(Kind::closed), "rest", End::finished, "held 4 []");
  row("not closed", plain(Kind::closed), "rest", End::open, "waiting");
  row("reset instead of closed", plain(Kind::closed), "", End::reset, "failed: the connection was reset");
  row("reset", plain(Kind::reset), "", End::reset, "held 0 []");
  row("closed, but reset may follow", plain(Kind::reset), "", End::finished, "waiting");
  row("nothing, so far", plain(Kind::nothing), "", End::open, "waiting");
  row("something instead of nothing", plain(Kind::nothing), "a", End::open, "failed: something came");
}

void TestExpectMatch::streams() {
  QFETCH(const ScenarioExpect, expect);
  QFETCH(const QByteArray, came);
  QFETCH(const int, end);
  QFETCH(const QString, answer);
  ExpectMatch match = made(expect);
  const std::string bytes = came.toStdString();
  QCOMPARE(words(match.look({asBytes(bytes), {}, false, static_cast<End>(end)})), answer);
}

void TestExpectMatch::messages_data() {
  QTest::addColumn<ScenarioExpect>("expect");
  QTest::addColumn<QString>("answer");
  // The messages are "one", "" and "three".
  QTest::newRow("text in a later message") << pattern(Kind::text, "ree") << QStringLiteral("held 8 [ree]");
  QTest::newRow("text over the end of a message") << pattern(Kind::text, "onet") << QStringLiteral("waiting");
  QTest::newRow("exactly the next") << exactly("one") << QStringLiteral("held 3 [one]");
  QTest::newRow("the beginning of the next")
      << exactly("on") << QStringLiteral("failed: something else came");
  QTest::newRow("the next's length") << plain(Kind::length, 3) << QStringLiteral("held 3 [one]");
  QTest::newRow("another length") << plain(Kind::length, 8) << QStringLiteral("failed: it has 3 bytes");
}

void TestExpectMatch::messages() {
  QFETCH(const ScenarioExpect, expect);
  QFETCH(const QString, answer);
  ExpectMatch match = made(expect);
  const std::vector<std::size_t> ends{3, 3, 8};
  QCOMPARE(words(match.look({asBytes("onethree"), ends, true, End::open})), answer);
}

// However a stream is cut into pieces, the text is found where it ends.
void TestExpectMatch::isFoundAcrossPieces() {
  const std::string stream = "aabaabaaab..";
  for (const ScenarioExpect& expect :
       {pattern(Kind::text, "aaab"), pattern(Kind::regex, "a{3}b"), pattern(Kind::hex, "61 61 61 6?")}) {
    ExpectMatch match = made(expect);
    for (std::size_t n = 0; n < 10; ++n)
      QCOMPARE(words(match.look({asBytes(stream).first(n), {}, false, End::open})),
               QStringLiteral("waiting"));
    QCOMPARE(words(match.look({asBytes(stream).first(10), {}, false, End::open})),
             QStringLiteral("held 10 [aaab]"));
  }
}

// What a literal was not found in is let go, but not what may be its beginning.
void TestExpectMatch::aLongSearchLetsGo() {
  ExpectMatch match = made(pattern(Kind::text, "needle"));
  std::string unread(100'000, 'x');
  unread += "need";
  const auto answer = match.look({asBytes(unread), {}, false, End::open});
  QCOMPARE(answer.state, State::waiting);
  QVERIFY(answer.consumed > 90'000);
  unread.erase(0, answer.consumed);
  unread += "le!";
  const auto found = match.look({asBytes(unread), {}, false, End::open});
  QCOMPARE(found.state, State::held);
  QCOMPARE(found.consumed, unread.size() - 1);
}

QTEST_GUILESS_MAIN(TestExpectMatch)
#include "tst_expect_match.moc"
