// Help: its pages, its search, its way back, and the diagram of a session.
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <set>

#include "core/calls/call_registry.h"
#include "core/calls/script/call_desk.h"
#include "core/calls/script/call_script.h"
#include "panel_probe.h"
#include "ui/bridge/core_types.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/panels/help/call_pages.h"
#include "ui/panels/help/help_browser.h"
#include "ui/panels/help/help_window.h"
#include "ui/panels/help/session_diagram.h"
#include "ui/panels/help/state_picture.h"
#include "ui/widgets/ladder_view.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

constexpr int kPatience = 20000;

struct Desk {
  EngineBridge bridge;
  HelpWindow help{&bridge};
  HelpBrowser* view = find<HelpBrowser>("helpView");
  QTreeWidget* contents = find<QTreeWidget>("helpContentsTree");
  QListWidget* hits = find<QListWidget>("helpHitsList");
  QLineEdit* search = find<QLineEdit>("helpSearchEdit");
  QToolButton* back = find<QToolButton>("helpBackButton");
  QToolButton* forward = find<QToolButton>("helpForwardButton");
  SessionDiagram* diagram = find<SessionDiagram>("helpDiagram");
  QLabel* diagramLabel = find<QLabel>("helpDiagramLabel");

  Desk() { showActive(help, {1000, 720}); }

  template <class T>
  T* find(const char* name) {
    return help.findChild<T*>(QString::fromLatin1(name));
  }
  QString text() const { return view->toPlainText(); }
  QStringList found() const {
    QStringList pages;
    for (int row = 0; row < hits->count(); ++row) pages += hits->item(row)->data(Qt::UserRole).toString();
    return pages;
  }
};

QStringList linksOf(const QString& html) {
  QStringList links;
  static const QRegularExpression link(QStringLiteral("<a href=\"([^\"]*)\""));
  for (auto match = link.globalMatch(html); match.hasNext();) links += match.next().captured(1);
  return links;
}

}  // namespace

class TestHelpWindow : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void everyPageHasATitleAndSaysSomething();
  void everyLinkLeadsSomewhere();
  void everyPageIsReachedByLinksFromTheFirst();
  void everyPageIsInTheContents();
  void everyCallHasItsPage();
  void everyExampleIsACallOfItsName();
  void theFirstScriptRuns();
  void everyErrorOfACallStandsInTheTable();
  void saysTheRangeOfThisSystem();
  void searches_data();
  void searches();
  void aFoundPageIsShown();
  void goesBackAndForward();
  void anUnknownPageIsTheFirst();
  void loadsNothingFromOutside();
  void drawsTheStates();
  void drawsAnExampleWithoutASession();
  void drawsASessionAsItGoesOn();
  void followsTheTheme();
  void remembersItsPlace();
  void escapeClearsThenCloses();
};

void TestHelpWindow::initTestCase() {
  theme::apply(*qApp, theme::Mode::light);
}

void TestHelpWindow::everyPageHasATitleAndSaysSomething() {
  const HelpLibrary library;
  std::set<QString> titles;
  for (const HelpPage& page : library.pages()) {
    const QString html = library.html(page.id);
    QVERIFY2(!page.title.isEmpty() && !page.chapter.isEmpty(), qPrintable(page.id));
    QVERIFY2(html.startsWith(QStringLiteral("<h1>")) && html.size() > 200, qPrintable(page.id));
    QVERIFY2(!html.contains(QLatin1Char('@') + QStringLiteral("CALL")), qPrintable(page.id));
    QVERIFY2(titles.insert(page.title).second, qPrintable(page.title));
  }
  QVERIFY(library.pages().size() > 60);
}

void TestHelpWindow::everyLinkLeadsSomewhere() {
  const HelpLibrary library;
  for (const HelpPage& page : library.pages()) {
    for (const QString& link : linksOf(library.html(page.id))) {
      const QByteArray where = (page.id + QStringLiteral(" -> ") + link).toUtf8();
      QVERIFY2(link.startsWith(QStringLiteral("help:")), where);
      const QString id = link.mid(5).section(QLatin1Char('#'), 0, 0);
      const QString anchor = link.section(QLatin1Char('#'), 1);
      QVERIFY2(library.find(id) != nullptr, where);
      QVERIFY2(anchor.isEmpty() || library.html(id).contains(QStringLiteral("<a name=\"%1\">").arg(anchor)),
               where);
    }
  }
}

void TestHelpWindow::everyPageIsReachedByLinksFromTheFirst() {
  const HelpLibrary library;
  std::set<QString> reached{QStringLiteral("index")};
  QStringList waiting{QStringLiteral("index")};
  while (!waiting.isEmpty()) {
    for (const QString& link : linksOf(library.html(waiting.takeFirst()))) {
      const QString id = link.mid(5).section(QLatin1Char('#'), 0, 0);
      if (reached.insert(id).second) waiting += id;
    }
  }
  for (const HelpPage& page : library.pages()) QVERIFY2(reached.contains(page.id), qPrintable(page.id));
}

void TestHelpWindow::everyPageIsInTheContents() {
  Desk desk;
  std::set<QString> listed;
  for (QTreeWidgetItemIterator item(desk.contents); *item; ++item)
    listed.insert((*item)->data(0, Qt::UserRole).toString());
  for (const HelpPage& page : desk.help.library().pages())
    QVERIFY2(listed.contains(page.id), qPrintable(page.id));
}

void TestHelpWindow::everyCallHasItsPage() {
  const HelpLibrary library;
  for (const CallInfo& call : callRegistry()) {
    const QString html = library.html(callPageId(call));
    const QByteArray name(call.name.data(), qsizetype(call.name.size()));
    QVERIFY2(html.contains(toQString(call.summary).toHtmlEscaped()), name);
    QVERIFY2(html.contains(toQString(call.manPage).toHtmlEscaped()), name);
    for (const CallParameter& parameter : call.parameters)
      QVERIFY2(html.contains(toQString(parameter.meaning).toHtmlEscaped()), name);
    for (const CallErrorNote& note : call.errors)
      QVERIFY2(html.contains(toQString(note.meaning).toHtmlEscaped()), name);
  }
}

void TestHelpWindow::everyExampleIsACallOfItsName() {
  for (const CallInfo& call : callRegistry()) {
    const std::string example = callExample(call).toStdString();
    const auto script = parseCallScript(example);
    QVERIFY2(script, example.c_str());
    QVERIFY2(!script->empty() && script->back().name == call.name, example.c_str());
    const bool hasProgram = callPage(callPageId(call)).contains(QStringLiteral("int main(void)"));
    QVERIFY2(hasProgram == scriptAsC(*script).leftOut.empty(), example.c_str());
  }
}

void TestHelpWindow::theFirstScriptRuns() {
  const QString html = HelpLibrary().html(QStringLiteral("calls"));
  const QString text = html.section(QStringLiteral("<pre>"), 1, 1).section(QStringLiteral("</pre>"), 0, 0);
  const Result<CallScript> script = parseCallScript(text.toStdString());
  QVERIFY2(script.has_value(), script ? "" : script.error().line().c_str());
  QVERIFY(script->size() > 5);
  CallDesk desk;
  for (const CallLine& line : *script) {
    const Result<CallOutcome> outcome = desk.run(line);
    QVERIFY2(outcome && outcome->result, line.text.c_str());
  }
  QCOMPARE(desk.variables().back().value, CallValue(toBytes(std::string_view("hello\0", 6))));
}

void TestHelpWindow::everyErrorOfACallStandsInTheTable() {
  const QString table = HelpLibrary().html(QStringLiteral("errors"));
  for (const CallInfo& call : callRegistry())
    for (const CallErrorNote& note : call.errors)
      QVERIFY2(table.contains(QStringLiteral("<a name=\"%1\">").arg(toQString(note.symbol))),
               std::string(note.symbol).c_str());
}

void TestHelpWindow::saysTheRangeOfThisSystem() {
  QFile file(QStringLiteral("/proc/sys/net/ipv4/ip_local_port_range"));
  if (!file.open(QIODevice::ReadOnly)) QSKIP("this system does not tell its range");
  const QString first = QString::fromLatin1(file.readAll()).simplified().section(QLatin1Char(' '), 0, 0);
  const QString html = HelpLibrary().html(QStringLiteral("ports"));
  QVERIFY(html.contains(QStringLiteral("<b>") + first + QStringLiteral(" to ")));
}

void TestHelpWindow::searches_data() {
  QTest::addColumn<QString>("words");
  QTest::addColumn<QString>("first");  // empty: nothing is found
  const auto row = [](const char* name, const char* words, const char* first) {
    QTest::newRow(name) << QString::fromUtf8(words) << QString::fromLatin1(first);
  };
  row("a word of a title", "layers", "layers");
  row("whatever its case", "LAYERS", "layers");
  row("a call", "recvfrom_into", "call-recvfrom_into");
  row("an underscore for a dash", "fin_wait_2", "tcp-states");
  row("two words, both needed", "cidr classes", "addresses");
  row("an error", "EADDRNOTAVAIL", "ports");
  row("nobody has it", "xyzzy", "");
  row("marks are not text", "<p>", "");
  row("programs are not looked through", "SIGPIPE", "");
  row("no words", "   ", "");
}

void TestHelpWindow::searches() {
  QFETCH(QString, words);
  QFETCH(QString, first);
  const QList<HelpHit> hits = HelpLibrary().search(words);
  QCOMPARE(hits.isEmpty(), first.isEmpty());
  if (first.isEmpty()) return;
  QCOMPARE(hits.first().page, first);
  QVERIFY(!hits.first().excerpt.isEmpty());
}

void TestHelpWindow::aFoundPageIsShown() {
  Desk desk;
  QTest::keyClicks(desk.search, QStringLiteral("half-close"));
  QVERIFY(desk.hits->isVisible() && !desk.contents->isVisible());
  const qsizetype at = desk.found().indexOf(QStringLiteral("tcp-handshake"));
  QVERIFY(at >= 0);
  desk.hits->setCurrentRow(static_cast<int>(at));
  QCOMPARE(desk.help.page(), QStringLiteral("tcp-handshake"));
  QVERIFY(desk.text().contains(QStringLiteral("half-close")));
  desk.search->setText(QStringLiteral("<img src=x> & nothing"));
  QCOMPARE(desk.found(), QStringList{QString()});
  desk.search->clear();
  QVERIFY(desk.contents->isVisible());
}

void TestHelpWindow::goesBackAndForward() {
  Desk desk;
  QVERIFY(!desk.back->isEnabled());
  desk.help.showPage(QStringLiteral("ports"));
  desk.help.showPage(QStringLiteral("errors#EPERM"));
  QVERIFY(desk.view->verticalScrollBar()->value() > 0);
  desk.back->click();
  QCOMPARE(desk.help.page(), QStringLiteral("ports"));
  QCOMPARE(desk.contents->currentItem()->data(0, Qt::UserRole).toString(), QStringLiteral("ports"));
  desk.back->click();
  QCOMPARE(desk.help.page(), QStringLiteral("index"));
  desk.forward->click();
  QCOMPARE(desk.help.page(), QStringLiteral("ports"));
  desk.help.showPage(QStringLiteral("layers"));
  QVERIFY(!desk.forward->isEnabled());
}

void TestHelpWindow::anUnknownPageIsTheFirst() {
  Desk desk;
  desk.help.showPage(QStringLiteral("layers"));
  desk.help.showPage(QStringLiteral("../../etc/passwd"));
  QCOMPARE(desk.help.page(), QStringLiteral("index"));
}

void TestHelpWindow::loadsNothingFromOutside() {
  Desk desk;
  for (const char* name : {"file:///etc/passwd", "http://127.0.0.1:9/x.png", ":/sockbench/icons/add.svg"})
    QVERIFY(
        !desk.view->loadResource(QTextDocument::ImageResource, QUrl(QString::fromLatin1(name))).isValid());
  emit desk.view->anchorClicked(QUrl(QStringLiteral("https://www.example.org/")));
  QCOMPARE(desk.help.page(), QStringLiteral("index"));
}

void TestHelpWindow::drawsTheStates() {
  Desk desk;
  const QUrl name(QStringLiteral("help-image:tcp-states"));
  const auto image = desk.view->loadResource(QTextDocument::ImageResource, name).value<QImage>();
  QVERIFY(!image.isNull());
  const QFont font = desk.help.font();
  QCOMPARE(tcpStatesPicture(font, 700, 2).width(), 2 * tcpStatesPicture(font, 700, 1).width());
  QCOMPARE(tcpStatesPicture(font, 500, 1).width(), 500);
  QCOMPARE(tcpStatesPicture(font, 5000, 1).width(), 700);
  desk.help.showPage(QStringLiteral("tcp-states"));
  desk.help.resize(800, 600);
  QTRY_COMPARE(desk.view->horizontalScrollBar()->maximum(), 0);
}

void TestHelpWindow::drawsAnExampleWithoutASession() {
  Desk desk;
  QVERIFY(!desk.diagram->isVisible());
  desk.help.showPage(QStringLiteral("tcp-handshake"));
  QVERIFY(desk.diagram->isVisible());
  QVERIFY(desk.diagramLabel->text().startsWith(QStringLiteral("An example")));
  QVERIFY(desk.diagram->findChild<LadderView*>()->ladder().isSample);
  desk.help.showPage(QStringLiteral("ports"));
  QVERIFY(!desk.diagram->isVisible());
}

void TestHelpWindow::drawsASessionAsItGoesOn() {
  Desk desk;
  desk.help.showPage(QStringLiteral("tcp-states"));
  ListenSpec listen;
  listen.endpoint = *Endpoint::parse("tcp://127.0.0.1:0");
  listen.rules.responder = Responder::echo;
  const SessionId server = desk.bridge.listen(listen);
  QTRY_VERIFY_WITH_TIMEOUT(desk.bridge.snapshot(server)->local.port() != 0, kPatience);
  ConnectSpec connect;
  connect.endpoint =
      *Endpoint::parse("tcp://127.0.0.1:" + std::to_string(desk.bridge.snapshot(server)->local.port()));
  const SessionId client = desk.bridge.connectTo(connect);
  desk.help.setSession(client);
  const auto* ladder = desk.diagram->findChild<LadderView*>();
  const auto says = [&](const char* words) {
    return !ladder->ladder().isSample && ladderText(ladder->ladder()).contains(QString::fromLatin1(words));
  };
  QTRY_VERIFY_WITH_TIMEOUT(says("connected") && says("SYN to the peer"), kPatience);
  QCOMPARE(desk.diagram->drawn(), client);
  // The other end is ours, too.
  QTRY_VERIFY_WITH_TIMEOUT(says("peer: accepted"), kPatience);
  QVERIFY(!desk.bridge.send(client, Bytes(6, std::byte{'x'})));
  QTRY_VERIFY_WITH_TIMEOUT(says("send 6 B to the peer") && says("recv 6 B from the peer"), kPatience);
  desk.bridge.close(client);
  QTRY_VERIFY_WITH_TIMEOUT(says("closed by us") && says("FIN to the peer"), kPatience);
  QVERIFY(!desk.help.grab().toImage().isNull());
  // Of a listener, its newest session.
  desk.help.setSession(server);
  QTRY_VERIFY_WITH_TIMEOUT(says("accepted"), kPatience);
  QVERIFY(desk.diagram->drawn() != server);
}

void TestHelpWindow::followsTheTheme() {
  Desk desk;
  desk.help.showPage(QStringLiteral("layers"));
  const auto style = [&] { return desk.view->document()->defaultStyleSheet(); };
  const QString light = style();
  theme::apply(*qApp, theme::Mode::dark);
  QVERIFY(style() != light);
  QVERIFY(desk.text().contains(QStringLiteral("The layers")));
  theme::apply(*qApp, theme::Mode::light);
  QCOMPARE(style(), light);
}

void TestHelpWindow::remembersItsPlace() {
  QTemporaryDir folder;
  QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
  Desk().help.saveState(settings);
  QVERIFY(settings.contains(QStringLiteral("geometry")));
  Desk desk;
  desk.help.restoreState(settings);
}

void TestHelpWindow::escapeClearsThenCloses() {
  Desk desk;
  desk.search->setText(QStringLiteral("tcp"));
  QTest::keyClick(&desk.help, Qt::Key_Escape);
  QCOMPARE(desk.search->text(), QString());
  QVERIFY(desk.help.isVisible());
  QTest::keyClick(&desk.help, Qt::Key_Escape);
  QVERIFY(!desk.help.isVisible());
}

QTEST_MAIN(TestHelpWindow)
#include "tst_help_window.moc"
