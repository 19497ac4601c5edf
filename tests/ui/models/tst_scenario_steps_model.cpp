#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "ui/models/scenario_steps_model.h"
#include "ui/models/scenario_variables_model.h"
#include "ui/widgets/english_plurals.h"

using namespace sockbench;
using namespace sockbench::ui;

class TstScenarioStepsModel : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void stepsStandUnderTheirLoop();
  void sequencesAndExpectationsStandBehind();
  void aLineBelongsToTheStepBeforeIt_data();
  void aLineBelongsToTheStepBeforeIt();
  void saysWhatBecameOfAStep_data();
  void saysWhatBecameOfAStep();
  void anotherTextHasNotBeenRun();
  void aGivenValueStaysWithItsName();

 private:
  EnglishPlurals plurals_;
};

namespace {

constexpr const char* kText =
    "version = 1\n"                     // 1
    "[endpoints.server]\n"              // 2
    "listen = \"tcp://127.0.0.1:0\"\n"  // 3
    "[[sequences]]\n"                   // 4
    "name = \"talk\"\n"                 // 5
    "[[sequences.steps]]\n"             // 6
    "send = 'x'\n"                      // 7
    "[[steps]]\n"                       // 8
    "listen = \"server\"\n"             // 9
    "[[steps]]\n"                       // 10
    "connect = \"server\"\n"            // 11
    "[[steps]]\n"                       // 12
    "loop = 3\n"                        // 13
    "[[steps.steps]]\n"                 // 14
    "run = \"talk\"\n"                  // 15
    "[[expectations]]\n"                // 16
    "session = \"server\"\n"            // 17
    "accepted = 1\n";                   // 18

ScenarioPtr scenario() {
  const auto read = readScenario(kText, "test");
  if (!read) qFatal("%s", read.error().message().c_str());
  return *read;
}

ScenarioTally tally(std::uint64_t began, std::uint64_t held, std::uint64_t failed, std::uint64_t stopped,
                    const char* remark) {
  return {.began = began,
          .held = held,
          .failed = failed,
          .stopped = stopped,
          .elapsed = std::chrono::milliseconds(3),
          .remark = QString::fromUtf8(remark)};
}

}  // namespace

void TstScenarioStepsModel::initTestCase() {
  QCoreApplication::installTranslator(&plurals_);
}

void TstScenarioStepsModel::stepsStandUnderTheirLoop() {
  ScenarioStepsModel model;
  const QAbstractItemModelTester tester(&model);
  QCOMPARE(model.rowCount(), 0);
  model.setScenario(scenario());
  const QModelIndex loop = model.index(2, 0);
  QCOMPARE(loop.data().toString(), QStringLiteral("loop 3 times"));
  QCOMPARE(model.rowCount(loop), 1);
  const QModelIndex run = model.index(0, 0, loop);
  QCOMPARE(run.data().toString(), QStringLiteral("run talk"));
  QCOMPARE(run.parent(), loop);
}

void TstScenarioStepsModel::sequencesAndExpectationsStandBehind() {
  ScenarioStepsModel model;
  model.setScenario(scenario());
  QCOMPARE(model.rowCount(), 5);
  const QModelIndex sequence = model.index(3, 0);
  QCOMPARE(sequence.data().toString(), QStringLiteral("sequence talk"));
  QCOMPARE(sequence.data(ScenarioStepsModel::StateRole).toInt(), -1);
  QCOMPARE(model.index(0, 0, sequence).data().toString(), QStringLiteral("send \"x\""));
  QVERIFY(model.index(4, 0).data().toString().startsWith(QLatin1String("at the end: ")));
  QCOMPARE(model.indexOf(model.scenario()->stepCount), model.index(4, 0));
}

void TstScenarioStepsModel::aLineBelongsToTheStepBeforeIt_data() {
  QTest::addColumn<int>("line");
  QTest::addColumn<QString>("step");
  QTest::newRow("before the steps") << 3 << QString();
  QTest::newRow("within a step") << 9 << QStringLiteral("listen server");
  QTest::newRow("within a step of a loop") << 15 << QStringLiteral("run talk");
  QTest::newRow("within a sequence") << 7 << QStringLiteral("send \"x\"");
}

void TstScenarioStepsModel::aLineBelongsToTheStepBeforeIt() {
  QFETCH(int, line);
  QFETCH(QString, step);
  ScenarioStepsModel model;
  model.setScenario(scenario());
  QCOMPARE(model.indexAtLine(static_cast<std::uint32_t>(line)).data().toString(), step);
}

void TstScenarioStepsModel::saysWhatBecameOfAStep_data() {
  QTest::addColumn<int>("began");
  QTest::addColumn<int>("held");
  QTest::addColumn<int>("failed");
  QTest::addColumn<int>("stopped");
  QTest::addColumn<QString>("state");
  QTest::addColumn<QString>("result");
  QTest::newRow("under way") << 1 << 0 << 0 << 0 << "running"
                             << "done";
  QTest::newRow("held once") << 1 << 1 << 0 << 0 << "held"
                             << "done";
  QTest::newRow("held in each round") << 3 << 3 << 0 << 0 << "held" << QStringLiteral("3 times \u00b7 done");
  QTest::newRow("failed in one round")
      << 3 << 2 << 1 << 0 << "failed" << QStringLiteral("3 times \u00b7 1 failed \u00b7 done");
  QTest::newRow("stopped") << 1 << 0 << 0 << 1 << "skipped" << QStringLiteral("stopped \u00b7 done");
}

void TstScenarioStepsModel::saysWhatBecameOfAStep() {
  QFETCH(int, began);
  QFETCH(int, held);
  QFETCH(int, failed);
  QFETCH(int, stopped);
  ScenarioStepsModel model;
  const QAbstractItemModelTester tester(&model);
  model.setScenario(scenario());
  QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
  const std::size_t place = model.scenario()->steps[1].index;
  std::vector<ScenarioTally> tallies(model.scenario()->stepCount + 1);
  const auto count = [](int number) { return static_cast<std::uint64_t>(number); };
  tallies[place] = tally(count(began), count(held), count(failed), count(stopped), "done");
  model.setTallies(tallies, {place});
  QCOMPARE(changed.count(), 1);
  const QModelIndex step = model.indexOf(place);
  QTEST(
      stepStateText(static_cast<ScenarioStepsModel::State>(step.data(ScenarioStepsModel::StateRole).toInt())),
      "state");
  QTEST(step.siblingAtColumn(ScenarioStepsModel::Result).data().toString(), "result");
}

void TstScenarioStepsModel::anotherTextHasNotBeenRun() {
  ScenarioStepsModel model;
  const QAbstractItemModelTester tester(&model);
  model.setScenario(scenario());
  const std::size_t place = model.scenario()->steps[0].index;
  std::vector<ScenarioTally> tallies(model.scenario()->stepCount + 1);
  tallies[place] = tally(1, 1, 0, 0, "done");
  model.setTallies(tallies, {place});
  model.setOver(true);
  const auto state = [&model](int row) {
    return model.index(row, 0).data(ScenarioStepsModel::StateRole).toInt();
  };
  QCOMPARE(state(1), static_cast<int>(ScenarioStepsModel::State::skipped));
  model.setScenario(scenario());
  QCOMPARE(state(0), static_cast<int>(ScenarioStepsModel::State::waiting));
  QCOMPARE(state(1), static_cast<int>(ScenarioStepsModel::State::waiting));
  model.setScenario(nullptr);
  QCOMPARE(model.rowCount(), 0);
}

void TstScenarioStepsModel::aGivenValueStaysWithItsName() {
  ScenarioVariablesModel model;
  const QAbstractItemModelTester tester(&model);
  model.setVariables({{.name = "host", .value = "::1"}, {.name = "port", .value = "80"}});
  QVERIFY(model.given().empty());
  QVERIFY(model.setData(model.index(1, ScenarioVariablesModel::Value), QStringLiteral("8080"), Qt::EditRole));
  model.setVariables({{.name = "port", .value = "80"}});
  QCOMPARE(model.given().size(), std::size_t{1});
  QCOMPARE(model.given().at("port"), std::string("8080"));
  QVERIFY(model.setData(model.index(0, ScenarioVariablesModel::Value), QString(), Qt::EditRole));
  QVERIFY(model.given().empty());
  QCOMPARE(model.index(0, ScenarioVariablesModel::Value).data().toString(), QStringLiteral("80"));
}

QTEST_MAIN(TstScenarioStepsModel)
#include "tst_scenario_steps_model.moc"
