#include <QAbstractEventDispatcher>
#include <QAbstractItemView>
#include <QComboBox>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <functional>
#include <set>

#include "tests/ui/window/window_driver.h"
#include "ui/panels/traffic/stream/stream_view.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/widgets/english_plurals.h"
#include "ui/window/actions.h"
#include "ui/window/panel_tabs.h"
#include "ui/window/try_it.h"

using namespace sockbench;
using namespace sockbench::ui;

class TestMainWindow : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void init();
  void cleanup();

  void everyActionHasItsOwnPlaceInTheMenus();
  void keysOfTheContractAreThere_data();
  void keysOfTheContractAreThere();
  void keysBringPanelsToTheFront();
  void emptyWindowOffersToTry();
  void tryItEndsInAnEchoByOneKey();
  void tryItTwiceIsTwoChats();
  void f5DoesThePanelsMainAct();
  void escapeAbandonsAConnectionThatIsNotThereYet();
  void ctrlLClearsTheTimeline();
  void spaceFreezesOnlyInTheTimeline();
  void sessionMenuActsOnTheSessionOfTheTree();
  void treeAndPanelsPointAtTheSameSession();
  void detailsAndOptionsAreOneStepFromTheSession_data();
  void detailsAndOptionsAreOneStepFromTheSession();
  void theStreamIsOneStepFromTheSession();
  void onlyThisSessionHidesTheOthers();
  void summaryFollowsAndComesToRest();
  void idleWindowRunsNoTimer();
  void openStartsWhatAnotherProgramAskedFor();
  void errorsOfStartingStandInThePage();
  void themeSwitchesAtOnceAndIsRemembered();
  void remembersPlacesAndInputs();
  void survivesNonsenseInItsSettings();
  void fitsItsSmallestSize();
  void thePanelHasTheGreaterPartBeforeTheTimeline();
  void lowWindowKeepsTheComposerInSight();
  void callsKeepRowsInSight_data();
  void callsKeepRowsInSight();
  void everyControlSaysWhatItIs();

 private:
  WindowDriver person() const { return WindowDriver(window_.get()); }
  QAbstractItemModel* timeline() const {
    return window_->findChild<QAbstractItemView*>(QStringLiteral("trafficTable"))->model();
  }
  QString timelineText() const;
  void tryIt();
  void inEachView(const std::function<void(const QString& view)>& look) const;  // panels, and pages of theirs

  EnglishPlurals english_;
  std::unique_ptr<EngineBridge> bridge_;
  std::unique_ptr<MainWindow> window_;
  std::unique_ptr<QTemporaryDir> folder_;
};

void TestMainWindow::initTestCase() {
  QApplication::setCursorFlashTime(0);
  QCoreApplication::installTranslator(&english_);
}

void TestMainWindow::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  theme::apply(*qApp, theme::Mode::light);
  bridge_ = std::make_unique<EngineBridge>();
  window_ = std::make_unique<MainWindow>(bridge_.get());
  window_->show();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
}

void TestMainWindow::cleanup() {
  window_.reset();
  bridge_.reset();
}

QString TestMainWindow::timelineText() const {
  QString text;
  for (int row = 0; row < timeline()->rowCount(); ++row) {
    for (int column = 0; column < timeline()->columnCount(); ++column) {
      text += timeline()->index(row, column).data().toString() + QLatin1Char(' ');
    }
    text += QLatin1Char('\n');
  }
  return text;
}

void TestMainWindow::tryIt() {
  QSignalSpy ready(window_->tryIt(), &TryIt::ready);
  QVERIFY(person().click("tryItButton"));
  QVERIFY(ready.count() == 1 || ready.wait(10000));
}

void TestMainWindow::everyActionHasItsOwnPlaceInTheMenus() {
  const auto actions = menuActions(window_.get());
  QVERIFY(actions.size() > 20);
  std::set<QString> names;
  std::set<QString> keys;
  for (const QAction* action : actions) {
    QVERIFY2(!action->objectName().isEmpty(), qPrintable(action->text()));
    QVERIFY2(names.insert(action->objectName()).second, qPrintable(action->objectName()));
    const QString key = action->shortcut().toString();
    QVERIFY2(key.isEmpty() || keys.insert(key).second, qPrintable(key));
  }
}

void TestMainWindow::keysOfTheContractAreThere_data() {
  QTest::addColumn<QString>("key");
  for (const char* key : {"Ctrl+1", "Ctrl+2", "Ctrl+3", "F5", "Esc", "Ctrl+L", "Ctrl+Return", "Space"}) {
    QTest::newRow(key) << QString::fromLatin1(key);
  }
}

void TestMainWindow::keysOfTheContractAreThere() {
  QFETCH(const QString, key);
  const auto actions = menuActions(window_.get());
  QVERIFY(std::ranges::any_of(actions,
                              [&](const QAction* action) { return action->shortcut().toString() == key; }));
}

void TestMainWindow::keysBringPanelsToTheFront() {
  const auto* tabs = person().find<QTabWidget>("panelTabs");
  QVERIFY(tabs != nullptr && tabs->count() >= 3);
  for (const int panel : {2, 0, 1}) {
    person().key(static_cast<Qt::Key>(Qt::Key_1 + panel), Qt::ControlModifier);
    QCOMPARE(tabs->currentIndex(), panel);
    QVERIFY(tabs->currentWidget()->isAncestorOf(window_->focusWidget()));
  }
}

void TestMainWindow::emptyWindowOffersToTry() {
  QVERIFY(person().find("tryItButton") != nullptr);
  QVERIFY(person().find("trafficTable") == nullptr);
}

void TestMainWindow::tryItEndsInAnEchoByOneKey() {
  tryIt();
  auto* edit = person().find<QPlainTextEdit>("clientComposerEdit");
  QVERIFY(edit != nullptr);
  QCOMPARE(edit->toPlainText(), QStringLiteral("hello"));
  QCOMPARE(window_->focusWidget(), edit);
  person().key(Qt::Key_Return, Qt::ControlModifier);
  QTRY_VERIFY(newest(*bridge_, SessionRole::client).bytesIn >= 5);
  // The client's line, at the server and back: in and out on both sides.
  QTRY_COMPARE(timelineText().count(QLatin1String("hello")), 4);
  QVERIFY(person().find("trafficTable") != nullptr);
  QVERIFY(person().find("tryItButton") == nullptr);

  QVERIFY(person().type("clientComposerEdit", QStringLiteral("exit")));
  person().key(Qt::Key_Return, Qt::ControlModifier);
  QTRY_COMPARE(newest(*bridge_, SessionRole::client).state, SessionState::closed);
  QTRY_COMPARE(newest(*bridge_, SessionRole::accepted).state, SessionState::closed);
}

void TestMainWindow::tryItTwiceIsTwoChats() {
  tryIt();
  QSignalSpy ready(window_->tryIt(), &TryIt::ready);
  person().key(Qt::Key_T, Qt::ControlModifier);
  QVERIFY(ready.wait(10000));
  QCOMPARE(sessionsOf(*bridge_, SessionRole::listener).size(), 2U);
  QCOMPARE(sessionsOf(*bridge_, SessionRole::client).size(), 2U);
}

void TestMainWindow::f5DoesThePanelsMainAct() {
  person().key(Qt::Key_2, Qt::ControlModifier);
  QVERIFY(person().type("serverPortEdit", QStringLiteral("0")));
  person().key(Qt::Key_F5);
  QTRY_COMPARE(newest(*bridge_, SessionRole::listener).state, SessionState::listening);

  person().key(Qt::Key_3, Qt::ControlModifier);
  QVERIFY(person().type("clientHostEdit", QStringLiteral("127.0.0.1")));
  QVERIFY(
      person().type("clientPortEdit", QString::number(newest(*bridge_, SessionRole::listener).local.port())));
  person().key(Qt::Key_F5);
  QTRY_COMPARE(newest(*bridge_, SessionRole::client).state, SessionState::connected);

  person().key(Qt::Key_1, Qt::ControlModifier);
  QVERIFY(person().type("resolverHostEdit", QStringLiteral("127.0.0.1")));
  person().key(Qt::Key_F5);
  const auto* results = person().find<QAbstractItemView>("resolverResultsTable");
  QVERIFY(results != nullptr);
  QTRY_VERIFY(results->model()->rowCount() > 0);
}

void TestMainWindow::escapeAbandonsAConnectionThatIsNotThereYet() {
  // A listener whose queue is full answers no SYN, so the attempt hangs.
  QTcpServer full;
  full.setListenBacklogSize(0);
  QVERIFY(full.listen(QHostAddress::LocalHost));
  full.pauseAccepting();
  std::vector<std::unique_ptr<QTcpSocket>> waiting;
  for (int i = 0; i < 4; ++i) {
    waiting.push_back(std::make_unique<QTcpSocket>());
    waiting.back()->connectToHost(QHostAddress::LocalHost, full.serverPort());
    if (!waiting.back()->waitForConnected(200)) break;
  }
  person().key(Qt::Key_3, Qt::ControlModifier);
  QVERIFY(person().type("clientHostEdit", QStringLiteral("127.0.0.1")));
  QVERIFY(person().type("clientPortEdit", QString::number(full.serverPort())));
  person().key(Qt::Key_F5);
  QTRY_COMPARE(newest(*bridge_, SessionRole::client).state, SessionState::connecting);
  QTRY_VERIFY(person().find("clientCancelButton") != nullptr);
  person().key(Qt::Key_Escape);
  QTRY_VERIFY(!newest(*bridge_, SessionRole::client).isOpen());
}

void TestMainWindow::ctrlLClearsTheTimeline() {
  tryIt();
  QTRY_VERIFY(timeline()->rowCount() > 0);
  person().key(Qt::Key_L, Qt::ControlModifier);
  QTRY_COMPARE(timeline()->rowCount(), 0);
  QVERIFY2(person().find("tryItButton") == nullptr, "sessions are open: this is not the first start");
}

void TestMainWindow::spaceFreezesOnlyInTheTimeline() {
  tryIt();
  auto* edit = person().find<QPlainTextEdit>("clientComposerEdit");
  person().key(Qt::Key_Space);
  QCOMPARE(edit->toPlainText(), QStringLiteral("hello "));
  QVERIFY(!window_->traffic()->isFrozen());
  person().key(Qt::Key_F7);
  QCOMPARE(window_->focusWidget(), person().find("trafficTable"));
  person().key(Qt::Key_Space);
  QVERIFY(window_->traffic()->isFrozen());
  person().key(Qt::Key_Space);
  QVERIFY(!window_->traffic()->isFrozen());
}

void TestMainWindow::sessionMenuActsOnTheSessionOfTheTree() {
  tryIt();
  const auto* close = window_->findChild<QAction*>(QStringLiteral("closeAction"));
  const auto* halfClose = window_->findChild<QAction*>(QStringLiteral("halfCloseAction"));
  auto* reset = window_->findChild<QAction*>(QStringLiteral("resetAction"));
  const auto* tree = person().find<QAbstractItemView>("sessionTree");
  QVERIFY(close && halfClose && reset && tree);
  QTRY_VERIFY(tree->currentIndex().isValid());
  QTRY_VERIFY(close->isEnabled() && halfClose->isEnabled() && reset->isEnabled());
  reset->trigger();
  QTRY_COMPARE(newest(*bridge_, SessionRole::client).state, SessionState::reset);
  QTRY_VERIFY(!close->isEnabled() && !halfClose->isEnabled() && !reset->isEnabled());
}

void TestMainWindow::treeAndPanelsPointAtTheSameSession() {
  tryIt();
  auto* tree = person().find<QAbstractItemView>("sessionTree");
  const auto* tabs = person().find<QTabWidget>("panelTabs");
  QCOMPARE(tabs->currentIndex(), 2);
  const QModelIndex servers = tree->model()->index(0, 0);
  QTRY_COMPARE(tree->model()->rowCount(servers), 1);
  tree->setCurrentIndex(tree->model()->index(0, 0, servers));
  QCOMPARE(tabs->currentIndex(), 1);
  const QModelIndex clients = tree->model()->index(1, 0);
  tree->setCurrentIndex(tree->model()->index(0, 0, clients));
  QCOMPARE(tabs->currentIndex(), 2);
}

void TestMainWindow::detailsAndOptionsAreOneStepFromTheSession_data() {
  QTest::addColumn<QString>("action");
  QTest::addColumn<QString>("table");
  QTest::newRow("details") << "detailsAction"
                           << "detailsSessionTable";
  QTest::newRow("options") << "optionsAction"
                           << "detailsOptionsTable";
}

void TestMainWindow::detailsAndOptionsAreOneStepFromTheSession() {
  QFETCH(QString, action);
  QFETCH(QString, table);
  auto* command = window_->findChild<QAction*>(action);
  QVERIFY(command != nullptr && !command->isEnabled());
  tryIt();
  window_->resize(900, 600);
  const SessionId server = newest(*bridge_, SessionRole::listener).id;
  person().find<QAbstractItemView>("sessionTree")->setFocus();
  person().key(Qt::Key_Home);
  person().key(Qt::Key_Down);
  QTRY_VERIFY(command->isEnabled());
  command->trigger();
  auto* shown = person().find<QAbstractItemView>(table.toLatin1().constData());
  QVERIFY(shown != nullptr && shown->hasFocus());
  QTRY_VERIFY(shown->model()->rowCount() > 2);
  const QString name = person().find<QLabel>("detailsSessionLabel")->text();
  QVERIFY2(name.startsWith(QString::number(server.value) + QStringLiteral("  ")), qPrintable(name));
}

void TestMainWindow::theStreamIsOneStepFromTheSession() {
  auto* command = window_->findChild<QAction*>(QStringLiteral("streamAction"));
  QVERIFY(command != nullptr && !command->isEnabled());
  tryIt();
  const SessionId client = newest(*bridge_, SessionRole::client).id;
  person().find<QAbstractItemView>("sessionTree")->setFocus();
  person().key(Qt::Key_End);
  QTRY_VERIFY(command->isEnabled());
  command->trigger();
  auto* view = person().find<StreamView>("inspectorStreamView");
  QVERIFY(view != nullptr && view->hasFocus());
  QTRY_VERIFY(view->visibleLines().join(QString()).contains(QStringLiteral("connected")));
  QCOMPARE(view->document()->conversation().session(), client);
}

void TestMainWindow::onlyThisSessionHidesTheOthers() {
  tryIt();
  auto* only = window_->findChild<QAction*>(QStringLiteral("onlySessionAction"));
  QTRY_VERIFY(only->isEnabled());
  const auto all = [this] { return static_cast<int>(bridge_->log().end() - bridge_->log().first()); };
  QTRY_COMPARE(timeline()->rowCount(), all());
  only->trigger();
  QVERIFY(only->isChecked());
  QTRY_VERIFY(timeline()->rowCount() > 0 && timeline()->rowCount() < all());
  only->trigger();
  QVERIFY(!only->isChecked());
  QTRY_COMPARE(timeline()->rowCount(), all());
}

void TestMainWindow::summaryFollowsAndComesToRest() {
  const auto* summary = person().find<QLabel>("statusSummary");
  QCOMPARE(summary->text(),
           QStringLiteral("0 sessions · in 0 B/s · out 0 B/s · 0 records, 0.0 MiB of 256 MiB · "
                          "0 evicted · 0 dropped by the kernel"));
  tryIt();
  QTRY_VERIFY(summary->text().startsWith(QLatin1String("2 sessions")));
  person().key(Qt::Key_Return, Qt::ControlModifier);
  QTRY_VERIFY(!summary->text().contains(QLatin1String("in 0 B/s")));
  QTRY_VERIFY(summary->text().contains(QStringLiteral("in 0 B/s · out 0 B/s")));
  QVERIFY(summary->text().endsWith(QStringLiteral("0 evicted · 0 dropped by the kernel")));
}

void TestMainWindow::idleWindowRunsNoTimer() {
  tryIt();
  person().key(Qt::Key_Return, Qt::ControlModifier);
  QTRY_VERIFY(newest(*bridge_, SessionRole::client).bytesIn > 0);
  const auto busy = [this] {
    QStringList names;
    const auto look = [&names](const QObject* object) {
      auto* thing = const_cast<QObject*>(object);
      if (!QAbstractEventDispatcher::instance()->registeredTimers(thing).isEmpty()) {
        const QObject* owner = object->parent() != nullptr ? object->parent() : object;
        names.append(QString::fromLatin1(object->metaObject()->className()) + QLatin1Char(' ') +
                     QString::fromLatin1(owner->metaObject()->className()) + QLatin1Char(' ') +
                     owner->objectName());
      }
    };
    look(window_.get());
    look(bridge_.get());
    for (const QObject* object : window_->findChildren<QObject*>()) look(object);
    for (const QObject* object : bridge_->findChildren<QObject*>()) look(object);
    return names;
  };
  // The connections table keeps ages and round-trip times fresh while there is a connection to look at.
  for (const int panel : {0, 2, 1}) {
    if (panel == 1) bridge_->reset(newest(*bridge_, SessionRole::client).id);
    person().key(static_cast<Qt::Key>(Qt::Key_1 + panel), Qt::ControlModifier);
    QTRY_VERIFY2_WITH_TIMEOUT(busy().isEmpty(), qPrintable(busy().join(QLatin1String(", "))), 10000);
  }
}

void TestMainWindow::openStartsWhatAnotherProgramAskedFor() {
  const QString path = folder_->filePath(QStringLiteral("a.sock"));
  LaunchRequest request;
  request.listen.push_back(*Endpoint::parse("tcp://127.0.0.1:0"));
  request.listen.push_back(*Endpoint::parse("unix:" + path.toStdString()));
  window_->open(request);
  QTRY_COMPARE(sessionsOf(*bridge_, SessionRole::listener).size(), 2U);
  for (const SessionSnapshot& session : sessionsOf(*bridge_, SessionRole::listener)) {
    QTRY_COMPARE(bridge_->snapshot(session.id)->state, SessionState::listening);
  }
  LaunchRequest second;
  second.connect.push_back(*Endpoint::parse("unix:" + path.toStdString()));
  window_->open(second);
  QTRY_COMPARE(newest(*bridge_, SessionRole::client).state, SessionState::connected);
}

void TestMainWindow::errorsOfStartingStandInThePage() {
  QTcpServer taken;
  QVERIFY(taken.listen(QHostAddress::LocalHost));
  LaunchRequest request;
  request.listen.push_back(*Endpoint::parse("tcp://127.0.0.1:" + std::to_string(taken.serverPort())));
  window_->open(request);
  const auto* label = person().find<QLabel>("serverStateLabel");
  QVERIFY(label != nullptr);
  QTRY_VERIFY2(label->text().contains(QLatin1String("EADDRINUSE")), qPrintable(label->text()));
}

void TestMainWindow::themeSwitchesAtOnceAndIsRemembered() {
  QSettings settings(folder_->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  window_->remember(&settings);
  const int lightBefore = window_->palette().color(QPalette::Window).lightness();
  window_->findChild<QAction*>(QStringLiteral("themeDarkAction"))->trigger();
  QVERIFY(theme::isDark());
  QVERIFY(window_->palette().color(QPalette::Window).lightness() < lightBefore);
  QCOMPARE(MainWindow::rememberedTheme(settings), theme::Mode::dark);
  window_->findChild<QAction*>(QStringLiteral("themeSystemAction"))->trigger();
  QCOMPARE(MainWindow::rememberedTheme(settings), theme::Mode::system);
}

void TestMainWindow::remembersPlacesAndInputs() {
  QSettings settings(folder_->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  window_->remember(&settings);
  window_->resize(1000, 700);
  auto* across = person().find<QSplitter>("acrossSplitter");
  across->setSizes({310, 690});
  const int treeWidth = across->sizes().first();
  person().key(Qt::Key_3, Qt::ControlModifier);
  QVERIFY(person().type("clientHostEdit", QStringLiteral("example.test")));
  QVERIFY(person().type("clientPortEdit", QStringLiteral("4321")));
  window_->close();

  window_ = std::make_unique<MainWindow>(bridge_.get());
  window_->remember(&settings);
  window_->show();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  QCOMPARE(window_->size(), QSize(1000, 700));
  QCOMPARE(person().find<QSplitter>("acrossSplitter")->sizes().first(), treeWidth);
  QCOMPARE(person().find<QTabWidget>("panelTabs")->currentIndex(), 2);
  QCOMPARE(person().find<QLineEdit>("clientHostEdit")->text(), QStringLiteral("example.test"));
  QCOMPARE(person().find<QLineEdit>("clientPortEdit")->text(), QStringLiteral("4321"));
  QVERIFY2(bridge_->snapshots().isEmpty(), "remembered inputs start nothing");
}

void TestMainWindow::survivesNonsenseInItsSettings() {
  QSettings settings(folder_->filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  window_->remember(&settings);
  window_->close();
  const auto keys = settings.allKeys();
  QVERIFY(keys.size() > 5);
  for (const QString& key : keys) settings.setValue(key, QByteArray("\xff\x00nonsense", 10));
  settings.setValue(QStringLiteral("window/theme"), QStringLiteral("plaid"));
  QCOMPARE(MainWindow::rememberedTheme(settings), theme::Mode::system);
  MainWindow second(bridge_.get());
  second.remember(&settings);
  second.show();
  QVERIFY(QTest::qWaitForWindowExposed(&second));
  second.close();
}

void TestMainWindow::inEachView(const std::function<void(const QString& view)>& look) const {
  const auto* panels = window_->findChild<QTabWidget*>(QStringLiteral("panelTabs"));
  for (int panel = 0; panel < panels->count(); ++panel) {
    person().key(static_cast<Qt::Key>(Qt::Key_1 + panel), Qt::ControlModifier);
    QCOMPARE(panels->currentIndex(), panel);
    auto* pages = panels->widget(panel)->findChild<QTabWidget*>(QStringLiteral("resolverPageTabs"));
    if (!pages) look(panels->tabText(panel));
    for (int page = 0; pages && page < pages->count(); ++page) {
      pages->setCurrentIndex(page);
      look(pages->tabText(page));
    }
  }
}

void TestMainWindow::fitsItsSmallestSize() {
  tryIt();
  inEachView([this](const QString& view) {
    window_->resize(900, 600);
    QCOMPARE(window_->size(), QSize(900, 600));
    const QSize least = window_->minimumSizeHint();
    QVERIFY2(least.width() <= 900 && least.height() <= 600,
             qPrintable(QStringLiteral("%1 needs %2x%3").arg(view).arg(least.width()).arg(least.height())));
  });
}

void TestMainWindow::thePanelHasTheGreaterPartBeforeTheTimeline() {
  const auto* welcome = window_->findChild<QWidget*>(QStringLiteral("welcomeView"));
  const auto* panels = window_->findChild<QWidget*>(QStringLiteral("panelTabs"));
  for (const QSize size : {QSize(900, 600), QSize(1280, 800)}) {
    window_->resize(size);
    QTRY_VERIFY(panels->height() > 2 * welcome->height());
    const auto* button = window_->findChild<QWidget*>(QStringLiteral("tryItButton"));
    QTRY_COMPARE(button->visibleRegion().boundingRect().size(), button->size());
  }
  const int before = panels->height();
  tryIt();
  QTRY_VERIFY2(panels->height() < before, "the timeline has its share");
}

void TestMainWindow::lowWindowKeepsTheComposerInSight() {
  tryIt();
  const auto* inspector = window_->findChild<QWidget*>(QStringLiteral("inspectorTabs"));
  QVERIFY(inspector->isVisible());
  window_->resize(900, 600);
  QTRY_VERIFY(!inspector->isVisible());
  for (const char* name : {"clientComposerEdit", "clientSendButton"}) {
    const auto* control = person().find(name);
    QVERIFY(control != nullptr);
    QTRY_VERIFY2(control->visibleRegion().boundingRect().height() > 20, name);
  }
  window_->resize(1280, 800);
  QTRY_VERIFY(inspector->isVisible());
  person().key(Qt::Key_F8);
  QVERIFY(!inspector->isVisible());
}

void TestMainWindow::callsKeepRowsInSight_data() {
  QTest::addColumn<QSize>("size");
  QTest::addColumn<int>("rows");
  QTest::newRow("in a window of the usual size") << QSize(1280, 800) << 8;
  QTest::newRow("in the smallest") << QSize(900, 600) << 5;
}

// An experiment's words are above, the timeline below.
void TestMainWindow::callsKeepRowsInSight() {
  QFETCH(QSize, size);
  QFETCH(int, rows);
  window_->resize(size);
  tryIt();
  auto* tabs = window_->findChild<QTabWidget*>(QStringLiteral("panelTabs"));
  for (int i = 0; i < tabs->count(); ++i)
    if (tabs->tabText(i) == QStringLiteral("Calls")) tabs->setCurrentIndex(i);
  auto* experiments = person().find<QComboBox>("callsExperimentBox");
  QVERIFY(experiments != nullptr);
  emit experiments->activated(experiments->findText(QStringLiteral("Half-close")));
  const auto* words = window_->findChild<QWidget*>(QStringLiteral("callsMessage"));
  QTRY_VERIFY(words->accessibleName().contains(QStringLiteral("What happened here")));
  const auto* table = person().find<QTableView>("callsTable");
  QVERIFY(table != nullptr);
  QTRY_VERIFY2(table->viewport()->height() >= rows * table->rowHeight(0),
               qPrintable(QStringLiteral("%1 pixels for rows of %2")
                              .arg(table->viewport()->height())
                              .arg(table->rowHeight(0))));
  for (const char* name : {"callsRunButton", "callsInterruptButton", "callsLineEdit", "trafficTable"}) {
    const QWidget* control = person().find(name);
    QVERIFY2(control != nullptr, name);
    QTRY_COMPARE(control->visibleRegion().boundingRect().size(), control->size());
  }
}

void TestMainWindow::everyControlSaysWhatItIs() {
  tryIt();
  QStringList silent;
  inEachView([&](const QString&) {
    for (const QWidget* widget : window_->findChildren<QWidget*>()) {
      const bool isControl =
          qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) ||
          qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QPlainTextEdit*>(widget) ||
          qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QAbstractItemView*>(widget);
      const QWidget* parent = widget->parentWidget();
      // Parts of a control of Qt's own: the edit of a box, the header of a table, the scroll buttons of tabs.
      const bool isPart = widget->objectName().startsWith(QLatin1String("qt_")) ||
                          widget->inherits("QHeaderView") || widget->inherits("QTableCornerButton") ||
                          qobject_cast<const QComboBox*>(parent) ||
                          qobject_cast<const QAbstractSpinBox*>(parent) ||
                          (parent != nullptr && parent->inherits("QTabBar")) ||
                          (parent != nullptr && parent->inherits("QComboBoxPrivateContainer")) ||
                          (parent != nullptr && parent->inherits("QAbstractItemView"));
      if (!isControl || isPart || !widget->isVisible()) continue;
      if (widget->objectName().isEmpty() || widget->accessibleName().isEmpty()) {
        silent.append(QString::fromLatin1(widget->metaObject()->className()) + QLatin1String(" '") +
                      widget->objectName() + QLatin1String("' in ") +
                      (parent != nullptr ? parent->objectName() : QString()));
      }
    }
  });
  silent.removeDuplicates();
  QVERIFY2(silent.isEmpty(), qPrintable(silent.join(QLatin1String("; "))));
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
