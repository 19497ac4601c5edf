// CallsPanel: its lines as a script: run, run from one on, opened, saved, copied, and experiments.
#include <QCheckBox>
#include <QClipboard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

#include "calls_desk.h"
#include "ui/panels/calls/script_button.h"
#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;

class CallsScriptsTest : public QObject {
  Q_OBJECT
 private slots:
  void aRunOfAllTakesWhatWaitsAlong();
  void runAgainEditAndFromHere();
  void aRunStopsAtAFailureOrGoesOn();
  void manyLinesRunToTheEnd();
  void anExperimentEndsWithWhatHappened();
  void whatIsReadFoldsTheForm_data();
  void whatIsReadFoldsTheForm();
  void anExperimentTakesNothingAway();
  void manyRowsAreDeletedTogether();
  void savesAndOpens();
  void aWrongScriptSaysWhere_data();
  void aWrongScriptSaysWhere();
  void copies();
};

// What waits is ended, and runs again with the others.
void CallsScriptsTest::aRunOfAllTakesWhatWaitsAlong() {
  CallsDesk desk;
  desk.panel->addLines({"a, b = socketpair()", "data = a.recv(1)", "n = b.send(b\"x\")"});
  auto* all = desk.find<QPushButton>("callsRunAllButton");
  for (int round = 0; round < 2; ++round) {
    all->click();
    QTRY_COMPARE(desk.state(1), CallRow::State::waiting);
    QTRY_VERIFY(desk.valueOf(QStringLiteral("b")).startsWith(QStringLiteral("fd ")));
  }
  QCOMPARE(desk.type(QStringLiteral("b.send(b\"y\")")), QStringLiteral("1"));
  QTRY_VERIFY(desk.isDone(2));
  QCOMPARE(desk.answer(1), QStringLiteral("b'y'"));
}

void CallsScriptsTest::runAgainEditAndFromHere() {
  CallsDesk desk;
  desk.type(QStringLiteral("x = 1"));
  desk.type(QStringLiteral("htons(x)"));
  const QString one = desk.answer(1);
  desk.table->showRow(1);
  QVERIFY(desk.trigger("callsRunAgainAction"));
  QTRY_VERIFY(desk.last() == 2 && desk.isDone(2));
  QCOMPARE(desk.answer(2), one);
  desk.type(QStringLiteral("x = 2"));
  desk.table->showRow(1);
  QVERIFY(desk.trigger("callsRunFromAction"));
  QTRY_VERIFY(desk.isDone(1) && desk.isDone(2) && desk.answer(1) != one && desk.answer(1) == desk.answer(2));
  desk.table->showRow(1);
  QVERIFY(desk.trigger("callsEditAction"));
  QCOMPARE(desk.line->line(), QStringLiteral("htons(x)"));
  QTest::keyClick(desk.table, Qt::Key_Delete);
  QCOMPARE(desk.model->rowCount(), 3);
}

void CallsScriptsTest::aRunStopsAtAFailureOrGoesOn() {
  CallsDesk desk;
  desk.panel->addLines({"s = socket()", "s.getpeername()", "s.fileno()"});
  auto* all = desk.find<QPushButton>("callsRunAllButton");
  all->click();
  QTRY_VERIFY(desk.isDone(1));
  QTRY_COMPARE(desk.valueOf(QStringLiteral("s")).isEmpty(), false);
  QCOMPARE(desk.state(2), CallRow::State::fresh);
  desk.find<QCheckBox>("callsKeepGoingBox")->setChecked(true);
  all->click();
  QTRY_VERIFY(desk.isDone(2));
}

void CallsScriptsTest::manyLinesRunToTheEnd() {
  CallsDesk desk;
  desk.panel->addLines(std::vector<std::string>(10'000, "n = htons(80)"));
  desk.find<QPushButton>("callsRunAllButton")->click();
  QTRY_VERIFY_WITH_TIMEOUT(desk.isDone(desk.last()), 60000);
  QTRY_COMPARE(desk.table->currentRow(), desk.last());
}

void CallsScriptsTest::anExperimentEndsWithWhatHappened() {
  CallsDesk desk;
  auto* box = desk.find<QComboBox>("callsExperimentBox");
  auto* message = desk.find<InlineMessage>("callsMessage");
  const int index = box->findText(QStringLiteral("Half-close"));
  QVERIFY(index > 0);
  box->setCurrentIndex(index);
  emit box->activated(index);
  QVERIFY(message->text().startsWith(QStringLiteral("Half-close. Look for: ")));
  QTRY_VERIFY_WITH_TIMEOUT(message->text().contains(QStringLiteral("What happened here: ")),
                           CallsDesk::kPatience);
  QVERIFY(desk.isDone(desk.last()));
  QCOMPARE(box->currentIndex(), 0);
}

void CallsScriptsTest::whatIsReadFoldsTheForm_data() {
  QTest::addColumn<bool>("byExperiment");
  QTest::newRow("an experiment") << true;
  QTest::newRow("a script") << false;
}

void CallsScriptsTest::whatIsReadFoldsTheForm() {
  QFETCH(bool, byExperiment);
  CallsDesk desk;
  auto* form = desk.find<QToolButton>("callsFormButton");
  auto* place = desk.find<QWidget>("callsTopSplitter");
  const auto fold = [&] {
    auto* box = desk.find<QComboBox>("callsExperimentBox");
    if (byExperiment)
      emit box->activated(box->findText(QStringLiteral("Half-close")));
    else
      emit desk.find<ScriptButton>("callsScriptButton")->scriptOpened({"x = 1"}, QStringLiteral("one.txt"));
  };
  QVERIFY(place->isVisible());
  fold();
  QVERIFY(!place->isVisible() && !form->isChecked());
  QVERIFY(desk.run->isVisible() && desk.interrupt->isVisible() && desk.line->isVisible());
  form->click();
  QVERIFY(place->isVisible());
  fold();
  desk.find<QPushButton>("callsClearButton")->click();
  QVERIFY2(place->isVisible(), "a cleared bench is as it was");
  form->click();
  desk.find<QPushButton>("callsClearButton")->click();
  QVERIFY2(!place->isVisible(), "a person folded it");
}

void CallsScriptsTest::anExperimentTakesNothingAway() {
  CallsDesk desk;
  desk.type(QStringLiteral("mine, other = socketpair()"));
  auto* box = desk.find<QComboBox>("callsExperimentBox");
  emit box->activated(1);
  QTRY_VERIFY_WITH_TIMEOUT(desk.find<InlineMessage>("callsMessage")->text().contains(QLatin1Char('\n')),
                           CallsDesk::kPatience);
  QCOMPARE(desk.cell(0, CallsModel::Call), QStringLiteral("mine, other = socketpair()"));
  QVERIFY(desk.valueOf(QStringLiteral("mine")).startsWith(QStringLiteral("fd ")));
}

void CallsScriptsTest::manyRowsAreDeletedTogether() {
  CallsDesk desk;
  desk.panel->addLines(std::vector<std::string>(100'000, "htons(1)"));
  QSignalSpy removed(desk.model, &QAbstractItemModel::rowsRemoved);
  desk.table->selectAll();
  QTest::keyClick(desk.table, Qt::Key_Delete);
  QCOMPARE(removed.size(), 1);
  QCOMPARE(desk.model->rowCount(), 0);
}

void CallsScriptsTest::savesAndOpens() {
  QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("对话.calls"));
  const std::vector<std::string> lines{"# 你好", "", "a, b = socketpair()", "a.send(b\"x\")"};
  {
    CallsDesk desk;
    desk.panel->addLines(lines);
    auto* script = desk.find<ScriptButton>("callsScriptButton");
    QSignalSpy told(script, &ScriptButton::told);
    script->saveTo(path);
    QTRY_COMPARE(told.size(), 1);
    QVERIFY(desk.find<InlineMessage>("callsMessage")->text().contains(QStringLiteral("对话.calls")));
  }
  CallsDesk desk;
  desk.find<ScriptButton>("callsScriptButton")->open(path);
  QTRY_COMPARE(desk.model->rowCount(), 4);
  QCOMPARE(desk.model->script(), std::string("# 你好\n\na, b = socketpair()\na.send(b\"x\")\n"));
}

void CallsScriptsTest::aWrongScriptSaysWhere_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QString>("words");
  QTest::newRow("a line that cannot be read") << QByteArray("s = socket()\ns.bind((\n") << "Line 2, column ";
  QTest::newRow("too much of it") << QByteArray((4 << 20) + 1, '#') << "4 MiB";
}

void CallsScriptsTest::aWrongScriptSaysWhere() {
  QFETCH(QByteArray, text);
  QFETCH(QString, words);
  QTemporaryDir folder;
  QFile file(folder.filePath(QStringLiteral("script")));
  QVERIFY(file.open(QIODevice::WriteOnly));
  file.write(text);
  file.close();
  CallsDesk desk;
  desk.find<ScriptButton>("callsScriptButton")->open(file.fileName());
  auto* message = desk.find<InlineMessage>("callsMessage");
  QTRY_VERIFY2(message->text().contains(words), qPrintable(message->text()));
  QVERIFY(message->isVisible());
  QCOMPARE(desk.model->rowCount(), 0);
}

void CallsScriptsTest::copies() {
  CallsDesk desk;
  desk.panel->addLines({"s = socket(AF_INET, SOCK_STREAM)", "s.close()"});
  const auto copied = [&](const char* action) {
    QGuiApplication::clipboard()->clear();
    desk.find<QAction>(action)->trigger();
    return QGuiApplication::clipboard()->text();
  };
  QCOMPARE(copied("callsCopyScriptAction"), QStringLiteral("s = socket(AF_INET, SOCK_STREAM)\ns.close()\n"));
  QVERIFY(copied("callsCopyPythonAction").contains(QStringLiteral("import socket")));
  QVERIFY(copied("callsCopyCAction").contains(QStringLiteral("#include <sys/socket.h>")));
  desk.table->showRow(0);
  QVERIFY(desk.trigger("callsCopyRowAction"));
  QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("SOCK_STREAM")));
}

QTEST_MAIN(CallsScriptsTest)
#include "tst_calls_scripts.moc"
