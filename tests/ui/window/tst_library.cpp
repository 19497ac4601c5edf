// The saved sends and the history in the window: keys, saving, sending, deleting, importing, remembering.
#include <QAbstractItemView>
#include <QAction>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QToolButton>

#include "tests/ui/window/window_driver.h"
#include "ui/models/saved_sends_model.h"
#include "ui/models/send_history_model.h"
#include "ui/panels/library/library_view.h"
#include "ui/panels/library/sends_tree.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/inline_message.h"
#include "ui/window/library_desk.h"
#include "ui/window/panel_tabs.h"
#include "ui/window/try_it.h"

using namespace sockbench;
using namespace sockbench::ui;

class TstLibrary : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void aKeySendsToTheSessionInFront();
  void saysWhyNothingWasSent();
  void returnAndDoubleClickSend();
  void fieldsStandForTheSessionsOwn();
  void aMessageThatCannotBeMadeIsSaid();
  void savesWhatStandsInTheComposer();
  void editsInTheComposer();
  void whatWasDeletedComesBack();
  void searches();
  void importsAndSaysWhatWasSkipped();
  void exportsATable();
  void theHistoryIsSentAgainAndKept();
  void theViewIsShownAndHidden();
  void remembersBetweenStarts();
  void theHistoryIsKeptIfWanted();
  void neverWritesOverWhatItCannotRead();
  void neverWritesOverAnothersChanges();
  void aWorkspacesSendsTakeThePlaceOfOnesOwn();

 private:
  EnglishPlurals english_;
};

namespace {

SavedSend sendOf(const char* name, const char* body) {
  SavedSend send;
  send.name = name;
  send.message.body = body;
  return send;
}

struct Bench {
  Bench() {
    window.resize(1280, 800);
    window.show();
  }
  bool isActive() { return QTest::qWaitForWindowActive(&window); }
  // An echo server with a client that is connected to it, whose composer is empty.
  bool connectClient() {
    QSignalSpy ready(window.tryIt(), &TryIt::ready);
    window.tryIt()->start();
    if (!(ready.count() > 0 || ready.wait(10000))) return false;
    person.find<Composer>("clientComposer")->setText({});
    return true;
  }
  SendNodeId add(const SavedSend& send) { return model().addSend({}, SavedSends::kAtEnd, send).value(); }
  SavedSendsModel& model() { return *window.findChild<SavedSendsModel*>(); }
  SendHistoryModel& history() { return *window.findChild<SendHistoryModel*>(); }
  SendsTree* tree() { return person.find<SendsTree>("libraryTree"); }
  QString said() { return window.statusBar()->currentMessage(); }
  QString message() { return window.library()->view()->message()->text(); }
  std::uint64_t echoed() { return newest(bridge, SessionRole::client).bytesIn; }
  QAction* action(const char* name) { return window.findChild<QAction*>(QLatin1String(name)); }

  EngineBridge bridge;
  MainWindow window{&bridge};
  WindowDriver person{&window};
};

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool putInto(const QString& path, const QByteArray& content) {
  QFile file(path);
  return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

}  // namespace

void TstLibrary::initTestCase() {
  QCoreApplication::installTranslator(&english_);
}

void TstLibrary::aKeySendsToTheSessionInFront() {
  Bench bench;
  QVERIFY(bench.isActive() && bench.connectClient());
  SavedSend send = sendOf("greeting & more", "hello\\n");
  send.hotKey = 1;
  bench.add(send);
  QCOMPARE(bench.action("sendKey1Action")->text(), QStringLiteral("greeting && more"));
  auto* composer = bench.person.find<Composer>("clientComposer");
  composer->setText(QStringLiteral("a draft"));
  bench.person.key(Qt::Key_1, Qt::AltModifier);
  QTRY_COMPARE(bench.echoed(), 6U);
  QCOMPARE(composer->text(), QStringLiteral("a draft"));
  QVERIFY2(bench.said().contains(QLatin1String("greeting & more")), qPrintable(bench.said()));
  QCOMPARE(bench.history().rowCount(), 1);
  QCOMPARE(bench.history().at(0)->message.body, "hello\\n");
  QCOMPARE(bench.history().at(0)->bytes, 6U);
}

void TstLibrary::saysWhyNothingWasSent() {
  Bench bench;
  QVERIFY(bench.isActive());
  bench.person.key(Qt::Key_2, Qt::AltModifier);
  QVERIFY2(bench.said().contains(QLatin1String("Alt+2")), qPrintable(bench.said()));
  SavedSend send = sendOf("a", "x");
  send.hotKey = 2;
  bench.add(send);
  bench.person.key(Qt::Key_1, Qt::ControlModifier);
  bench.person.key(Qt::Key_2, Qt::AltModifier);
  QVERIFY2(bench.said().contains(QLatin1String("go to a server or a client")), qPrintable(bench.said()));
  bench.person.key(Qt::Key_3, Qt::ControlModifier);
  bench.person.key(Qt::Key_2, Qt::AltModifier);
  QVERIFY2(bench.said().contains(QLatin1String("Connect first")), qPrintable(bench.said()));
  bench.person.key(Qt::Key_2, Qt::ControlModifier);
  bench.person.key(Qt::Key_2, Qt::AltModifier);
  QVERIFY2(bench.said().contains(QLatin1String("start the server first")), qPrintable(bench.said()));
  QCOMPARE(bench.history().rowCount(), 0);
}

void TstLibrary::returnAndDoubleClickSend() {
  Bench bench;
  QVERIFY(bench.isActive() && bench.connectClient());
  const SendNodeId id = bench.add(sendOf("a", "12345"));
  bench.tree()->goTo(id);
  bench.tree()->setFocus();
  QTest::keyClick(bench.tree(), Qt::Key_Return);
  QTRY_COMPARE(bench.echoed(), 5U);
  const QPoint place = bench.tree()->visualRect(bench.tree()->currentIndex()).center();
  QTest::mouseClick(bench.tree()->viewport(), Qt::LeftButton, Qt::NoModifier, place);
  QTest::mouseDClick(bench.tree()->viewport(), Qt::LeftButton, Qt::NoModifier, place);
  QTRY_COMPARE(bench.echoed(), 10U);
  QVERIFY(bench.person.click("librarySendButton"));
  QTRY_COMPARE(bench.echoed(), 15U);
}

void TstLibrary::fieldsStandForTheSessionsOwn() {
  Bench bench;
  QVERIFY(bench.isActive() && bench.connectClient());
  const SavedSend send = sendOf("a", "{{counter}}:{{peer.address}};");
  bench.window.library()->send(send);
  bench.window.library()->send(send);
  const std::string expected = "0:127.0.0.1;1:127.0.0.1;";
  QTRY_COMPARE(bench.echoed(), expected.size());
  QCOMPARE(bench.history().at(0)->message.body, "{{counter}}:{{peer.address}};");
}

void TstLibrary::aMessageThatCannotBeMadeIsSaid() {
  Bench bench;
  QVERIFY(bench.isActive() && bench.connectClient());
  bench.window.library()->send(sendOf("a", "{{no_such_variable}}"));
  QVERIFY(!bench.message().isEmpty());
  QVERIFY2(bench.said().contains(QLatin1String("was not sent")), qPrintable(bench.said()));
  QCOMPARE(bench.history().rowCount(), 0);
  // A file is read on another thread.
  SavedSend file = sendOf("a", "/no/such/file");
  file.message.form = MessageForm::file;
  bench.window.statusBar()->clearMessage();
  bench.window.library()->send(file);
  QTRY_VERIFY2(bench.said().contains(QLatin1String("ENOENT")), qPrintable(bench.said()));
}

void TstLibrary::savesWhatStandsInTheComposer() {
  Bench bench;
  QVERIFY(bench.isActive() && bench.connectClient());
  auto* composer = bench.person.find<Composer>("clientComposer");
  MessageSpec spec;
  spec.form = MessageForm::hex;
  spec.body = "01 02";
  spec.ending = LineEnding::crLf;
  composer->setSpec(spec);
  bench.action("libraryAction")->setChecked(false);
  QVERIFY(bench.tree() == nullptr);
  QVERIFY(bench.person.click("clientSaveButton"));
  QVERIFY(bench.tree() != nullptr);
  QCOMPARE(bench.model().sends().sendCount(), 1U);
  const SavedSend* saved = bench.model().sendAt(bench.tree()->current());
  QVERIFY(saved != nullptr);
  QCOMPARE(saved->message, spec);
  // Its name is typed at once.
  auto* editor = bench.tree()->findChild<QLineEdit*>();
  QVERIFY(editor != nullptr);
  editor->selectAll();
  QTest::keyClicks(editor, QStringLiteral("start"));
  QTest::keyClick(editor, Qt::Key_Return);
  // An editor hands its text over in a turn of its own.
  QTRY_COMPARE(QString::fromStdString(bench.model().sendAt(bench.tree()->current())->name),
               QStringLiteral("start"));
  // What cannot be read is not kept.
  spec.body = "zz";
  composer->setSpec(spec);
  QVERIFY(bench.person.click("clientSaveButton"));
  QCOMPARE(bench.model().sends().sendCount(), 1U);
  QVERIFY(!bench.message().isEmpty());
}

void TstLibrary::editsInTheComposer() {
  Bench bench;
  QVERIFY(bench.isActive() && bench.connectClient());
  SavedSend send = sendOf("a", "{{counter}}!");
  send.message.ending = LineEnding::lf;
  bench.tree()->goTo(bench.add(send));
  QVERIFY(bench.person.click("libraryEditButton"));
  QCOMPARE(bench.person.find<Composer>("clientComposer")->spec(), send.message);
}

void TstLibrary::whatWasDeletedComesBack() {
  Bench bench;
  QVERIFY(bench.isActive());
  const SendNodeId folder = *bench.model().addFolder({}, 0, "F");
  QVERIFY(bench.model().addSend(folder, 0, sendOf("a", "x")));
  QVERIFY(bench.person.find("libraryUndoButton") == nullptr);
  bench.tree()->goTo(folder);
  bench.tree()->setFocus();
  QTest::keyClick(bench.tree(), Qt::Key_Delete);
  QVERIFY(bench.model().sends().empty());
  QVERIFY(bench.person.click("libraryUndoButton"));
  QCOMPARE(bench.model().sends().sendCount(), 1U);
  QCOMPARE(bench.tree()->current(), folder);
  QVERIFY(bench.person.find("libraryUndoButton") == nullptr);
}

void TstLibrary::searches() {
  Bench bench;
  QVERIFY(bench.isActive());
  bench.add(sendOf("one", "alpha"));
  const SendNodeId folder = *bench.model().addFolder({}, 0, "F");
  QVERIFY(bench.model().addSend(folder, 0, sendOf("two", "beta")));
  QVERIFY(bench.person.type("librarySearchEdit", QStringLiteral("BETA")));
  const QAbstractItemModel* shown = bench.tree()->model();
  QCOMPARE(shown->rowCount(), 1);
  QCOMPARE(shown->rowCount(shown->index(0, 0)), 1);
  QVERIFY(bench.person.type("librarySearchEdit", QString()));
  QCOMPARE(shown->rowCount(), 2);
}

void TstLibrary::importsAndSaysWhatWasSkipped() {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("packets.ini"));
  QVERIFY(putInto(path,
                  "[NAMES]\n1\\name=good\n2\\name=bad\nsize=2\n[good]\nhexString=68 69\ntcpOrUdp=TCP\n"
                  "toIP=127.0.0.1\nport=9\n[bad]\nhexString=\x01<b>\n\xE2\x80\xAEnonsense\n"));
  Bench bench;
  QVERIFY(bench.isActive());
  bench.window.library()->view()->importFile(path);
  QCOMPARE(bench.model().sends().sendCount(), 1U);
  const QString said = bench.message();
  QVERIFY2(said.contains(QLatin1String("1 imported, 2 skipped")) && said.contains(QLatin1String("line 11")),
           qPrintable(said));
  QVERIFY(!said.contains(QChar(0x202E)));
  bench.window.library()->view()->importFile(folder.filePath(QStringLiteral("none.ini")));
  QVERIFY2(bench.message().contains(QLatin1String("ENOENT")), qPrintable(bench.message()));
  QVERIFY(putInto(path, "nothing"));
  bench.window.library()->view()->importFile(path);
  QVERIFY2(bench.message().contains(QLatin1String("titles")), qPrintable(bench.message()));
  QCOMPARE(bench.model().sends().sendCount(), 1U);
}

void TstLibrary::exportsATable() {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("sends.csv"));
  Bench bench;
  bench.add(sendOf("a,b", "x"));
  SavedSend repeated = sendOf("c", "y");
  repeated.plan.count = 2;
  bench.add(repeated);
  bench.window.library()->view()->exportFile(path);
  QVERIFY(contentOf(path).contains("\"a,b\",,,text,x,"));
  QVERIFY2(bench.message().contains(QLatin1String("2 exported")) &&
               bench.message().contains(QLatin1String("plan")),
           qPrintable(bench.message()));
  bench.window.library()->view()->exportFile(folder.filePath(QStringLiteral("no/such/folder.csv")));
  QVERIFY2(bench.message().contains(QLatin1String("ENOENT")), qPrintable(bench.message()));
}

void TstLibrary::theHistoryIsSentAgainAndKept() {
  Bench bench;
  QVERIFY(bench.isActive() && bench.connectClient());
  QVERIFY(bench.person.type("clientComposerEdit", QStringLiteral("typed")));
  bench.person.key(Qt::Key_Return, Qt::ControlModifier);
  QTRY_COMPARE(bench.echoed(), 5U);
  QCOMPARE(bench.history().rowCount(), 1);
  bench.person.find<QTabWidget>("libraryTabs")->setCurrentIndex(1);
  auto* table = bench.person.find<QAbstractItemView>("libraryHistoryTable");
  QVERIFY(table != nullptr);
  table->setCurrentIndex(table->model()->index(0, 0));
  QVERIFY(bench.person.click("libraryHistorySendButton"));
  QTRY_COMPARE(bench.echoed(), 10U);
  QCOMPARE(bench.history().rowCount(), 2);
  QVERIFY(bench.person.type("libraryHistoryFilterEdit", QStringLiteral("nothing like it")));
  QCOMPARE(table->model()->rowCount(), 0);
  QVERIFY(bench.person.type("libraryHistoryFilterEdit", QStringLiteral("TYPED")));
  QCOMPARE(table->model()->rowCount(), 2);
  table->setCurrentIndex(table->model()->index(1, 0));
  QVERIFY(bench.person.click("libraryHistoryEditButton"));
  QCOMPARE(bench.person.find<Composer>("clientComposer")->text(), QStringLiteral("typed"));
  QVERIFY(bench.person.click("libraryHistorySaveButton"));
  QCOMPARE(bench.model().sends().sendCount(), 1U);
  QCOMPARE(bench.model().sendAt(bench.tree()->current())->name, "typed");
}

void TstLibrary::theViewIsShownAndHidden() {
  Bench bench;
  QVERIFY(bench.isActive());
  QVERIFY(bench.tree() != nullptr);
  bench.person.key(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
  QVERIFY(bench.tree() == nullptr);
  bench.person.key(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
  QVERIFY(bench.tree() != nullptr);
  QVERIFY(bench.tree()->hasFocus());
}

void TstLibrary::remembersBetweenStarts() {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  {
    Bench bench;
    bench.window.remember(&settings);
    SavedSend send = sendOf("\xE4\xBD\xA0\xE5\xA5\xBD", "hello {{secret}}");
    send.hotKey = 3;
    bench.add(send);
    bench.action("libraryAction")->setChecked(false);
    QVERIFY(bench.window.close());
  }
  const QByteArray kept = contentOf(folder.filePath(QStringLiteral("sends.toml")));
  QVERIFY2(kept.contains("hello {{secret}}"), kept.constData());
  QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("history.toml"))));
  Bench again;
  again.window.remember(&settings);
  QCOMPARE(again.model().sends().sendCount(), 1U);
  QVERIFY(again.model().sends().withHotKey(3));
  QVERIFY(again.tree() == nullptr);
}

void TstLibrary::theHistoryIsKeptIfWanted() {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  SentMessage sent;
  sent.target = "tcp 127.0.0.1:9";
  sent.message.body = "x";
  {
    Bench bench;
    bench.window.remember(&settings);
    bench.action("libraryKeepHistoryAction")->trigger();
    bench.history().add(sent);
    QVERIFY(bench.window.close());
  }
  Bench again;
  again.window.remember(&settings);
  QCOMPARE(again.history().rowCount(), 1);
  QCOMPARE(*again.history().at(0), sent);
  again.action("libraryKeepHistoryAction")->trigger();
  QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("history.toml"))));
}

void TstLibrary::neverWritesOverWhatItCannotRead() {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("sends.toml"));
  const QByteArray broken = "version = 1\n[[sends]]\nname = \n";
  QVERIFY(putInto(path, broken));
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  Bench bench;
  bench.window.remember(&settings);
  QVERIFY2(bench.message().contains(QLatin1String("line 3")), qPrintable(bench.message()));
  QVERIFY(bench.window.close());
  QCOMPARE(contentOf(path), broken);
  bench.add(sendOf("a", "x"));
  bench.window.library()->saveState();
  QVERIFY(contentOf(path).contains("\"a\""));
  QCOMPARE(contentOf(path + QStringLiteral(".kept-1")), broken);
  QVERIFY2(bench.message().contains(QLatin1String("kept")), qPrintable(bench.message()));
}

void TstLibrary::neverWritesOverAnothersChanges() {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("sends.toml"));
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  Bench one;
  Bench other;
  one.window.remember(&settings);
  other.window.remember(&settings);
  one.add(sendOf("mine", "x"));
  one.window.library()->saveState();
  other.add(sendOf("theirs", "x"));
  other.window.library()->saveState();
  QVERIFY(contentOf(path).contains("theirs"));
  QVERIFY(contentOf(path + QStringLiteral(".kept-1")).contains("mine"));
  QVERIFY(other.message().contains(QLatin1String("kept-1")));
}

void TstLibrary::aWorkspacesSendsTakeThePlaceOfOnesOwn() {
  const QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  Bench bench;
  bench.window.remember(&settings);
  bench.add(sendOf("own", "x"));
  SavedSends theirs;
  QVERIFY(theirs.addSend({}, 0, sendOf("workspace's", "y")));
  LibraryDesk* desk = bench.window.library();
  desk->setWorkspaceSends(theirs);
  QVERIFY(desk->sends() == theirs);
  bench.add(sendOf("new", "z"));
  desk->saveState();
  const QByteArray kept = contentOf(folder.filePath(QStringLiteral("sends.toml")));
  QVERIFY2(kept.contains("own") && !kept.contains("new"), kept.constData());
  desk->setWorkspaceSends(std::nullopt);
  QCOMPARE(desk->sends().sendCount(), 1U);
  QCOMPARE(desk->sends().find(desk->sends().root().children[0])->send.name, "own");
}

QTEST_MAIN(TstLibrary)
#include "tst_library.moc"
