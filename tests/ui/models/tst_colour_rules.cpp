#include <QBrush>
#include <QColor>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/models/traffic_fixture.h"
#include "ui/models/colour_rules.h"
#include "ui/models/traffic_model.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::TrafficFixture;

class TstColourRules : public QObject {
  Q_OBJECT
 private slots:
  void theFirstRuleThatARowPassesCounts();
  void whatCannotBeReadColoursNothing();
  void theTimeSinceTheRowBeforeCounts();
  void followsMarks();
  void isRemembered();
  void itsExamplesCanBeRead();
  void theModelAsksForRowsThatAreShown();
};

namespace {
ColourRule rule(const char* filter, bool enabled = true) {
  return {QLatin1String(filter), QLatin1String(filter), 1, enabled};
}
}  // namespace

void TstColourRules::theFirstRuleThatARowPassesCounts() {
  TrafficFixture traffic;
  traffic.received(traffic.first, "GET /");
  traffic.sent(traffic.first, "answer");
  traffic.received(traffic.second, "else");
  traffic.publish();
  ColourRules rules;
  QVERIFY(!rules.isColouring());
  rules.setRules({rule("dir == in", false), rule("data contains \"GET\""), rule("dir == in")});
  QVERIFY(rules.isColouring());
  QCOMPARE(rules.ruleOf(traffic.log(), 0), 1);
  QCOMPARE(rules.ruleOf(traffic.log(), 1), -1);
  QCOMPARE(rules.ruleOf(traffic.log(), 2), 2);
  QCOMPARE(rules.ruleOf(traffic.log(), 3), -1);  // there is no such row
}

void TstColourRules::whatCannotBeReadColoursNothing() {
  TrafficFixture traffic;
  traffic.received(traffic.first, "x");
  traffic.publish();
  ColourRules rules;
  rules.setRules({rule("nonsense =="), rule("")});
  QVERIFY(rules.error(0));
  QVERIFY(!rules.error(1));
  QVERIFY(!rules.isColouring());
  QCOMPARE(rules.ruleOf(traffic.log(), 0), -1);
}

void TstColourRules::theTimeSinceTheRowBeforeCounts() {
  TrafficFixture traffic;
  traffic.bytes(traffic.first, Direction::in, "a", 1'000'000'000);
  traffic.bytes(traffic.first, Direction::in, "b", 1'500'000'000);
  traffic.bytes(traffic.first, Direction::in, "c", 4'000'000'000);
  traffic.publish();
  ColourRules rules;
  rules.setRules({rule("delta > 1")});
  QCOMPARE(rules.ruleOf(traffic.log(), 1), -1);
  QCOMPARE(rules.ruleOf(traffic.log(), 2), 0);
}

void TstColourRules::followsMarks() {
  TrafficFixture traffic;
  traffic.received(traffic.first, "a");
  traffic.publish();
  ColourRules rules;
  rules.setRules({rule("len > 0", false), rule("marked")});
  QVERIFY(rules.usesNotes());
  QCOMPARE(rules.ruleOf(traffic.log(), 0), -1);
  traffic.log().notes().setMarked(0, true);
  QCOMPARE(rules.ruleOf(traffic.log(), 0), 1);
}

void TstColourRules::isRemembered() {
  QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  ColourRules rules;
  rules.setRules({rule("dir == in"), rule("len > 3", false)});
  rules.saveState(settings);
  ColourRules restored;
  QSignalSpy changed(&restored, &ColourRules::changed);
  restored.restoreState(settings);
  QCOMPARE(restored.rules(), rules.rules());
  QCOMPARE(changed.size(), 1);
}

void TstColourRules::itsExamplesCanBeRead() {
  ColourRules rules;
  rules.setRules(ColourRules::examples());
  QVERIFY(!rules.rules().isEmpty());
  for (qsizetype i = 0; i < rules.rules().size(); ++i)
    QVERIFY2(!rules.error(i), qPrintable(rules.rules().at(i).filter));
}

void TstColourRules::theModelAsksForRowsThatAreShown() {
  TrafficFixture traffic;
  traffic.received(traffic.first, "a");
  traffic.received(traffic.second, "b");
  traffic.publish();
  TrafficModel model(traffic.log());
  model.setRowColor([](std::uint64_t number) { return number == 1 ? QColor(Qt::red) : QColor(); });
  QVERIFY(!model.index(0, 0).data(Qt::BackgroundRole).isValid());
  QCOMPARE(model.index(1, 0).data(Qt::BackgroundRole).value<QBrush>().color(), QColor(Qt::red));
  model.setRowColor({});
  QVERIFY(!model.index(1, 0).data(Qt::BackgroundRole).isValid());
}

QTEST_MAIN(TstColourRules)
#include "tst_colour_rules.moc"
