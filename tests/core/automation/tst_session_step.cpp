#include <QTest>
#include <set>

#include "core/automation/session_step.h"

using namespace sockbench;

class TstSessionStep : public QObject {
  Q_OBJECT
 private slots:
  void patternsAreCompiled_data();
  void patternsAreCompiled();
  void everyStepHasAName();
};

void TstSessionStep::patternsAreCompiled_data() {
  using Kind = PatternSpec::Kind;
  QTest::addColumn<int>("kind");
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<bool>("caseSensitive");
  QTest::addColumn<int>("offset");  // in "GET /\r\n"; -1: not there; -2: refused
  const auto row = [](const char* name, Kind kind, const char* text, bool caseSensitive, int offset) {
    QTest::newRow(name) << static_cast<int>(kind) << QByteArray(text) << caseSensitive << offset;
  };
  row("text", Kind::text, "\\r\\n", true, 5);
  row("text in another case", Kind::text, "get", true, -1);
  row("text in either case", Kind::text, "get", false, 0);
  row("hex with any byte", Kind::hex, "0d ??", true, 5);
  row("an expression", Kind::regex, "/\\s", true, 4);
  row("an expression that is none", Kind::regex, "(", true, -2);
}

void TstSessionStep::patternsAreCompiled() {
  QFETCH(int, kind);
  QFETCH(QByteArray, text);
  QFETCH(bool, caseSensitive);
  QFETCH(int, offset);
  PatternSpec spec;
  spec.kind = static_cast<PatternSpec::Kind>(kind);
  spec.text = text.toStdString();
  spec.caseSensitive = caseSensitive;
  const auto pattern = compile(spec);
  QCOMPARE(pattern.has_value(), offset != -2);
  if (!pattern) return;
  const auto match = pattern->find(asBytes("GET /\r\n"));
  QCOMPARE(match ? static_cast<int>(match->offset) : -1, offset);
}

void TstSessionStep::everyStepHasAName() {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(SessionStep::Kind::run); ++kind)
    QVERIFY(names.insert(stepName(static_cast<SessionStep::Kind>(kind))).second);
  QCOMPARE(stepName(SessionStep::Kind::halfClose), std::string_view("half-close"));
  QCOMPARE(stepName(SessionStep::Kind::run), std::string_view("run"));
}

QTEST_GUILESS_MAIN(TstSessionStep)
#include "tst_session_step.moc"
