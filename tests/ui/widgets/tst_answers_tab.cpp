#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <vector>

#include "ui/bridge/engine_bridge.h"
#include "ui/widgets/answers/answers_tab.h"
#include "ui/widgets/answers/ready_answer_bar.h"
#include "ui/widgets/answers/rules_model.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

// A server whose sessions answer by the tab, and a peer of it.
struct Desk {
  Desk() {
    tab.resize(1000, 300);
    tab.show();
    ListenSpec spec;
    spec.endpoint = Endpoint::parse("tcp://127.0.0.1:0").value();
    spec.rules.agents = tab.agents();
    server = bridge.listen(spec);
  }

  bool dial() {
    if (!QTest::qWaitFor([&] { return bridge.snapshot(server)->state == SessionState::listening; }, 20'000))
      return false;
    peer.connectToHost(QStringLiteral("127.0.0.1"), bridge.snapshot(server)->local.port());
    return peer.waitForConnected(20'000);
  }
  // What the peer has received since it was asked last, once it is `text`.
  bool hears(const QByteArray& text) {
    const bool heard = QTest::qWaitFor([&] { return (got += peer.readAll()) == text; }, 20'000);
    got.clear();
    return heard;
  }
  template <class T>
  T* find(const char* name) const {
    return tab.findChild<T*>(QStringLiteral("server") + QLatin1String(name));
  }
  void click(const char* name) const { find<QToolButton>(name)->click(); }
  static void type(QLineEdit* edit, const char* text) {
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, QString::fromUtf8(text));
    if (*text == '\0') QTest::keyClick(edit, Qt::Key_Delete);
  }
  void pick(const char* box, const QString& text) const {
    auto* combo = find<QComboBox>(box);
    combo->setCurrentText(text);
    emit combo->activated(combo->currentIndex());
  }
  bool hasAutomaticRow() {
    std::vector<LogRow> rows;
    bridge.log().read(bridge.log().first(), static_cast<std::size_t>(bridge.log().end()), rows);
    return std::ranges::any_of(rows,
                               [](const LogRow& row) { return row.record.kind == RecordKind::automatic; });
  }
  QAbstractItemModel* model() const { return find<QTableView>("AnswersTable")->model(); }
  QString cell(int row, int column) const { return model()->index(row, column).data().toString(); }

  EngineBridge bridge;
  AnswersTab tab{QStringLiteral("server"), &bridge};
  SessionId server;
  QTcpSocket peer;
  QByteArray got;
};

}  // namespace

class TestAnswersTab : public QObject {
  Q_OBJECT
 private slots:
  void answersByARuleAtOnce();
  void saysWhatIsWrongWhereItStands();
  void addsDuplicatesMovesAndRemoves();
  void switchesARuleOff();
  void editsTheBookAsText();
  void answersByAReadyAnswerer();
  void saysWhatAReadyAnswererCannotDo();
  void keepsItsState();
  void modelIsSound();
};

void TestAnswersTab::answersByARuleAtOnce() {
  Desk desk;
  QSignalSpy remarks(&desk.tab, &AnswersTab::remarkChanged);
  QVERIFY(desk.dial());
  desk.click("AnswerAddButton");
  QCOMPARE(desk.model()->rowCount(), 1);
  desk.pick("WhenBox", QStringLiteral("on expression"));
  Desk::type(desk.find<QLineEdit>("PatternEdit"), "USER (\\w+)\\n");
  Desk::type(desk.find<QLineEdit>("StepEdit"), "hello {{1}}\\n");
  QCOMPARE(remarks.last().first().toString(), QStringLiteral("1 on"));
  QTRY_VERIFY(desk.peer.state() == QAbstractSocket::ConnectedState);
  desk.peer.write("USER alice\n");
  QVERIFY(desk.hears("hello alice\n"));
  QTRY_COMPARE(desk.cell(0, RulesModel::Hits), QStringLiteral("1"));
  Desk::type(desk.find<QLineEdit>("StepEdit"), "again\\n");
  QVERIFY(desk.find<QLabel>("AnswersStatusLabel")
              ->text()
              .startsWith(QStringLiteral("In force at once, in 1 open session")));
  desk.peer.write("USER bob\n");
  QVERIFY(desk.hears("again\n"));
}

void TestAnswersTab::saysWhatIsWrongWhereItStands() {
  Desk desk;
  desk.click("AnswerAddButton");
  auto* pattern = desk.find<QLineEdit>("PatternEdit");
  desk.pick("WhenBox", QStringLiteral("on expression"));
  Desk::type(pattern, "(");
  QVERIFY(isWrong(pattern));
  QVERIFY(desk.find<InlineMessage>("RuleMessage")->isVisible());
  QVERIFY(desk.cell(0, RulesModel::Then).startsWith(QChar(0x26a0)));
  Desk::type(pattern, "ok");
  QVERIFY(!isWrong(pattern));
  QVERIFY(!desk.find<InlineMessage>("RuleMessage")->isVisible());
  Desk::type(desk.find<QLineEdit>("StepEdit"), "\\q");
  QVERIFY(isWrong(desk.find<QLineEdit>("StepEdit")));
  QVERIFY(desk.find<InlineMessage>("RuleMessage")->isVisible());
}

void TestAnswersTab::addsDuplicatesMovesAndRemoves() {
  Desk desk;
  desk.click("AnswerAddButton");
  Desk::type(desk.find<QLineEdit>("RuleNameEdit"), "first");
  desk.click("AnswerDuplicateButton");
  QCOMPARE(desk.cell(1, RulesModel::Name), QStringLiteral("first (copy)"));
  desk.click("AnswerUpButton");
  QCOMPARE(desk.cell(0, RulesModel::Name), QStringLiteral("first (copy)"));
  QVERIFY(!desk.find<QToolButton>("AnswerUpButton")->isEnabled());
  desk.click("AnswerDownButton");
  QCOMPARE(desk.cell(1, RulesModel::Name), QStringLiteral("first (copy)"));
  desk.click("AnswerRemoveButton");
  QCOMPARE(desk.model()->rowCount(), 1);
  QCOMPARE(desk.cell(0, RulesModel::Name), QStringLiteral("first"));
  desk.click("AddStepButton");
  QCOMPARE(desk.tab.book().rules.front().steps.size(), std::size_t{2});
  desk.click("AnswerRemoveButton");
  QCOMPARE(desk.tab.remark(), QString());
}

void TestAnswersTab::switchesARuleOff() {
  Desk desk;
  desk.click("AnswerAddButton");
  QVERIFY(desk.model()->setData(desk.model()->index(0, RulesModel::On), Qt::Unchecked, Qt::CheckStateRole));
  QVERIFY(!desk.tab.book().rules.front().enabled);
  QCOMPARE(desk.tab.remark(), QString());
}

void TestAnswersTab::editsTheBookAsText() {
  Desk desk;
  desk.click("AnswerAddButton");
  desk.click("AnswersTextButton");
  auto* edit = desk.find<QPlainTextEdit>("AnswersTextEdit");
  QVERIFY(edit->toPlainText().contains(QStringLiteral("[[rule]]")));
  edit->setPlainText(
      QStringLiteral("[[rule]]\nname = \"s\"\nwhen = \"any\"\nthen = [{ run = \"q\" }]\n"
                     "[[sequence]]\nname = \"q\"\nsteps = [{ send = \"x\" }, { expect = \"y\" }]\n"));
  QVERIFY(!desk.find<InlineMessage>("AnswersMessage")->isVisible());
  QCOMPARE(desk.tab.book().sequences.size(), std::size_t{1});
  edit->setPlainText(QStringLiteral("[[rule]]\nwhen = \"sometimes\"\n"));
  QVERIFY(desk.find<InlineMessage>("AnswersMessage")->isVisible());
  QCOMPARE(desk.tab.book().sequences.size(), std::size_t{1});  // what could be read last is in force
  desk.click("AnswersTextButton");
  QCOMPARE(desk.cell(0, RulesModel::Name), QStringLiteral("s"));
}

void TestAnswersTab::answersByAReadyAnswerer() {
  Desk desk;
  QVERIFY(desk.dial());
  desk.peer.write("x");
  QTRY_VERIFY(desk.bridge.snapshots().size() == 2 && desk.bridge.snapshots().last().bytesIn == 1);
  desk.pick("ReadyAnswerBox", QStringLiteral("Echo after"));
  auto* delay = desk.find<QLineEdit>("ReadyDelayEdit");
  Desk::type(delay, "1ms");
  QTest::keyClick(delay, Qt::Key_Return);
  QCOMPARE(desk.tab.remark(), QStringLiteral("1 on"));
  QTRY_VERIFY(desk.hasAutomaticRow());
  desk.peer.write("hello");
  QVERIFY(desk.hears("hello"));
}

void TestAnswersTab::saysWhatAReadyAnswererCannotDo() {
  Desk desk;
  desk.pick("ReadyAnswerBox", QStringLiteral("Send a file, then close"));
  auto* file = desk.find<QLineEdit>("ReadyFileEdit");
  Desk::type(file, "/nonexistent/file");
  QTest::keyClick(file, Qt::Key_Return);
  QVERIFY(desk.find<InlineMessage>("ReadyAnswerMessage")->text().contains(QStringLiteral("ENOENT")));
  QVERIFY(isWrong(file));
}

void TestAnswersTab::keepsItsState() {
  QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("state.ini")), QSettings::IniFormat);
  AnswerBook book;
  {
    Desk desk;
    desk.click("AnswerAddButton");
    desk.pick("ReadyAnswerBox", QStringLiteral("Read slowly, send nothing"));
    desk.tab.saveState(settings);
    book = desk.tab.book();
  }
  Desk desk;
  desk.tab.restoreState(settings);
  QVERIFY(desk.tab.book() == book);
  QCOMPARE(desk.tab.remark(), QStringLiteral("2 on"));
  settings.setValue(QStringLiteral("answers"), QStringLiteral("[[rule]]\nwhen = \"some newer word\"\n"));
  desk.tab.restoreState(settings);
  QVERIFY(desk.find<QPlainTextEdit>("AnswersTextEdit")
              ->toPlainText()
              .contains(QStringLiteral("some newer word")));
  QVERIFY(desk.find<InlineMessage>("AnswersMessage")->isVisible());
}

void TestAnswersTab::modelIsSound() {
  RulesModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  AnswerRule rule;
  rule.name = "a";
  model.setRules({rule, rule});
  model.insertRule(2, rule);
  model.moveRule(0, 1);
  model.moveRule(2, 1);
  model.removeRule(0);
  QCOMPARE(model.rowCount(), 2);
  QVERIFY(model.setData(model.index(0, RulesModel::Name), QStringLiteral("b"), Qt::EditRole));
  QCOMPARE(model.rules().front().name, "b");
}

QTEST_MAIN(TestAnswersTab)
#include "tst_answers_tab.moc"
