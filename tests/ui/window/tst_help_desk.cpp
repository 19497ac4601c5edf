// F1 opens the page about what has the focus; so does the "?" beside a thing.
#include <QLineEdit>
#include <QPointer>
#include <QTabWidget>
#include <QToolButton>

#include "tests/ui/window/window_driver.h"
#include "ui/panels/calls/call_form.h"
#include "ui/panels/help/help_window.h"
#include "ui/panels/help/session_diagram.h"
#include "ui/widgets/help_page.h"
#include "ui/window/help_desk.h"
#include "ui/window/panel_tabs.h"

using namespace sockbench;
using namespace sockbench::ui;

class TestHelpDesk : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { theme::apply(*qApp, theme::Mode::light); }
  void init();
  void cleanup();

  void f1OpensThePageOfWhatHasTheFocus_data();
  void f1OpensThePageOfWhatHasTheFocus();
  void theCallsPanelLeadsToThePageOfItsCall();
  void everyPanelHasAPage();
  void everyPageThatIsAskedForIsThere();
  void theQuestionMarkOpensItsPage_data();
  void theQuestionMarkOpensItsPage();
  void anErrorLeadsToItsPlaceInTheTable();
  void theMenuOpensTheBeginning();
  void theChosenSessionIsDrawn();
  void aClosedWindowTakesHelpWithIt();

 private:
  WindowDriver person() const { return WindowDriver(window_.get()); }
  QString page() const { return window_->help()->window() ? window_->help()->window()->page() : QString(); }

  std::unique_ptr<EngineBridge> bridge_;
  std::unique_ptr<MainWindow> window_;
};

void TestHelpDesk::init() {
  bridge_ = std::make_unique<EngineBridge>();
  window_ = std::make_unique<MainWindow>(bridge_.get());
  window_->show();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
}

void TestHelpDesk::cleanup() {
  window_.reset();
  bridge_.reset();
}

void TestHelpDesk::f1OpensThePageOfWhatHasTheFocus_data() {
  QTest::addColumn<QString>("panel");
  QTest::addColumn<QString>("widget");
  QTest::addColumn<QString>("page");
  const auto row = [](const char* panel, const char* widget, const char* page) {
    QTest::newRow(widget) << QString::fromLatin1(panel) << QString::fromLatin1(widget)
                          << QString::fromLatin1(page);
  };
  row("resolverPanel", "resolverHostEdit", "names");
  row("serverPanel", "serverBacklogSpin", "server");
  row("serverPanel", "serverPortEdit", "ports");
  row("serverPanel", "serverAddressEdit", "addresses");
  row("serverPanel", "serverTransportBox", "tcp-udp");
  row("clientPanel", "clientHostEdit", "addresses");
  row("clientPanel", "clientPortEdit", "ports");
  row("clientPanel", "clientComposerEdit", "framing");
  row("clientPanel", "clientConnectButton", "client");
  row("portsPanel", "portsFilterEdit", "ports");
  row("capabilitiesPanel", "capabilitiesFilterEdit", "capabilities");
  row("resolverPanel", "sessionTree", "tcp-states");
  row("resolverPanel", "libraryTree", "library");
}

void TestHelpDesk::f1OpensThePageOfWhatHasTheFocus() {
  QFETCH(QString, panel);
  QFETCH(QString, widget);
  auto* tabs = window_->panels();
  tabs->setCurrentWidget(tabs->findChild<QWidget*>(panel));
  QWidget* focus = person().find(widget.toLatin1().constData());
  QVERIFY(focus != nullptr);
  focus->setEnabled(true);
  focus->setFocus();
  QTest::keyClick(focus, Qt::Key_F1);
  QTEST(page(), "page");
  QVERIFY(window_->help()->window()->isVisible());
}

void TestHelpDesk::theCallsPanelLeadsToThePageOfItsCall() {
  window_->panels()->setCurrentWidget(window_->panels()->findChild<QWidget*>(QStringLiteral("callsPanel")));
  auto* form = window_->findChild<CallForm*>();
  QVERIFY(form != nullptr);
  for (const char* name : {"recvfrom_into", "setsockopt"}) {
    form->setCall(findCall(CallTarget::socketMethod, name));
    QVERIFY(person().click("callsHelpButton"));
    QCOMPARE(page(), QStringLiteral("call-") + QString::fromLatin1(name));
    window_->help()->open({});
    person().find("callsCallBox")->setFocus();
    window_->help()->openForFocus();
    QCOMPARE(page(), QStringLiteral("call-") + QString::fromLatin1(name));
  }
}

void TestHelpDesk::everyPanelHasAPage() {
  const auto* tabs = window_->panels();
  for (int i = 0; i < tabs->count(); ++i)
    QVERIFY2(!helpPageOf(tabs->widget(i)).isEmpty(), qPrintable(tabs->widget(i)->objectName()));
}

void TestHelpDesk::everyPageThatIsAskedForIsThere() {
  const HelpLibrary library;
  for (const QWidget* widget : window_->findChildren<QWidget*>()) {
    const QString wanted = helpPageOf(widget).section(QLatin1Char('#'), 0, 0);
    QVERIFY2(wanted.isEmpty() || library.find(wanted) != nullptr, qPrintable(wanted));
  }
  for (QWidget* button : window_->findChildren<HelpButton*>())
    QVERIFY2(!helpPageOf(button).isEmpty() || button->isHidden(), qPrintable(button->objectName()));
}

void TestHelpDesk::theQuestionMarkOpensItsPage_data() {
  QTest::addColumn<QString>("panel");
  QTest::addColumn<QString>("button");
  QTest::addColumn<QString>("page");
  QTest::newRow("states") << QStringLiteral("clientPanel") << QStringLiteral("stateHelpButton")
                          << QStringLiteral("tcp-states");
  QTest::newRow("ports") << QStringLiteral("portsPanel") << QStringLiteral("portsHelpButton")
                         << QStringLiteral("ports");
  QTest::newRow("kinds of socket") << QStringLiteral("capabilitiesPanel")
                                   << QStringLiteral("capabilitiesHelpButton")
                                   << QStringLiteral("capabilities");
}

void TestHelpDesk::theQuestionMarkOpensItsPage() {
  QFETCH(QString, panel);
  QFETCH(QString, button);
  auto* tabs = window_->panels();
  tabs->setCurrentWidget(tabs->findChild<QWidget*>(panel));
  QVERIFY(person().click(button.toLatin1().constData()));
  QTEST(page(), "page");
}

void TestHelpDesk::anErrorLeadsToItsPlaceInTheTable() {
  window_->panels()->setCurrentWidget(window_->panels()->findChild<QWidget*>(QStringLiteral("clientPanel")));
  QVERIFY(person().type("clientHostEdit", QStringLiteral("127.0.0.1")));
  QVERIFY(person().type("clientPortEdit", QStringLiteral("1")));
  person().key(Qt::Key_F5);
  QTRY_VERIFY_WITH_TIMEOUT(person().find("messageHelpButton") != nullptr, 20000);
  QVERIFY(person().click("messageHelpButton"));
  QCOMPARE(page(), QStringLiteral("errors"));
}

void TestHelpDesk::theMenuOpensTheBeginning() {
  window_->findChild<QAction*>(QStringLiteral("helpContentsAction"))->trigger();
  QCOMPARE(page(), QStringLiteral("index"));
}

void TestHelpDesk::theChosenSessionIsDrawn() {
  ListenSpec listen;
  listen.endpoint = *Endpoint::parse("tcp://127.0.0.1:0");
  const SessionId server = bridge_->listen(listen);
  QTRY_VERIFY_WITH_TIMEOUT(bridge_->snapshot(server)->local.port() != 0, 20000);
  ConnectSpec connect;
  connect.endpoint =
      *Endpoint::parse("tcp://127.0.0.1:" + std::to_string(bridge_->snapshot(server)->local.port()));
  const SessionId client = bridge_->connectTo(connect);
  QTRY_COMPARE_WITH_TIMEOUT(newest(*bridge_, SessionRole::client).state, SessionState::connected, 20000);
  emit window_->panels()->sessionSelected(client);
  window_->help()->open(QStringLiteral("tcp-handshake"));
  QCOMPARE(window_->help()->window()->findChild<SessionDiagram*>()->drawn(), client);
}

void TestHelpDesk::aClosedWindowTakesHelpWithIt() {
  window_->help()->open({});
  QPointer<QWidget> help = window_->help()->window();
  QVERIFY(!help->testAttribute(Qt::WA_QuitOnClose));
  window_.reset();
  QVERIFY(help.isNull());
}

QTEST_MAIN(TestHelpDesk)
#include "tst_help_desk.moc"
