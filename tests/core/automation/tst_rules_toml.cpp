#include <QTest>

#include "core/automation/plan_toml.h"
#include "core/automation/rules_toml.h"
#include "core/automation/sequence/steps_toml.h"

using namespace sockbench;

class TestRulesToml : public QObject {
  Q_OBJECT
 private slots:
  void readsABook();
  void readsBackTheSame_data();
  void readsBackTheSame();
  void tellsWhatIsWrong_data();
  void tellsWhatIsWrong();
  void planReadsBackTheSame_data();
  void planReadsBackTheSame();
};

namespace {

AnswerBook bookOf(const char* text) {
  const auto book = readAnswerBook(text, "answers.toml");
  if (!book) qWarning("%s", book.error().line().c_str());
  return book.value_or(AnswerBook{});
}

}  // namespace

void TestRulesToml::readsABook() {
  const AnswerBook book = bookOf(R"(
most-per-second = 10
[[rule]]
name = "login"
when = { regex = 'USER (\w+)', ignore-case = true }
then = [{ send = "331 {{1}}\r\n" }, { wait = "1.5s" }, { run = "s" }, { close = true }]
last = true
[[rule]]
when = { length = [4] }
then = [{ send = { hex = "01 02" } }, { stop-reading = true }]
enabled = false
[[rule]]
when = "peer-closed"
[[sequence]]
name = "s"
steps = [{ expect = "PASS" }, { expect = { hex = "0d ??" }, within = "1s" }, { half-close = true }]
)");
  QCOMPARE(book.mostPerSecond, 10U);
  QCOMPARE(book.rules.size(), std::size_t{3});
  const AnswerRule& login = book.rules[0];
  QCOMPARE(login.pattern.kind, PatternSpec::Kind::regex);
  QVERIFY(!login.pattern.caseSensitive && login.last && login.enabled);
  QCOMPARE(login.steps.size(), std::size_t{4});
  QCOMPARE(login.steps[0].message.body, "331 {{1}}\r\n");
  QCOMPARE(login.steps[1].time, std::chrono::nanoseconds(std::chrono::milliseconds(1500)));
  QCOMPARE(login.steps[2].name, "s");
  QCOMPARE(book.rules[1].least, std::size_t{4});
  QCOMPARE(book.rules[1].most, SIZE_MAX);
  QVERIFY(!book.rules[1].enabled);
  QCOMPARE(book.rules[1].steps[0].message.form, MessageForm::hex);
  QVERIFY(book.rules[2].when == AnswerRule::When::peerClosed);
  QCOMPARE(book.sequences[0].steps[0].time, kDefaultWithin);
  QCOMPARE(book.sequences[0].steps[1].pattern.kind, PatternSpec::Kind::hex);
}

void TestRulesToml::readsBackTheSame_data() {
  QTest::addColumn<QByteArray>("when");
  QTest::addColumn<QByteArray>("then");
  QTest::newRow("any, nothing done") << QByteArray(R"("any")") << QByteArray("[]");
  QTest::newRow("connected") << QByteArray(R"("connected")") << QByteArray(R"([{ send = "a\r\n" }])");
  QTest::newRow("text") << QByteArray(R"({ text = 'a\x00' })") << QByteArray(R"([{ send = 'a\x00' }])");
  QTest::newRow("encoding") << QByteArray(R"({ text = "é", encoding = "UTF-16LE" })")
                            << QByteArray(
                                   R"([{ send = { text = "é", encoding = "GBK", ending = "crlf" } }])");
  QTest::newRow("hex") << QByteArray(R"({ hex = "0? 1f" })") << QByteArray(R"([{ send = { hex = "00" } }])");
  QTest::newRow("length") << QByteArray("{ length = 3 }") << QByteArray("[{ reset = true }]");
  QTest::newRow("a range") << QByteArray("{ length = [3, 9] }") << QByteArray("[{ resume-reading = true }]");
  QTest::newRow("nth") << QByteArray("{ nth = 3, every = true }") << QByteArray(R"([{ wait = "10ms" }])");
  QTest::newRow("silence") << QByteArray(R"({ silence = "2s" })")
                           << QByteArray(
                                  R"([{ send = { file = "/etc/hosts" } }, { send = { base64 = "AA==" } }])");
}

void TestRulesToml::readsBackTheSame() {
  QFETCH(const QByteArray, when);
  QFETCH(const QByteArray, then);
  const QByteArray text = "[[rule]]\nname = \"r\"\nwhen = " + when + "\nthen = " + then + "\n";
  const auto book = readAnswerBook(text.toStdString(), "a.toml");
  QVERIFY2(book, book ? "" : book.error().line().c_str());
  const std::string written = writeToml(toToml(*book));
  const auto again = readAnswerBook(written, "b.toml");
  QVERIFY2(again, written.c_str());
  QVERIFY2(*again == *book, written.c_str());
}

void TestRulesToml::tellsWhatIsWrong_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QString>("said");
  const auto row = [](const char* name, const char* text, const char* said) {
    QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(said);
  };
  row("a key that nobody knows", "[[rule]]\nwhen = \"any\"\nenabeld = true", "enabled");
  row("a verb that there is not", "[[rule]]\nwhen = \"any\"\nthen = [{ sent = \"x\" }]", "send");
  row("two verbs", "[[rule]]\nwhen = \"any\"\nthen = [{ send = \"x\", close = true }]",
      "one step does one thing");
  row("no verb", "[[rule]]\nwhen = \"any\"\nthen = [{}]", "says what is done");
  row("an expression", "[[rule]]\nwhen = { regex = '(' }", "line 2");
  row("no condition", "[[rule]]\nname = \"x\"", "when");
  row("two patterns", "[[rule]]\nwhen = { text = \"x\", hex = \"01\" }", "one of the keys");
  row("a length below 0", "[[rule]]\nwhen = { length = [-1] }", "bytes");
  row("a sequence that runs itself", "[[sequence]]\nname = \"a\"\nsteps = [{ run = \"a\" }]", "runs itself");
  row("a sequence that runs itself through another",
      "[[sequence]]\nname = \"a\"\nsteps = [{ run = \"b\" }]\n[[sequence]]\nname = \"b\"\nsteps = [{ run = "
      "\"a\" "
      "}]",
      "runs itself");
  row("a sequence that is not there", "[[sequence]]\nname = \"a\"\nsteps = [{ run = \"b\" }]", "no sequence");
  row("expect in a rule", "[[rule]]\nwhen = \"any\"\nthen = [{ expect = \"x\" }]",
      "expects nothing by itself");
  row("a time without a unit", "[[rule]]\nwhen = { silence = \"2\" }", "line 2");
}

void TestRulesToml::tellsWhatIsWrong() {
  QFETCH(const QByteArray, text);
  QFETCH(const QString, said);
  const auto book = readAnswerBook(text.toStdString(), "a.toml");
  QVERIFY(!book);
  const QString line = QString::fromStdString(book.error().line());
  QVERIFY2(line.contains(said), qPrintable(line));
}

void TestRulesToml::planReadsBackTheSame_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::newRow("once") << QByteArray("");
  QTest::newRow("often") << QByteArray(
      "count = 0\ninterval = \"100ms\"\njitter = \"10ms\"\nduration = \"1m\"\n");
  QTest::newRow("connected") << QByteArray("start = \"connected\"\nrate = 1000\n");
  QTest::newRow("at a match") << QByteArray("start = { text = \"now\" }\nuntil = { regex = \"b+\" }\n");
  QTest::newRow("in pieces") << QByteArray("piece = 3\ngap = \"1ms\"\n");
}

void TestRulesToml::planReadsBackTheSame() {
  QFETCH(const QByteArray, text);
  const auto planOf = [](const std::string& toml) -> Result<SendPlan> {
    const auto tree = readToml(toml, "p.toml");
    if (!tree) return std::unexpected(tree.error());
    TomlReader in(*tree, "p.toml", UnknownKeys::refused);
    SendPlan plan = planIn(in);
    return in.finish(plan);
  };
  const auto plan = planOf(text.toStdString());
  QVERIFY(plan);
  QCOMPARE(plan->isOnce(), text.isEmpty());
  const auto again = planOf(writeToml(toToml(*plan)));
  QVERIFY(again && *again == *plan);
}

QTEST_GUILESS_MAIN(TestRulesToml)
#include "tst_rules_toml.moc"
