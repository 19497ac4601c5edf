#include <QAbstractItemModelTester>

#include <QDir>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QTabBar>

#include <QUrl>

#include "scenario_desk.h"
#include "ui/panels/scenario/scenario_templates.h"
#include "ui/widgets/english_plurals.h"

using namespace sockbench;
using namespace sockbench::ui;

class TstScenarioPanel : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { QCoreApplication::installTranslator(&plurals_); }
  void aNewPageHasATextThatRuns();
  void templatesCanBeRead();
  void openingAFileRunsNothing();
  void filesOfTheCommandLineOpen_data();
  void filesOfTheCommandLineOpen();
  void aFileThatCannotBeOpenedIsTold_data();
  void aFileThatCannotBeOpenedIsTold();
  void anErrorStandsAtItsPlaceWhileTyping();
  void runsUntilAllIsHeld();
  void aFailureMarksItsStepAndShowsTheDifference();
  void otherValuesCountForTheRun();
  void stepByStep();
  void stopsInMidRun();
  void aPageClosesInMidRun();
  void aPanelGoesInMidRun();
  void aStepAndItsLineAreChosenTogether();
  void savesWhatIsWritten();
  void doesNotOverwriteWhatAnotherProgramWrote();
  void changesAreNotThrownAwayByOneClick();
  void aDroppedFileOpens();
  void remembersFilesAndUnsavedTexts();

 private:
  EnglishPlurals plurals_;
};

namespace {

// It waits for what never comes.
QByteArray endless() {
  return echoScenario("'never'", "within = \"1h\"\n");
}

bool runsNow(const ScenarioDesk& desk) {
  return QTest::qWaitFor([&desk] { return desk.isOn("scenarioStopButton"); });
}

}  // namespace

void TstScenarioPanel::aNewPageHasATextThatRuns() {
  ScenarioDesk desk;
  QTRY_VERIFY(desk.isReady());
  QCOMPARE(desk.bridge.log().end(), std::uint64_t{0});
  QVERIFY(desk.difference().isEmpty());
  desk.panel.act();
  QTRY_VERIFY2(desk.status().startsWith(QLatin1String("5 of 5 steps held in ")), qPrintable(desk.status()));
}

void TstScenarioPanel::templatesCanBeRead() {
  const QList<ScenarioTemplate> templates = scenarioTemplates();
  for (const ScenarioTemplate& one : templates) {
    const auto scenario = readScenario(one.text.toStdString(), "new");
    QVERIFY2(scenario, scenario ? "" : scenario.error().message().c_str());
  }
}

void TstScenarioPanel::openingAFileRunsNothing() {
  ScenarioDesk desk;
  desk.panel.openScenario(desk.file("echo.toml", echoScenario()));
  QTRY_COMPARE(desk.status(), QStringLiteral("4 steps, ready to run"));
  QCOMPARE(desk.edit()->utf8(), echoScenario());
  QCOMPARE(desk.steps()->rowCount(), 4);
  QCOMPARE(desk.states(), QStringLiteral("waiting waiting waiting waiting"));
  QCOMPARE(desk.bridge.log().end(), std::uint64_t{0});
  QCOMPARE(desk.find<QTabBar>("scenarioPageTabs")->tabText(0), QStringLiteral("echo.toml"));
  QCOMPARE(desk.panel.recent().size(), 1);
}

// What `sockbench-cli run` does in the tests of real peers.
void TstScenarioPanel::filesOfTheCommandLineOpen_data() {
  QTest::addColumn<QString>("path");
  const QDir folder(QFINDTESTDATA("../../e2e/scenarios"));
  const QFileInfoList files = folder.entryInfoList({QStringLiteral("*.toml")}, QDir::Files);
  QVERIFY(files.size() >= 5);
  for (const QFileInfo& file : files) QTest::newRow(qPrintable(file.fileName())) << file.absoluteFilePath();
}

void TstScenarioPanel::filesOfTheCommandLineOpen() {
  QFETCH(QString, path);
  ScenarioDesk desk;
  desk.panel.openScenario(path);
  QTRY_COMPARE(desk.find<QTabBar>("scenarioPageTabs")->tabText(0), QFileInfo(path).fileName());
  QTRY_VERIFY2(desk.status().endsWith(QLatin1String(" steps, ready to run")), qPrintable(desk.status()));
  QVERIFY(desk.steps()->rowCount() > 0);
  if (!path.endsWith(QLatin1String("own_server.toml"))) return;
  desk.panel.act();
  QTRY_VERIFY2(desk.status().contains(QLatin1String(" steps held in ")), qPrintable(desk.status()));
}

void TstScenarioPanel::aFileThatCannotBeOpenedIsTold_data() {
  QTest::addColumn<QByteArray>("content");  // null: there is no file
  QTest::addColumn<QString>("told");
  QTest::newRow("there is none") << QByteArray() << QStringLiteral("ENOENT");
  QTest::newRow("no text") << QByteArray("version = 1 # \xff\xfe") << QStringLiteral("UTF-8");
}

void TstScenarioPanel::aFileThatCannotBeOpenedIsTold() {
  QFETCH(QByteArray, content);
  QFETCH(QString, told);
  ScenarioDesk desk;
  const QString path =
      content.isNull() ? desk.folder.filePath(QStringLiteral("none.toml")) : desk.file("odd.toml", content);
  desk.panel.openScenario(path);
  QTRY_VERIFY(desk.find<InlineMessage>("scenarioMessage"));
  QVERIFY2(desk.find<InlineMessage>("scenarioMessage")->text().contains(told),
           qPrintable(desk.find<InlineMessage>("scenarioMessage")->text()));
}

void TstScenarioPanel::anErrorStandsAtItsPlaceWhileTyping() {
  ScenarioDesk desk;
  QVERIFY(desk.write(echoScenario()));
  QTextCursor cursor(desk.edit()->document());
  cursor.movePosition(QTextCursor::End);
  desk.edit()->setTextCursor(cursor);
  QTest::keyClicks(desk.edit(), QStringLiteral("withn = \"2s\""));
  QTRY_COMPARE(desk.edit()->error().line, 15U);
  const QList<QTextEdit::ExtraSelection> marks = desk.edit()->extraSelections();
  QCOMPARE(marks.size(), 1);
  QCOMPARE(marks.first().cursor.selectedText(), QStringLiteral("\"2s\""));
  const QString words = desk.find<QLabel>("scenarioPlaceLabel")->text();
  QVERIFY2(words.contains(QLatin1String("line 15, column 9")), qPrintable(words));
  QVERIFY2(words.contains(QLatin1String("within")), qPrintable(words));  // the nearest name
  desk.click("scenarioRunButton");
  QVERIFY(!desk.isOn("scenarioStopButton"));
  QCOMPARE(desk.bridge.log().end(), std::uint64_t{0});
  for (int i = 0; i < 12; ++i) QTest::keyClick(desk.edit(), Qt::Key_Backspace);
  QTRY_VERIFY(desk.isReady());
  QVERIFY(desk.edit()->extraSelections().isEmpty());
}

void TstScenarioPanel::runsUntilAllIsHeld() {
  ScenarioDesk desk;
  QVERIFY(desk.write(echoScenario()));
  const QAbstractItemModelTester tester(desk.steps());
  desk.click("scenarioRunButton");
  QTRY_VERIFY2(desk.status().startsWith(QLatin1String("4 of 4 steps held in ")), qPrintable(desk.status()));
  QCOMPARE(desk.states(), QStringLiteral("held held held held"));
  QVERIFY(!desk.steps()->index(3, ScenarioStepsModel::Time).data().toString().isEmpty());
  QVERIFY(desk.difference().isEmpty());
  QVERIFY(desk.bridge.log().end() > 0);  // its sessions stand in the timeline
  QVERIFY(!desk.edit()->isReadOnly());
}

void TstScenarioPanel::aFailureMarksItsStepAndShowsTheDifference() {
  ScenarioDesk desk;
  QVERIFY(desk.write(echoScenario("{ exactly = 'help!' }", "[[steps]]\nclose = true\n")));
  desk.click("scenarioRunButton");
  QTRY_VERIFY(!desk.difference().isEmpty());
  QCOMPARE(desk.states(), QStringLiteral("held held held failed skipped"));
  QVERIFY2(desk.status().startsWith(QLatin1String("Step 4, line 14: ")) ||
               desk.status().startsWith(QLatin1String("Step 4, line 13: ")),
           qPrintable(desk.status()));
  const QString difference = desk.difference();
  for (const char* part : {"help!", "hello", "first difference at byte 3", "^^"})
    QVERIFY2(difference.contains(QLatin1String(part)), qPrintable(difference));
  const std::uint32_t line = desk.edit()->stepLine();
  QVERIFY(line == 13 || line == 14);
  QCOMPARE(desk.find<QTreeView>("scenarioStepsTree")->currentIndex().row(), 3);
}

void TstScenarioPanel::otherValuesCountForTheRun() {
  ScenarioDesk desk;
  QVERIFY(desk.write(echoScenario("'Gru\xC3\x9F \xE4\xB8\xAD\xE6\x96\x87'")));
  QAbstractItemModel* variables = desk.find<QTableView>("scenarioVariablesTable")->model();
  const QAbstractItemModelTester tester(variables);
  QCOMPARE(variables->index(0, 0).data().toString(), QStringLiteral("word"));
  QCOMPARE(variables->index(0, 1).data().toString(), QStringLiteral("hello"));
  QVERIFY(
      variables->setData(variables->index(0, 1), QString::fromUtf8("Gru\xC3\x9F \xE4\xB8\xAD\xE6\x96\x87")));
  desk.click("scenarioRunButton");
  QTRY_VERIFY2(desk.status().startsWith(QLatin1String("4 of 4 steps held")), qPrintable(desk.status()));
  QVERIFY(!desk.edit()->utf8().contains("word = \"Gru"));  // the file stays as it is
}

void TstScenarioPanel::stepByStep() {
  ScenarioDesk desk;
  QVERIFY(desk.write(echoScenario()));
  desk.click("scenarioStepButton");
  QTRY_COMPARE(desk.status(), QStringLiteral("Paused"));
  QVERIFY(desk.isOn("scenarioStepButton"));
  for (const char* states :
       {"held waiting waiting waiting", "held held waiting waiting", "held held held waiting"}) {
    desk.click("scenarioStepButton");
    QTRY_COMPARE(desk.states(), QString::fromLatin1(states));
    QTRY_VERIFY(desk.isOn("scenarioStepButton"));
  }
  QTRY_COMPARE(desk.find<QTreeView>("scenarioStepsTree")->currentIndex().row(), 3);
  QCOMPARE(desk.find<QPushButton>("scenarioPauseButton")->text(), QStringLiteral("Continue"));
  desk.click("scenarioPauseButton");
  QTRY_VERIFY2(desk.status().startsWith(QLatin1String("4 of 4 steps held")), qPrintable(desk.status()));
}

void TstScenarioPanel::stopsInMidRun() {
  ScenarioDesk desk;
  QVERIFY(desk.write(endless()));
  desk.click("scenarioRunButton");
  QVERIFY(runsNow(desk));
  QTRY_COMPARE(desk.states(), QStringLiteral("held held held running"));
  QVERIFY(desk.edit()->isReadOnly());
  desk.click("scenarioStopButton");
  QTRY_VERIFY2(desk.status().startsWith(QLatin1String("Stopped")), qPrintable(desk.status()));
  QCOMPARE(desk.states(), QStringLiteral("held held held skipped"));
  QVERIFY(!desk.edit()->isReadOnly());
  QVERIFY(desk.isOn("scenarioRunButton"));
}

void TstScenarioPanel::aPageClosesInMidRun() {
  ScenarioDesk desk;
  desk.panel.openScenario(desk.file("endless.toml", endless()));
  QTRY_COMPARE(desk.status(), QStringLiteral("4 steps, ready to run"));
  desk.click("scenarioRunButton");
  QTRY_COMPARE(desk.states(), QStringLiteral("held held held running"));
  emit desk.find<QTabBar>("scenarioPageTabs")->tabCloseRequested(0);
  QTRY_VERIFY(desk.isReady());  // the page that came instead
  const auto isClosed = [&desk] {
    for (const SessionSnapshot& session : desk.bridge.snapshots())
      if (session.isOpen()) return false;
    return true;
  };
  QTRY_VERIFY(isClosed());
}

void TstScenarioPanel::aPanelGoesInMidRun() {
  auto desk = std::make_unique<ScenarioDesk>();
  QVERIFY(desk->write(endless()));
  desk->click("scenarioRunButton");
  QTRY_COMPARE(desk->states(), QStringLiteral("held held held running"));
  desk.reset();  // the panel first, then the engine: nothing hangs, nothing is told to what has gone
  QCoreApplication::processEvents();
}

void TstScenarioPanel::aStepAndItsLineAreChosenTogether() {
  ScenarioDesk desk;
  QVERIFY(desk.write(echoScenario()));
  auto* tree = desk.find<QTreeView>("scenarioStepsTree");
  tree->setCurrentIndex(desk.steps()->index(2, 0));
  const std::uint32_t line = desk.edit()->currentLine();
  QVERIFY(line == 11 || line == 12);
  desk.edit()->showLine(10);
  QCOMPARE(tree->currentIndex().row(), 1);
  desk.edit()->showLine(14);
  QCOMPARE(tree->currentIndex().row(), 3);
}

void TstScenarioPanel::savesWhatIsWritten() {
  ScenarioDesk desk;
  const QByteArray text = echoScenario().replace("\n", "\r\n");
  const QString path = desk.file("crlf.toml", text);
  desk.panel.openScenario(path);
  QTRY_VERIFY(desk.isReady());
  QTRY_COMPARE(desk.find<QTabBar>("scenarioPageTabs")->tabText(0), QStringLiteral("crlf.toml"));
  desk.edit()->appendPlainText(QStringLiteral("# \u4E2D"));
  QCOMPARE(desk.find<QTabBar>("scenarioPageTabs")->tabText(0), QStringLiteral("crlf.toml *"));
  QTest::mouseClick(desk.find<QToolButton>("scenarioSaveButton"), Qt::LeftButton);
  QTRY_COMPARE(desk.find<QTabBar>("scenarioPageTabs")->tabText(0), QStringLiteral("crlf.toml"));
  QFile file(path);
  QVERIFY(file.open(QIODevice::ReadOnly));
  QCOMPARE(file.readAll(), text + "\r\n# \xE4\xB8\xAD");
}

void TstScenarioPanel::doesNotOverwriteWhatAnotherProgramWrote() {
  ScenarioDesk desk;
  const QString path = desk.file("shared.toml", echoScenario());
  desk.panel.openScenario(path);
  QTRY_COMPARE(desk.find<QTabBar>("scenarioPageTabs")->tabText(0), QStringLiteral("shared.toml"));
  desk.edit()->appendPlainText(QStringLiteral("# ours"));
  desk.file("shared.toml", echoScenario() + "# theirs\n");
  QTest::mouseClick(desk.find<QToolButton>("scenarioSaveButton"), Qt::LeftButton);
  QTRY_VERIFY(desk.find<InlineMessage>("scenarioMessage"));
  QVERIFY(
      desk.find<InlineMessage>("scenarioMessage")->text().contains(QLatin1String("was changed by another")));
  QFile file(path);
  QVERIFY(file.open(QIODevice::ReadOnly));
  QCOMPARE(file.readAll(), echoScenario() + "# theirs\n");
  QCOMPARE(desk.find<QTabBar>("scenarioPageTabs")->tabText(0), QStringLiteral("shared.toml *"));
}

void TstScenarioPanel::changesAreNotThrownAwayByOneClick() {
  ScenarioDesk desk;
  QVERIFY(desk.write(echoScenario("'not saved'")));
  emit desk.find<QTabBar>("scenarioPageTabs")->tabCloseRequested(0);
  QVERIFY(desk.find<InlineMessage>("scenarioMessage"));
  QCOMPARE(desk.edit()->utf8(), echoScenario("'not saved'"));
  emit desk.find<QTabBar>("scenarioPageTabs")->tabCloseRequested(0);
  QVERIFY(!desk.edit()->utf8().contains("not saved"));
}

void TstScenarioPanel::aDroppedFileOpens() {
  ScenarioDesk desk;
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(desk.file("dropped.toml", echoScenario()))});
  QDragEnterEvent enter(QPoint(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&desk.panel, &enter);
  QVERIFY(enter.isAccepted());
  QDropEvent drop(QPointF(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&desk.panel, &drop);
  QTRY_COMPARE(desk.find<QTabBar>("scenarioPageTabs")->tabText(0), QStringLiteral("dropped.toml"));
}

void TstScenarioPanel::remembersFilesAndUnsavedTexts() {
  ScenarioDesk desk;
  QSettings settings(desk.folder.filePath(QStringLiteral("state.ini")), QSettings::IniFormat);
  desk.panel.openScenario(desk.file("kept.toml", echoScenario()));
  QTRY_COMPARE(desk.find<QTabBar>("scenarioPageTabs")->tabText(0), QStringLiteral("kept.toml"));
  QVERIFY(desk.write(echoScenario("'unsaved'")));
  desk.panel.saveState(settings);

  ScenarioPanel again(&desk.bridge);
  again.restoreState(settings);
  showActive(again, {1053, 520});
  auto* tabs = visible<QTabBar>(again, "scenarioPageTabs");
  QCOMPARE(tabs->count(), 2);
  QTRY_COMPARE(tabs->tabText(0), QStringLiteral("kept.toml"));
  QCOMPARE(tabs->currentIndex(), 1);
  QCOMPARE(visible<ScenarioEdit>(again, "scenarioEdit")->utf8(), echoScenario("'unsaved'"));
  QCOMPARE(again.recent(), desk.panel.recent());
  QCOMPARE(desk.bridge.log().end(), std::uint64_t{0});
}

QTEST_MAIN(TstScenarioPanel)
#include "tst_scenario_panel.moc"
