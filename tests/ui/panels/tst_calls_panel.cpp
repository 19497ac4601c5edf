// CallsPanel by hand: sockets made and called as a person does it, and what is seen of it.
#include "ui/panels/calls/calls_panel.h"

#include <QCheckBox>
#include <QDir>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QToolButton>

#include "calls_desk.h"
#include "core/calls/call_registry.h"
#include "ui/widgets/byte_copy.h"
#include "ui/widgets/hex_view.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

int openDescriptors() {
  return static_cast<int>(QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System).size());
}

}  // namespace

class CallsPanelTest : public QObject {
  Q_OBJECT
 private slots:
  void aConversationByTheForm();
  void aConversationByTheLine();
  void theExampleIsTwoClicks();
  void whatWaitsCanBeInterrupted();
  void othersStayUsableMeanwhile();
  void idleRunsNoTimer();
  void anErrnoWithItsMeaning();
  void aWrongArgumentIsMarkedAtItsField_data();
  void aWrongArgumentIsMarkedAtItsField();
  void aWrongLineIsMarkedWhereItStands_data();
  void aWrongLineIsMarkedWhereItStands();
  void lineAndFormInStep_data();
  void lineAndFormInStep();
  void addressesAsTheFamilyWantsThem();
  void flagsFromTheMenu();
  void bytesAsTextAndHex();
  void hostileBytesAreSymbols();
  void optionsOfASocket();
  void bytesStandInTheTimeline();
  void clearingClosesEverything();
  void closingLeavesNoDescriptor();
  void remembersItsInputs();
  void hasNames();
};

void CallsPanelTest::aConversationByTheForm() {
  CallsDesk desk;
  desk.choose("socket");
  desk.result->setFocus();
  desk.write("callsResultEdit", QStringLiteral("s"));
  QCOMPARE(desk.line->line(), QStringLiteral("s = socket(AF_INET, SOCK_STREAM)"));
  desk.click();
  QTRY_VERIFY(desk.valueOf(QStringLiteral("s")).contains(QStringLiteral("SOCK_STREAM")));

  desk.choose("bind");
  desk.write("callsResultEdit", {});
  QCOMPARE(desk.target->currentText(), QStringLiteral("s"));
  QCOMPARE(desk.line->line(), QStringLiteral("s.bind(('127.0.0.1', 0))"));
  QCOMPARE(desk.click(), QStringLiteral("None"));
  desk.choose("listen");
  QCOMPARE(desk.click(), QStringLiteral("None"));
  QTRY_VERIFY(desk.valueOf(QStringLiteral("s")).contains(QStringLiteral("LISTEN")));
  desk.choose("getsockname");
  desk.write("callsResultEdit", QStringLiteral("name"));
  QVERIFY(desk.click().startsWith(QStringLiteral("('127.0.0.1', ")));

  desk.choose("socket");
  desk.write("callsResultEdit", QStringLiteral("c"));
  desk.click();
  desk.choose("connect");
  desk.write("callsResultEdit", {});
  desk.target->setEditText(QStringLiteral("c"));
  auto* mode = visible<QComboBox>(*desk.panel, "callsAddressModeBox");
  QVERIFY(mode != nullptr);
  mode->setCurrentIndex(mode->count() - 1);
  emit mode->activated(mode->count() - 1);
  visible<QComboBox>(*desk.panel, "callsAddressNotationBox")->setEditText(QStringLiteral("name"));
  QCOMPARE(desk.line->line(), QStringLiteral("c.connect(name)"));
  QCOMPARE(desk.click(), QStringLiteral("None"));
  desk.choose("accept");
  desk.target->setEditText(QStringLiteral("s"));
  desk.write("callsResultEdit", QStringLiteral("conn, addr"));
  QVERIFY(!desk.click().contains(QStringLiteral("Error")));

  desk.choose("sendall");
  desk.write("callsResultEdit", {});
  desk.target->setEditText(QStringLiteral("c"));
  desk.write("callsBytesEdit", QStringLiteral("hello\\r\\n"));
  QCOMPARE(desk.click(), QStringLiteral("None"));
  desk.choose("recv");
  desk.target->setEditText(QStringLiteral("conn"));
  QCOMPARE(desk.click(), QStringLiteral("b'hello\\r\\n'"));
  QTRY_COMPARE(desk.find<HexView>("callsHexView")->copier()->copiedText(ByteFormat::hex),
               QStringLiteral("68 65 6c 6c 6f 0d 0a"));
}

void CallsPanelTest::aConversationByTheLine() {
  CallsDesk desk;
  desk.type(QStringLiteral("a, b = socketpair()"));
  QCOMPARE(desk.type(QStringLiteral("a.send(b\"abc\")")), QStringLiteral("3"));
  QCOMPARE(desk.type(QStringLiteral("b.recv(10)")), QStringLiteral("b'abc'"));
  QCOMPARE(desk.type(QStringLiteral("a.close()")), QStringLiteral("None"));
  QCOMPARE(desk.type(QStringLiteral("b.recv(10)")), QStringLiteral("b''"));
  QTest::keyClick(desk.line, Qt::Key_Up);
  QTest::keyClick(desk.line, Qt::Key_Up);
  QCOMPARE(desk.line->line(), QStringLiteral("a.close()"));
}

void CallsPanelTest::theExampleIsTwoClicks() {
  CallsDesk desk;
  auto* example = visible<QPushButton>(*desk.panel, "callsExampleButton");
  QVERIFY(example != nullptr);
  QTest::mouseClick(example, Qt::LeftButton);
  QVERIFY(desk.table->isVisible());
  QTest::mouseClick(desk.find<QPushButton>("callsRunAllButton"), Qt::LeftButton);
  QTRY_VERIFY_WITH_TIMEOUT(desk.isDone(desk.last()), CallsDesk::kPatience);
  for (int row = 0; row <= desk.last(); ++row) {
    QVERIFY2(desk.isDone(row), qPrintable(desk.cell(row, CallsModel::Call)));
    QVERIFY2(!desk.answer(row).contains(QStringLiteral("Error")), qPrintable(desk.answer(row)));
  }
  QCOMPARE(desk.answer(desk.last()), QStringLiteral("b''"));
}

void CallsPanelTest::whatWaitsCanBeInterrupted() {
  CallsDesk desk;
  desk.type(QStringLiteral("s = socket()"));
  desk.type(QStringLiteral("s.bind((\"127.0.0.1\", 0))"));
  desk.type(QStringLiteral("s.listen(1)"));
  QVERIFY(!desk.interrupt->isEnabled());
  desk.begin(QStringLiteral("conn, addr = s.accept()"));
  QTRY_VERIFY(desk.answer(3).startsWith(QStringLiteral("waiting in accept() ")));
  QTRY_VERIFY(desk.interrupt->isEnabled());
  const QString before = desk.answer(3);
  QTRY_VERIFY(desk.answer(3) != before);
  QTest::mouseClick(desk.interrupt, Qt::LeftButton);
  QTRY_VERIFY(desk.isDone(3));
  QVERIFY(desk.cell(3, CallsModel::Errno).startsWith(QStringLiteral("EINTR")));
  QVERIFY(desk.model->rowAt(3)->outcome->result.error().interrupted);
  QTRY_VERIFY(!desk.interrupt->isEnabled());
}

void CallsPanelTest::othersStayUsableMeanwhile() {
  CallsDesk desk;
  desk.type(QStringLiteral("a, b = socketpair()"));
  desk.begin(QStringLiteral("data = a.recv(100)"));
  QTRY_COMPARE(desk.state(1), CallRow::State::waiting);
  QCOMPARE(desk.type(QStringLiteral("b.send(b\"now\")")), QStringLiteral("3"));
  QTRY_VERIFY(desk.isDone(1));
  QCOMPARE(desk.answer(1), QStringLiteral("b'now'"));
}

void CallsPanelTest::idleRunsNoTimer() {
  CallsDesk desk;
  desk.type(QStringLiteral("a, b = socketpair()"));
  QTRY_VERIFY(!desk.panel->isTicking());
  desk.begin(QStringLiteral("a.recv(1)"));
  QTRY_VERIFY(desk.panel->isTicking());
  desk.panel->cancel();
  QTRY_VERIFY(!desk.panel->isTicking());
}

void CallsPanelTest::anErrnoWithItsMeaning() {
  CallsDesk desk;
  desk.type(QStringLiteral("s = socket()"));
  desk.type(QStringLiteral("s.getpeername()"));
  QCOMPARE(desk.cell(1, CallsModel::Errno), QStringLiteral("ENOTCONN  Transport endpoint is not connected"));
  auto* details = desk.find<QTableWidget>("callsDetailsTable");
  QTRY_VERIFY(details->rowCount() > 2);
  QString all;
  for (int row = 0; row < details->rowCount(); ++row)
    for (int column = 0; column < details->columnCount(); ++column)
      if (const QTableWidgetItem* item = details->item(row, column)) all += item->text() + QLatin1Char('\n');
  QVERIFY2(all.contains(QStringLiteral("getpeername")), qPrintable(all));
}

void CallsPanelTest::aWrongArgumentIsMarkedAtItsField_data() {
  QTest::addColumn<QString>("line");
  QTest::addColumn<QString>("field");
  QTest::newRow("a text where a number belongs") << "s.listen(\"many\")"
                                                 << "callsBacklogBox";
  QTest::newRow("a number where bytes belong") << "s.send(7)"
                                               << "callsBytesNotationBox";
  QTest::newRow("a negative timeout") << "s.settimeout(-1)"
                                      << "callsValueBox";
}

void CallsPanelTest::aWrongArgumentIsMarkedAtItsField() {
  QFETCH(QString, line);
  QFETCH(QString, field);
  CallsDesk desk;
  desk.type(QStringLiteral("s = socket()"));
  desk.type(line);
  QCOMPARE(desk.cell(1, CallsModel::Errno), QStringLiteral("never reached the kernel"));
  auto* wrong = visible<QWidget>(*desk.panel, qPrintable(field));
  QVERIFY(wrong != nullptr);
  QTRY_VERIFY(isMarkedWrong(wrong));
  QVERIFY(!wrong->accessibleDescription().isEmpty());
  desk.begin(QStringLiteral("s.fileno()"));
  QTRY_VERIFY(desk.isDone(2));
  QVERIFY(visible<QWidget>(*desk.panel, qPrintable(field)) == nullptr);
}

void CallsPanelTest::aWrongLineIsMarkedWhereItStands_data() {
  QTest::addColumn<QString>("line");
  QTest::addColumn<int>("column");
  QTest::newRow("a name that is not there") << "s.bind(adr)" << 8;
  QTest::newRow("a parenthesis is missing") << "s.listen(5" << 11;
  QTest::newRow("no call and no value") << "s = = 3" << 5;
}

void CallsPanelTest::aWrongLineIsMarkedWhereItStands() {
  QFETCH(QString, line);
  QFETCH(int, column);
  CallsDesk desk;
  desk.type(QStringLiteral("s = socket()"));
  desk.begin(line);
  auto* hint = desk.find<QLabel>("callsLineHint");
  QTRY_VERIFY2(hint->text().startsWith(QStringLiteral("Column %1: ").arg(column)), qPrintable(hint->text()));
  QVERIFY(isMarkedWrong(desk.line));
  QVERIFY(!desk.line->extraSelections().isEmpty());
  QTest::keyClicks(desk.line, QStringLiteral(" "));
  desk.line->selectAll();
  QTest::keyClicks(desk.line, QStringLiteral("s.listen(5)"));
  QVERIFY(!isMarkedWrong(desk.line));
}

void CallsPanelTest::lineAndFormInStep_data() {
  QTest::addColumn<QString>("line");
  QTest::newRow("a constructor") << "s = socket(AF_INET6, SOCK_DGRAM)";
  QTest::newRow("flags") << "s.recv(100, MSG_PEEK | MSG_DONTWAIT)";
  QTest::newRow("an address") << "s.connect(('127.0.0.1', 80))";
  QTest::newRow("an address with flow and scope") << "s.connect(('fe80::1', 80, 7, 1))";
  QTest::newRow("a variable as address") << "s.connect(name)";
  QTest::newRow("bytes") << "n = s.send(b'a\\x00b')";
  QTest::newRow("an option") << "s.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)";
  QTest::newRow("for ever") << "s.settimeout(None)";
  QTest::newRow("a look-up") << "getaddrinfo('localhost', 80)";
  QTest::newRow("Chinese text") << "gethostbyname('主机')";
}

// What the form makes of a typed line is the same line again, once somebody touches the form.
void CallsPanelTest::lineAndFormInStep() {
  QFETCH(QString, line);
  CallsDesk desk;
  QTest::keyClick(desk.line, Qt::Key_A, Qt::ControlModifier);
  desk.line->insertPlainText(line);
  QCOMPARE(desk.line->line(), line);
  const QString result = desk.result->text();
  desk.write("callsResultEdit", QStringLiteral("x"));
  QVERIFY(desk.line->line().startsWith(QStringLiteral("x = ")));
  desk.write("callsResultEdit", result);
  QCOMPARE(desk.line->line(), line);
}

void CallsPanelTest::addressesAsTheFamilyWantsThem() {
  CallsDesk desk;
  desk.type(QStringLiteral("four = socket(AF_INET)"));
  desk.type(QStringLiteral("six = socket(AF_INET6)"));
  desk.type(QStringLiteral("unix = socket(AF_UNIX)"));
  desk.choose("bind");
  desk.write("callsResultEdit", {});
  desk.target->setEditText(QStringLiteral("four"));
  QVERIFY(visible<QLineEdit>(*desk.panel, "callsAddressPortEdit") != nullptr);
  QVERIFY(visible<QLineEdit>(*desk.panel, "callsAddressScopeEdit") == nullptr);
  desk.target->setEditText(QStringLiteral("six"));
  QCOMPARE(desk.line->line(), QStringLiteral("six.bind(('::1', 0))"));
  desk.write("callsAddressScopeEdit", QStringLiteral("1"));
  QCOMPARE(desk.line->line(), QStringLiteral("six.bind(('::1', 0, 0, 1))"));
  desk.target->setEditText(QStringLiteral("unix"));
  desk.write("callsAddressPathEdit", QStringLiteral("/tmp/用户.sock"));
  QCOMPARE(desk.line->line(), QStringLiteral("unix.bind('/tmp/用户.sock')"));
}

void CallsPanelTest::flagsFromTheMenu() {
  CallsDesk desk;
  desk.type(QStringLiteral("a, b = socketpair()"));
  desk.choose("recv");
  desk.write("callsResultEdit", {});
  auto* button = visible<QToolButton>(*desk.panel, "callsFlagsButton");
  QVERIFY(button != nullptr);
  for (QAction* action : button->menu()->actions())
    if (action->text() == QStringLiteral("MSG_PEEK") || action->text() == QStringLiteral("MSG_DONTWAIT"))
      action->trigger();
  QVERIFY2(desk.line->line().contains(QStringLiteral("MSG_PEEK")), qPrintable(desk.line->line()));
  QVERIFY(desk.line->line().contains(QStringLiteral(" | ")));
  desk.click();
  QVERIFY(desk.cell(desk.last(), CallsModel::Errno).startsWith(QStringLiteral("EAGAIN")));
}

void CallsPanelTest::bytesAsTextAndHex() {
  CallsDesk desk;
  desk.type(QStringLiteral("a, b = socketpair()"));
  desk.choose("send");
  desk.write("callsResultEdit", {});
  desk.write("callsBytesEdit", QStringLiteral("会\\n"));
  QCOMPARE(desk.line->line(), QStringLiteral("a.send(b'\\xe4\\xbc\\x9a\\n')"));
  QVERIFY(desk.find<QLabel>("callsBytesPreviewLabel")->text().contains(QStringLiteral("e4 bc 9a 0a")));
  auto* mode = visible<QComboBox>(*desk.panel, "callsBytesModeBox");
  mode->setCurrentIndex(1);
  emit mode->activated(1);
  QCOMPARE(visible<QLineEdit>(*desk.panel, "callsBytesEdit")->text(), QStringLiteral("e4 bc 9a 0a"));
  desk.write("callsBytesEdit", QStringLiteral("ff 00"));
  QTest::keyClick(visible<QLineEdit>(*desk.panel, "callsBytesEdit"), Qt::Key_Return, Qt::ControlModifier);
  QTRY_VERIFY(desk.isDone(1));
  QCOMPARE(desk.answer(1), QStringLiteral("2"));
  QCOMPARE(desk.type(QStringLiteral("b.recv(9)")), QStringLiteral("b'\\xff\\x00'"));
}

void CallsPanelTest::hostileBytesAreSymbols() {
  CallsDesk desk;
  desk.type(QStringLiteral("a, b = socketpair()"));
  desk.type(QStringLiteral("a.send(b\"\\x1b[2J\\xe2\\x80\\xae<b>bold</b>\\x00\")"));
  desk.type(QStringLiteral("data = b.recv(100)"));
  auto* text = desk.find<QPlainTextEdit>("callsTextView");
  QTRY_VERIFY(text->toPlainText().contains(QStringLiteral("<b>bold</b>")));
  for (const QString& shown : {text->toPlainText(), desk.answer(2), desk.valueOf(QStringLiteral("data"))})
    for (const QChar c : shown) QVERIFY(c.unicode() >= 0x20 && c.unicode() != 0x202E);
}

void CallsPanelTest::optionsOfASocket() {
  CallsDesk desk;
  desk.type(QStringLiteral("s = socket()"));
  QAbstractItemModel* tree = desk.variables->model();
  QTRY_COMPARE(tree->rowCount(), 1);
  const QModelIndex socket = tree->index(0, 0);
  const QModelIndex options = tree->index(tree->rowCount(socket) - 1, 0, socket);
  desk.variables->expand(socket);
  desk.variables->expand(options);
  const auto value = [&](const char* name) {
    for (int row = 0; row < tree->rowCount(options); ++row)
      if (tree->index(row, 0, options).data().toString() == QLatin1String(name))
        return tree->index(row, 1, options).data().toString();
    return QString();
  };
  QCOMPARE(value("SO_REUSEADDR"), QStringLiteral("off"));
  desk.type(QStringLiteral("s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)"));
  QTRY_COMPARE(value("SO_REUSEADDR"), QStringLiteral("on"));
}

void CallsPanelTest::bytesStandInTheTimeline() {
  CallsDesk desk;
  desk.type(QStringLiteral("a, b = socketpair()"));
  desk.type(QStringLiteral("a.send(b\"in the timeline\")"));
  const TrafficLog& log = desk.bridge.log();
  const auto rowsWith = [&](std::string_view text) {
    int found = 0;
    for (std::uint64_t number = log.first(); number < log.end(); ++number)
      if (const auto row = log.read(number); row && asChars(row->payload.bytes) == text) ++found;
    return found;
  };
  QTRY_COMPARE(rowsWith("in the timeline"), 1);
  QSignalSpy selected(desk.panel.get(), &CallsPanel::sessionSelected);
  QVERIFY(desk.trigger("callsTimelineAction"));
  QCOMPARE(selected.size(), 1);
}

void CallsPanelTest::clearingClosesEverything() {
  CallsDesk desk;
  const int before = openDescriptors();
  desk.type(QStringLiteral("a, b = socketpair()"));
  desk.begin(QStringLiteral("a.recv(1)"));
  QTRY_COMPARE(desk.state(1), CallRow::State::waiting);
  desk.find<QPushButton>("callsClearButton")->click();
  QCOMPARE(desk.model->rowCount(), 0);
  QTRY_COMPARE(desk.variables->model()->rowCount(), 0);
  QTRY_COMPARE(openDescriptors(), before);
  QTRY_VERIFY(!desk.panel->isTicking());
}

void CallsPanelTest::closingLeavesNoDescriptor() {
  CallsDesk desk;
  desk.type(QStringLiteral("x = htons(1)"));  // what starts once is there
  const int before = openDescriptors();
  desk.type(QStringLiteral("a, b = socketpair()"));
  desk.type(QStringLiteral("s = socket()"));
  desk.begin(QStringLiteral("a.recv(1)"));
  QTRY_COMPARE(desk.state(3), CallRow::State::waiting);
  desk.panel.reset();
  QTRY_COMPARE(openDescriptors(), before);
}

void CallsPanelTest::remembersItsInputs() {
  QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("state.ini")), QSettings::IniFormat);
  {
    CallsDesk desk;
    desk.type(QStringLiteral("a, b = socketpair()"));
    desk.find<QCheckBox>("callsKeepGoingBox")->setChecked(true);
    desk.panel->saveState(settings);
  }
  CallsDesk desk;
  desk.panel->restoreState(settings);
  QCOMPARE(desk.line->line(), QStringLiteral("a, b = socketpair()"));
  QCOMPARE(desk.result->text(), QStringLiteral("a, b"));
  QVERIFY(desk.find<QCheckBox>("callsKeepGoingBox")->isChecked());
  QVERIFY(desk.line->history().contains(QStringLiteral("a, b = socketpair()")));
}

void CallsPanelTest::hasNames() {
  CallsDesk desk;
  for (const sockbench::CallInfo& info : callRegistry()) {
    desk.choose(std::string(info.name).c_str());
    for (const QWidget* widget : desk.panel->findChildren<QWidget*>()) {
      const bool control =
          qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget);
      if (!control || !widget->isVisible() || widget->objectName().startsWith(QStringLiteral("qt_")))
        continue;
      QVERIFY2(!widget->objectName().isEmpty(), info.name.data());
      QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }
  }
}

QTEST_MAIN(CallsPanelTest)
#include "tst_calls_panel.moc"
