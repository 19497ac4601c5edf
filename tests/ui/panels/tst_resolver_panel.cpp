#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "ui/bridge/engine_bridge.h"
#include "ui/panels/resolver/grouped_rows_model.h"
#include "ui/panels/resolver/lookup/lookup_page.h"
#include "ui/panels/resolver/resolver_panel.h"
#include "ui/panels/resolver/rows_table.h"
#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

struct Fixture {
  EngineBridge bridge;
  ResolverPanel panel{&bridge};
  QPlainTextEdit* hosts = find<QPlainTextEdit>("resolverHostEdit");
  QLineEdit* service = find<QLineEdit>("resolverServiceEdit");
  QComboBox* family = find<QComboBox>("resolverFamilyBox");
  QComboBox* type = find<QComboBox>("resolverTypeBox");
  QPushButton* lookup = find<QPushButton>("resolverLookupButton");
  QPushButton* cancel = find<QPushButton>("resolverCancelButton");
  QTableView* results = find<QTableView>("resolverResultsTable");
  QTableView* hostInfo = find<QTableView>("resolverHostInfoTable");
  QLabel* status = find<QLabel>("resolverStatusLabel");
  InlineMessage* message = find<InlineMessage>("resolverMessage");
  QTabWidget* side = find<QTabWidget>("resolverSideTabs");
  QTabWidget* pages = find<QTabWidget>("resolverPageTabs");
  QSignalSpy targets{&panel, &ResolverPanel::targetChosen};
  QSignalSpy servers{&panel, &ResolverPanel::serveHereRequested};

  Fixture() {
    panel.resize(1000, 500);
    panel.show();
    panel.focusFirst();
  }
  template <class T>
  T* find(const char* name) const {
    T* found = panel.findChild<T*>(QLatin1String(name));
    if (!found) qFatal("no %s", name);
    return found;
  }
  // Types as a person does, a host a line.
  void type_(const QString& text) const {
    for (const QChar c : text) {
      if (c == QLatin1Char('\n'))
        QTest::keyClick(hosts, Qt::Key_Return);
      else
        QTest::keyClick(hosts, c.toLatin1());
    }
  }
  void turnTo(const char* title) const {
    for (int i = 0; i < pages->count(); ++i)
      if (pages->tabText(i) == QLatin1String(title)) return pages->setCurrentIndex(i);
    qFatal("no page %s", title);
  }
  void choose(QComboBox* box, const char* text) const {
    const int index = box->findText(QLatin1String(text));
    QVERIFY(index >= 0);
    box->setCurrentIndex(index);
  }
  QString cell(const QTableView* table, int row, int column) const {
    return table->model()->index(row, column).data().toString();
  }
  QStringList column(const QTableView* table, int number) const {
    QStringList texts;
    for (int row = 0; row < table->model()->rowCount(); ++row) texts += cell(table, row, number);
    return texts;
  }
  bool done() const { return !cancel->isEnabled(); }
};

}  // namespace

class TestResolverPanel : public QObject {
  Q_OBJECT
 private slots:
  void looksUpAddresses_data() {
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("family");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("row");
    const auto row = [](const char* name, const char* host, const char* service, const char* family,
                        const char* type, const char* cells) {
      QTest::newRow(name) << QString::fromLatin1(host) << QString::fromLatin1(service)
                          << QString::fromLatin1(family) << QString::fromLatin1(type)
                          << QString::fromLatin1(cells).split(QLatin1Char('|'));
    };
    row("an IPv4 address and a port", "127.0.0.1", "9000", "any family", "SOCK_STREAM",
        "127.0.0.1|AF_INET|SOCK_STREAM|tcp|127.0.0.1|9000|127.0.0.1|loopback");
    row("an IPv6 address and a service", "::1", "domain", "any family", "SOCK_DGRAM",
        "::1|AF_INET6|SOCK_DGRAM|udp|::1|53|::1|loopback");
    row("a name in one family", "localhost", "80", "AF_INET", "SOCK_STREAM",
        "localhost|AF_INET|SOCK_STREAM|tcp|127.0.0.1|80|localhost|loopback");
    row("a short form of IPv4", "127.1", "", "any family", "SOCK_STREAM",
        "127.1|AF_INET|SOCK_STREAM|tcp|127.0.0.1|0|127.1|loopback");
  }
  void looksUpAddresses() {
    QFETCH(QString, host);
    QFETCH(QString, service);
    QFETCH(QString, family);
    QFETCH(QString, type);
    QFETCH(QStringList, row);
    Fixture f;
    const QAbstractItemModelTester tester(f.results->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    f.type_(host);
    QTest::keyClicks(f.service, service);
    f.family->setCurrentText(family);
    f.type->setCurrentText(type);
    QTest::mouseClick(f.lookup, Qt::LeftButton);
    QTRY_VERIFY(f.done());
    // Where /etc/hosts names localhost for ::1, too, glibc answers 127.0.0.1 twice in AF_INET.
    const int rows = f.results->model()->rowCount();
    QVERIFY2(rows == 1 || (rows == 2 && host == QLatin1String("localhost")),
             qPrintable(QString::number(rows)));
    for (int line = 0; line < rows; ++line) {
      QStringList shown;
      for (int column = 0; column < f.results->model()->columnCount(); ++column)
        shown += f.cell(f.results, line, column);
      QCOMPARE(shown, row);
    }
    QVERIFY(f.status->text().startsWith(QStringLiteral("%1 address").arg(rows)));
    QVERIFY(f.message->isHidden());
  }

  void anErrorOfOneHostLeavesTheOthersAlone() {
    Fixture f;
    const QAbstractItemModelTester first(f.results->model(),
                                         QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester second(f.hostInfo->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    f.type_(QStringLiteral("127.0.0.1\nbad host\n\nno-such-host.invalid\n::1"));
    f.type->setCurrentText(QStringLiteral("SOCK_STREAM"));
    QTest::keyClick(f.hosts, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(f.done());
    QCOMPARE(f.column(f.results, 0),
             QStringList({QStringLiteral("127.0.0.1"), QStringLiteral("bad host"),
                          QStringLiteral("no-such-host.invalid"), QStringLiteral("::1")}));
    QCOMPARE(f.cell(f.results, 0, 4), QStringLiteral("127.0.0.1"));
    QVERIFY(f.cell(f.results, 1, 1).startsWith(QStringLiteral("BAD_HOST")));
    QVERIFY(f.cell(f.results, 2, 1).startsWith(QStringLiteral("EAI_")));
    QVERIFY(f.results->model()->index(2, 1).data(GroupedRowsModel::kFaultRole).toBool());
    QCOMPARE(f.results->model()->index(2, 5).data(GroupedRowsModel::kWordsRole).toString(),
             f.cell(f.results, 2, 1));
    QVERIFY(f.results->model()->index(0, 5).data(GroupedRowsModel::kWordsRole).toString().isEmpty());
    QCOMPARE(f.cell(f.results, 3, 4), QStringLiteral("::1"));
    QVERIFY(f.status->text().contains(QStringLiteral("4 host")));
    QVERIFY(f.status->text().contains(QStringLiteral("2 failed")));
  }

  void resultsAreThereForOthers() {
    Fixture f;
    auto* page = f.find<LookupPage>("resolverLookupPage");
    QSignalSpy changes(page, &LookupPage::resultsChanged);
    f.type_(QStringLiteral("::1\nbad host\n127.0.0.1"));
    f.type->setCurrentText(QStringLiteral("SOCK_STREAM"));
    f.panel.act();
    QVERIFY(changes.size() >= 1);
    QTRY_VERIFY(f.done());
    const QList<LookedUpHost> results = page->results();
    QCOMPARE(results.size(), 3);
    QCOMPARE(results[0].host, QStringLiteral("::1"));
    QCOMPARE(results[0].outcome.answer->results.size(), std::size_t(1));
    QVERIFY(results[1].outcome.answer.error().isInput(InputFault::badHost));
    QCOMPARE(results[2].outcome.answer->results[0].address.ip(), std::string("127.0.0.1"));
  }

  void hostEntryStandsBeside() {
    Fixture f;
    f.type_(QStringLiteral("localhost"));
    f.panel.act();
    QTRY_VERIFY(f.done());
    QVERIFY(f.hostInfo->isVisible());
    QCOMPARE(f.cell(f.hostInfo, 0, 1), QStringLiteral("name"));
    QCOMPARE(f.cell(f.hostInfo, 0, 2), QStringLiteral("localhost"));
    const int last = f.hostInfo->model()->rowCount() - 1;
    QCOMPARE(f.cell(f.hostInfo, last, 1), QStringLiteral("address"));
    QCOMPARE(f.cell(f.hostInfo, last, 2), QStringLiteral("127.0.0.1"));
  }

  void badHostIsMarkedWhereItStands_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::newRow("a space") << QStringLiteral("ok\nbad host") << 6;
    QTest::newRow("a bad zone") << QStringLiteral("fe80::1%nozone9") << 8;
    QTest::newRow("indented") << QStringLiteral("  a b") << 3;
  }
  void badHostIsMarkedWhereItStands() {
    QFETCH(QString, text);
    QFETCH(int, position);
    Fixture f;
    f.type_(text);
    QCOMPARE(f.hosts->extraSelections().size(), 1);
    QCOMPARE(f.hosts->extraSelections().first().cursor.selectionStart(), position);
    QTest::keyClick(f.hosts, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(f.hosts, 'x');
    QVERIFY(f.hosts->extraSelections().isEmpty());
  }

  void badServiceIsShownWhereItStands_data() {
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("symbol");
    QTest::newRow("above 65535") << QStringLiteral("70000") << QStringLiteral("BAD_PORT");
    QTest::newRow("negative") << QStringLiteral("-1") << QStringLiteral("BAD_PORT");
  }
  void badServiceIsShownWhereItStands() {
    QFETCH(QString, service);
    QFETCH(QString, symbol);
    Fixture f;
    f.type_(QStringLiteral("localhost"));
    QTest::keyClicks(f.service, service);
    QVERIFY(f.service->property("invalid").toBool());
    QTest::keyClick(f.service, Qt::Key_Return);
    QVERIFY(f.message->isVisible());
    QVERIFY(f.message->text().contains(symbol));
    QCOMPARE(f.results->model()->rowCount(), 0);
    QTest::keyClick(f.service, Qt::Key_Backspace);
    QVERIFY(f.message->isHidden());
  }

  void unknownServiceIsAnErrorOfTheRow() {
    Fixture f;
    f.type_(QStringLiteral("127.0.0.1"));
    QTest::keyClicks(f.service, QStringLiteral("no-such-service"));
    f.panel.act();
    QTRY_VERIFY(f.done());
    QVERIFY(f.cell(f.results, 0, 1).startsWith(QStringLiteral("EAI_SERVICE")));
    QVERIFY(f.status->text().contains(QStringLiteral("EAI_SERVICE")));
    QVERIFY(f.message->isVisible());
    QVERIFY(f.message->text().contains(QStringLiteral("EAI_SERVICE")));
  }

  void noHostIsSaidInPlace() {
    Fixture f;
    QTest::mouseClick(f.lookup, Qt::LeftButton);
    QVERIFY(f.message->isVisible());
    QVERIFY(f.message->text().contains(QStringLiteral("BAD_HOST")));
    f.type_(QStringLiteral("x"));
    QVERIFY(f.message->isHidden());
  }

  void flagsAreThoseOfGetaddrinfo() {
    Fixture f;
    const QStringList names{QStringLiteral("passive"),     QStringLiteral("canonname"),
                            QStringLiteral("numerichost"), QStringLiteral("numericserv"),
                            QStringLiteral("addrconfig"),  QStringLiteral("v4mapped"),
                            QStringLiteral("all")};
    for (const QString& name : names) {
      auto* action = f.panel.findChild<QAction*>(QStringLiteral("resolverFlag_") + name);
      QVERIFY2(action && action->isCheckable(), qPrintable(name));
      QVERIFY(!action->toolTip().isEmpty());
    }
    f.find<QAction>("resolverFlag_numerichost")->trigger();
    QVERIFY(f.find<QPushButton>("resolverFlagsButton")->text().startsWith(QLatin1Char('2')));
    f.type_(QStringLiteral("localhost"));
    f.panel.act();
    QTRY_VERIFY(f.done());
    QVERIFY(f.cell(f.results, 0, 1).startsWith(QStringLiteral("EAI_NONAME")));
  }

  void passiveNullHostIsTheWildcard() {
    Fixture f;
    f.find<QAction>("resolverFlag_canonname")->trigger();
    f.find<QAction>("resolverFlag_passive")->trigger();
    f.family->setCurrentText(QStringLiteral("AF_INET"));
    f.type->setCurrentText(QStringLiteral("SOCK_STREAM"));
    QTest::keyClicks(f.service, QStringLiteral("8080"));
    f.type_(QStringLiteral("*"));
    f.panel.act();
    QTRY_VERIFY(f.done());
    QCOMPARE(f.cell(f.results, 0, 4), QStringLiteral("0.0.0.0"));
    QCOMPARE(f.hostInfo->model()->rowCount(), 0);
  }

  void doubleClickChoosesATarget() {
    Fixture f;
    f.type_(QStringLiteral("::1"));
    f.type->setCurrentText(QStringLiteral("SOCK_DGRAM"));
    QTest::keyClicks(f.service, QStringLiteral("5353"));
    f.panel.act();
    QTRY_VERIFY(f.done());
    const QPoint place = f.results->visualRect(f.results->model()->index(0, 4)).center();
    QTest::mouseClick(f.results->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(f.results->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(f.targets.size(), 1);
    QCOMPARE(f.targets.first().first().value<Endpoint>().text(), std::string("udp://[::1]:5353"));
    QTest::keyClick(f.results, Qt::Key_Return);
    QCOMPARE(f.targets.size(), 2);
  }

  void contextMenuConnectsServesAndLooksUp() {
    Fixture f;
    f.type_(QStringLiteral("127.0.0.1"));
    f.type->setCurrentText(QStringLiteral("SOCK_STREAM"));
    QTest::keyClicks(f.service, QStringLiteral("9000"));
    f.panel.act();
    QTRY_VERIFY(f.done());
    QMenu menu;
    auto* table = f.find<RowsTable>("resolverResultsTable");
    emit table->menuWanted(&menu);
    QVERIFY(!menu.actions().at(0)->isEnabled());  // nothing is selected
    table->selectRow(0);
    menu.clear();
    emit table->menuWanted(&menu);
    menu.actions().at(0)->trigger();
    QCOMPARE(f.targets.first().first().value<Endpoint>().text(), std::string("tcp://127.0.0.1:9000"));
    menu.actions().at(1)->trigger();
    QCOMPARE(f.servers.first().first().value<Endpoint>().text(), std::string("tcp://127.0.0.1:9000"));
    menu.actions().at(2)->trigger();
    QTRY_COMPARE(f.cell(f.find<QTableView>("resolverReverseTable"), 0, 0), QStringLiteral("127.0.0.1:9000"));
  }

  void severalFlagsAreSetInOneOpeningOfTheMenu() {
    Fixture f;
    auto* menu = f.find<QMenu>("resolverFlagsMenu");
    menu->popup(f.panel.mapToGlobal(QPoint(10, 10)));
    for (const char* name : {"resolverFlag_passive", "resolverFlag_all"}) {
      auto* action = f.find<QAction>(name);
      QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
      QVERIFY(action->isChecked());
      QVERIFY(menu->isVisible());
    }
    menu->setActiveAction(f.find<QAction>("resolverFlag_all"));
    QTest::keyClick(menu, Qt::Key_Space);
    QVERIFY(!f.find<QAction>("resolverFlag_all")->isChecked());
    menu->close();
  }

  void namesOfSelectedAddresses() {
    Fixture f;
    f.type_(QStringLiteral("127.0.0.1"));
    f.panel.act();
    QTRY_VERIFY(f.done());
    auto* button = f.find<QPushButton>("resolverReverseButton");
    f.side->setCurrentIndex(1);
    QVERIFY(!button->isEnabled());
    f.results->selectRow(0);
    QVERIFY(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    auto* names = f.find<QTableView>("resolverReverseTable");
    QTRY_COMPARE(f.cell(names, 0, 1), QStringLiteral("localhost"));
  }

  void servicesAreSearched() {
    Fixture f;
    f.turnTo("Services");
    auto* table = f.find<QTableView>("resolverServiceTable");
    QTRY_VERIFY(table->model()->rowCount() > 50);
    auto* edit = f.find<QLineEdit>("resolverServiceNameEdit");
    auto* answer = f.find<QLabel>("resolverServiceAnswerLabel");
    QTest::keyClicks(edit, QStringLiteral("ssh"));
    QTRY_COMPARE(answer->text(), QStringLiteral("ssh is port 22 of tcp · well-known (0-1023)"));
    QCOMPARE(f.cell(table, 0, 0), QStringLiteral("ssh"));
    QCOMPARE(f.cell(table, 0, 3), QStringLiteral("well-known (0-1023)"));
    QVERIFY(table->model()->rowCount() < 20);
    edit->clear();
    QTest::keyClicks(edit, QStringLiteral("53"));
    QTRY_VERIFY(answer->text().startsWith(QStringLiteral("domain is port 53")));
    f.choose(f.find<QComboBox>("resolverServiceProtocolBox"), "udp");
    QTRY_COMPARE(answer->text(), QStringLiteral("domain is port 53 of udp · well-known (0-1023)"));
    QCOMPARE(f.cell(table, 0, 1), QStringLiteral("53"));  // before 530 and 5353
    QTest::keyClicks(edit, QStringLiteral("x"));
    QTRY_VERIFY(answer->text().startsWith(QStringLiteral("UNKNOWN_NAME")));
  }

  void theBestMatchComesFirst_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("first");
    QTest::newRow("by number, before those that hold it") << "80"
                                                          << "http";
    QTest::newRow("by name, before those that begin with it") << "smtp"
                                                              << "smtp";
    QTest::newRow("by an alias") << "mail"
                                 << "smtp";
    QTest::newRow("in any case") << "DOMAIN"
                                 << "domain";
  }
  void theBestMatchComesFirst() {
    QFETCH(QString, typed);
    Fixture f;
    f.turnTo("Services");
    auto* table = f.find<QTableView>("resolverServiceTable");
    const QAbstractItemModelTester tester(table->model());
    QTRY_VERIFY(table->model()->rowCount() > 50);
    const QString whole = f.column(table, 0).join(QLatin1Char(' '));
    QTest::keyClicks(f.find<QLineEdit>("resolverServiceNameEdit"), typed);
    QTEST(f.cell(table, 0, 0), "first");
    f.find<QLineEdit>("resolverServiceNameEdit")->clear();
    QCOMPARE(f.column(table, 0).join(QLatin1Char(' ')), whole);  // in the file's order again
  }

  void anUnknownPortIsToldWithItsRange_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("end");
    QTest::newRow("a port for nobody") << "50001"
                                       << "dynamic (49152-65535)";
    QTest::newRow("a port for anybody") << "40001"
                                        << "registered (1024-49151)";
    QTest::newRow("beyond the last port") << "65536"
                                          << "ports end at 65535";
  }
  void anUnknownPortIsToldWithItsRange() {
    QFETCH(QString, typed);
    QFETCH(QString, end);
    Fixture f;
    f.turnTo("Services");
    QTest::keyClicks(f.find<QLineEdit>("resolverServiceNameEdit"), typed);
    auto* answer = f.find<QLabel>("resolverServiceAnswerLabel");
    QTRY_VERIFY(answer->text().startsWith(QStringLiteral("UNKNOWN_NAME")));
    QVERIFY2(answer->text().endsWith(end), qPrintable(answer->text()));
  }

  void protocolsAreSearched_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("words");
    QTest::newRow("by name") << QStringLiteral("udp") << QStringLiteral("udp is protocol number 17");
    QTest::newRow("by number") << QStringLiteral("6") << QStringLiteral("tcp is protocol number 6");
    QTest::newRow("by keyword") << QStringLiteral("ICMP") << QStringLiteral("icmp is protocol number 1");
  }
  void protocolsAreSearched() {
    QFETCH(QString, typed);
    QFETCH(QString, words);
    Fixture f;
    f.turnTo("Protocols");
    QTest::keyClicks(f.find<QLineEdit>("resolverProtocolNameEdit"), typed);
    QTRY_COMPARE(f.find<QLabel>("resolverProtocolAnswerLabel")->text(), words);
  }

  void thisMachineIsShown() {
    Fixture f;
    f.turnTo("Interfaces");
    auto* table = f.find<QTableView>("resolverInterfacesTable");
    QTRY_VERIFY(f.column(table, 2).contains(QStringLiteral("127.0.0.1/8")));
    const Result<std::string> name = getHostName();
    QVERIFY(f.find<QLabel>("resolverHostnameLabel")->text().contains(toQString(*name)));
  }

  void cancelEndsWhatIsUnderWay() {
    Fixture f;
    QString many;
    for (int i = 0; i < 200; ++i) many += QStringLiteral("host-%1.invalid\n").arg(i);
    f.hosts->setPlainText(many);
    f.panel.act();
    QVERIFY(!f.done());
    f.panel.cancel();
    QTRY_VERIFY(f.done());
    QVERIFY(f.status->text().startsWith(QStringLiteral("Cancelled")));
    QCOMPARE(f.results->model()->rowCount(), 200);
    QVERIFY(f.cell(f.results, 199, 1).startsWith(QStringLiteral("E")));
  }

  void stateIsRemembered() {
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    {
      Fixture f;
      f.type_(QStringLiteral("a\nb"));
      QTest::keyClicks(f.service, QStringLiteral("http"));
      f.family->setCurrentText(QStringLiteral("AF_INET6"));
      f.find<QAction>("resolverFlag_all")->trigger();
      f.panel.saveState(settings);
    }
    Fixture f;
    f.panel.restoreState(settings);
    QCOMPARE(f.hosts->toPlainText(), QStringLiteral("a\nb"));
    QCOMPARE(f.service->text(), QStringLiteral("http"));
    QCOMPARE(f.family->currentText(), QStringLiteral("AF_INET6"));
    QVERIFY(f.find<QAction>("resolverFlag_all")->isChecked());
  }

  void thePageInFrontAndItsInputsAreRemembered() {
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    {
      Fixture f;
      f.turnTo("Protocols");
      QTest::keyClicks(f.find<QLineEdit>("resolverProtocolNameEdit"), QStringLiteral("udp"));
      f.panel.saveState(settings);
    }
    Fixture f;
    QVERIFY2(!f.panel.findChild<QLineEdit*>(QStringLiteral("resolverProtocolNameEdit")),
             "made when it is needed");
    f.panel.restoreState(settings);
    QCOMPARE(f.pages->tabText(f.pages->currentIndex()), QStringLiteral("Protocols"));
    QCOMPARE(f.find<QLineEdit>("resolverProtocolNameEdit")->text(), QStringLiteral("udp"));
  }

  void everyControlHasANameForAssistiveTools() {
    Fixture f;
    for (int i = 0; i < f.pages->count(); ++i) f.pages->setCurrentIndex(i);
    for (const QWidget* widget : f.panel.findChildren<QWidget*>()) {
      const QString name = widget->objectName();
      if (!name.startsWith(QStringLiteral("resolver")) || qobject_cast<const QLabel*>(widget)) continue;
      if (widget->focusPolicy() == Qt::NoFocus || name.endsWith(QStringLiteral("Menu"))) continue;
      QVERIFY2(!widget->accessibleName().isEmpty() || qobject_cast<const QTabWidget*>(widget),
               qPrintable(name));
    }
  }
};

QTEST_MAIN(TestResolverPanel)
#include "tst_resolver_panel.moc"
