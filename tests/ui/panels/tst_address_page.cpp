#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "ui/bridge/engine_bridge.h"
#include "ui/panels/resolver/address/address_page.h"
#include "ui/panels/resolver/address/address_rows.h"
#include "ui/panels/resolver/address/subnets_model.h"
#include "ui/panels/resolver/resolver_panel.h"
#include "ui/panels/resolver/rows_table.h"
#include "ui/widgets/bit_ruler.h"
#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

struct Fixture {
  AddressPage page;
  QLineEdit* edit = find<QLineEdit>("resolverAddressEdit");
  QLineEdit* network = find<QLineEdit>("resolverAddressNetworkEdit");
  QLabel* answer = find<QLabel>("resolverAddressNetworkLabel");
  InlineMessage* message = find<InlineMessage>("resolverAddressMessage");
  BitRuler* ruler = find<BitRuler>("resolverAddressRuler");
  RowsTable* facts = find<RowsTable>("resolverAddressFactsTable");
  QTabWidget* side = find<QTabWidget>("resolverAddressSideTabs");
  QSpinBox* split = find<QSpinBox>("resolverAddressSubnetSpin");
  QLineEdit* go = find<QLineEdit>("resolverAddressSubnetGoEdit");
  QLabel* count = find<QLabel>("resolverAddressSubnetLabel");
  QTableView* subnets = find<QTableView>("resolverAddressSubnetsTable");
  QTableView* classes = find<QTableView>("resolverAddressClassesTable");
  QTableView* registry = find<QTableView>("resolverAddressRegistryTable");
  QLineEdit* search = find<QLineEdit>("resolverAddressRegistryEdit");
  QAbstractItemModelTester factsTester{facts->model(),
                                       QAbstractItemModelTester::FailureReportingMode::QtTest};
  QAbstractItemModelTester subnetsTester{subnets->model(),
                                         QAbstractItemModelTester::FailureReportingMode::QtTest};
  QAbstractItemModelTester classesTester{classes->model(),
                                         QAbstractItemModelTester::FailureReportingMode::QtTest};
  QAbstractItemModelTester registryTester{registry->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest};

  Fixture() {
    page.resize(1000, 500);
    page.show();
    page.activateWindow();
    page.focusFirst();
  }
  template <class T>
  T* find(const char* name) const {
    T* found = page.findChild<T*>(QLatin1String(name));
    if (!found) qFatal("no %s", name);
    return found;
  }
  QString value(const char* fact) const {
    const QAbstractItemModel* model = facts->model();
    for (int row = 0; row < model->rowCount(); ++row) {
      if (model->index(row, 1).data().toString() == s(fact))
        return model->index(row, kFactValueColumn).data().toString();
    }
    return {};
  }
  QString text(const char* label) const { return find<QLabel>(label)->text(); }
  // The rows that a table marks, by the text of a column; the best one first.
  QStringList marked(const QTableView* table, int column) const {
    QStringList texts;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
      const QString sign = table->model()->index(row, 0).data().toString();
      const QString cell = table->model()->index(row, column).data().toString();
      if (sign == s("●")) texts.prepend(cell);
      if (sign == s("○")) texts.append(cell);
    }
    return texts;
  }
};

}  // namespace

class TestAddressPage : public QObject {
  Q_OBJECT
 private slots:
  void factsFollowTheTyping() {
    Fixture f;
    QTest::keyClicks(f.edit, s("192.0.2.77"));
    QCOMPARE(f.text("resolverAddressTextLabel"), s("192.0.2.77"));
    QCOMPARE(f.text("resolverAddressPackedLabel"), s("c000024d"));
    QCOMPARE(f.text("resolverAddressIntegerLabel"), s("3221226061"));
    QCOMPARE(f.value("Scope"), s("documentation"));
    QCOMPARE(f.value("Class"), s("C"));
    QCOMPARE(f.value("Netmask"), QString());
    QTest::keyClicks(f.edit, s("/24"));
    QCOMPARE(f.value("Netmask"), s("255.255.255.0"));
    QCOMPARE(f.value("Broadcast"), s("192.0.2.255"));
    QCOMPARE(f.ruler->prefix(), 24);
  }

  void wrongTextIsToldInPlace_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("not an address") << s("localhost") << s("BAD_ADDRESS");
    QTest::newRow("a form of inet_aton") << s("127.1") << s("127.0.0.1");
    QTest::newRow("a prefix too long") << s("10.0.0.1/33") << s("BAD_PREFIX");
    QTest::newRow("hostile") << s("\u202e<b>1.2.3.4</b>") << s("BAD_ADDRESS");
  }
  void wrongTextIsToldInPlace() {
    QFETCH(QString, text);
    QFETCH(QString, says);
    Fixture f;
    f.edit->setText(s("10.0.0.1/8"));
    f.edit->setText(text);
    QVERIFY(f.message->isVisible());
    QVERIFY2(f.message->text().contains(says), qPrintable(f.message->text()));
    QVERIFY(f.edit->property("invalid").toBool());
    QCOMPARE(f.facts->model()->rowCount(), 0);
    QVERIFY(!f.ruler->isVisible());
    f.edit->setText(s("10.0.0.1"));
    QVERIFY(!f.message->isVisible());
    QVERIFY(!f.edit->property("invalid").toBool());
    QVERIFY(f.ruler->isVisible());
  }

  void nothingTypedIsNoError() {
    Fixture f;
    QVERIFY(!f.message->isVisible());
    QVERIFY(!f.edit->property("invalid").toBool());
    QVERIFY(!f.split->isEnabled());
    QVERIFY(!f.split->accessibleDescription().isEmpty());
  }

  void typedPrefixFollowsTheRuler_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("then");
    QTest::newRow("a prefix") << s("10.1.2.3/8") << s("10.1.2.3/9");
    QTest::newRow("a netmask") << s("10.1.2.3/255.0.0.0") << s("10.1.2.3/9");
    QTest::newRow("a zone, and the writing of the address") << s("FE80::01%eth0/64") << s("FE80::01%eth0/65");
  }
  void typedPrefixFollowsTheRuler() {
    QFETCH(QString, typed);
    QFETCH(QString, then);
    Fixture f;
    f.edit->setText(typed);
    f.ruler->setFocus();
    QTest::keyClick(f.ruler, Qt::Key_Right);
    QCOMPARE(f.edit->text(), then);
    QCOMPARE(f.value("Prefix length"), then.section(QLatin1Char('/'), 1));
  }

  void rulerGivesAPrefixToAnAddressWithoutOne() {
    Fixture f;
    f.edit->setText(s("10.1.2.3"));
    f.ruler->setFocus();
    QTest::keyClick(f.ruler, Qt::Key_Home);
    QCOMPARE(f.edit->text(), s("10.1.2.3/0"));
  }

  void membership_data() {
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("network");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* address, const char* network, const char* says) {
      QTest::addRow("%s in %s", address, network) << s(address) << s(network) << s(says);
    };
    row("10.1.2.3", "10.0.0.0/8", "Yes: 10.1.2.3 is in 10.0.0.0/8");
    row("10.1.2.3", "10.1.2.3", "Yes: 10.1.2.3 is in 10.1.2.3/32");
    row("10.1.2.3", "10.2.0.0/255.255.0.0", "No: 10.1.2.3 is not in 10.2.0.0/16; it lies before 10.2.0.0");
    row("10.1.2.3", "9.0.0.0/8", "it lies behind 9.255.255.255");
    row("10.1.2.3", "2001:db8::/32", "it is of the other family");
    row("10.1.2.3/16", "10.0.0.0/8", "all of 10.1.0.0/16 is in it");
    row("10.1.2.3/8", "10.1.0.0/16", "10.0.0.0/8 is around it");
    row("10.1.2.3/16", "10.1.0.0/16", "10.1.0.0/16 is the same network");
    row("10.1.2.3/16", "10.2.0.0/16", "10.1.0.0/16 has no address in common with it");
    row("2001:db8::1", "2001:db8::/32", "Yes: 2001:db8::1 is in 2001:db8::/32");
  }
  void membership() {
    QFETCH(QString, address);
    QFETCH(QString, network);
    QFETCH(QString, says);
    Fixture f;
    f.edit->setText(address);
    QTest::keyClicks(f.network, network);
    QVERIFY(f.answer->isVisible());
    QVERIFY2(f.answer->text().contains(says), qPrintable(f.answer->text()));
    QVERIFY(!f.network->property("invalid").toBool());
  }

  void wrongNetworkIsToldInPlace() {
    Fixture f;
    f.edit->setText(s("10.1.2.3"));
    f.network->setText(s("10.0.0.0/40"));
    auto* message = f.find<InlineMessage>("resolverAddressNetworkMessage");
    QVERIFY(message->isVisible());
    QVERIFY2(message->text().contains(s("BAD_PREFIX")), qPrintable(message->text()));
    QVERIFY(f.network->property("invalid").toBool());
    QVERIFY(!f.answer->isVisible());
    f.network->clear();
    QVERIFY(!message->isVisible());
  }

  void networkIsSplit() {
    Fixture f;
    f.edit->setText(s("10.1.2.3/8"));
    f.split->setValue(16);
    QCOMPARE(f.count->text(), s("256 networks of 65536 addresses each"));
    QCOMPARE(f.subnets->model()->rowCount(), 256);
    QCOMPARE(f.subnets->currentIndex().row(), 1);  // the one that holds the address
    const auto cell = [&](int row, int column) {
      return f.subnets->model()->index(row, column).data().toString();
    };
    QCOMPARE(cell(7, SubnetsModel::Network), s("10.7.0.0/16"));
    QCOMPARE(cell(7, SubnetsModel::FirstHost), s("10.7.0.1"));
    QCOMPARE(cell(7, SubnetsModel::LastHost), s("10.7.255.254"));
    f.edit->setText(s("192.0.2.0/24"));
    QCOMPARE(f.split->value(), 32);  // as many bits longer as before
  }

  void moreSubnetsThanRows() {
    Fixture f;
    f.edit->setText(s("2001:db8::/32"));
    f.split->setValue(96);
    QVERIFY2(f.count->text().startsWith(
                 s("18446744073709551616 networks of 4294967296 addresses each; here: 0 to 9999")),
             qPrintable(f.count->text()));
    QCOMPARE(f.subnets->model()->rowCount(), SubnetsModel::kMostRows);
    const auto show = [&](const char* place) {
      f.go->setText(s(place));
      QTest::keyClick(f.go, Qt::Key_Return);
      return f.subnets->currentIndex().siblingAtColumn(SubnetsModel::Network).data().toString();
    };
    QCOMPARE(show("18446744073709551615"), s("2001:db8:ffff:ffff:ffff:ffff::/96"));
    QCOMPARE(show("2001:db8:8000::77"), s("2001:db8:8000::/96"));
    QCOMPARE(show("0"), s("2001:db8::/96"));
    show("18446744073709551616");
    QVERIFY(f.go->property("invalid").toBool());
    QVERIFY2(f.count->text().contains(s("18446744073709551615")), qPrintable(f.count->text()));
    show("10.0.0.1");
    QVERIFY(f.go->property("invalid").toBool());
  }

  void chosenSubnetIsInspected() {
    Fixture f;
    f.edit->setText(s("10.0.0.0/8"));
    f.split->setValue(16);
    f.subnets->setCurrentIndex(f.subnets->model()->index(7, 0));
    emit f.subnets->doubleClicked(f.subnets->currentIndex());
    QCOMPARE(f.edit->text(), s("10.7.0.0/16"));
  }

  void classAndBlocksAreMarked() {
    Fixture f;
    f.edit->setText(s("192.0.0.9"));
    QCOMPARE(f.marked(f.classes, 1), QStringList{s("C")});
    QCOMPARE(f.marked(f.registry, 1), QStringList({s("192.0.0.9/32"), s("0.0.0.0/0"), s("192.0.0.0/24")}));
    f.edit->setText(s("2001:db8::1"));
    QCOMPARE(f.marked(f.classes, 1), QStringList());
    QCOMPARE(f.marked(f.registry, 1), QStringList({s("2001:db8::/32"), s("::/0"), s("2000::/3")}));
    f.edit->clear();
    QCOMPARE(f.marked(f.registry, 1), QStringList());
  }

  void registryIsSearched() {
    Fixture f;
    f.edit->setText(s("192.0.2.1"));
    const int all = f.registry->model()->rowCount();
    QTest::keyClicks(f.search, s("test-net"));
    QCOMPARE(f.registry->model()->rowCount(), 3);
    QCOMPARE(f.marked(f.registry, 1), QStringList{s("192.0.2.0/24")});
    f.search->clear();
    QCOMPARE(f.registry->model()->rowCount(), all);
  }

  void menuOfAFact() {
    Fixture f;
    QSignalSpy targets(&f.page, &AddressPage::targetChosen);
    f.edit->setText(s("fe80::1%lo/64"));
    const QAbstractItemModel* model = f.facts->model();
    for (int row = 0; row < model->rowCount(); ++row) {
      if (model->index(row, 1).data().toString() == s("Network"))
        f.facts->setCurrentIndex(model->index(row, 1));
    }
    QMenu menu;
    emit f.facts->menuWanted(&menu);
    const auto trigger = [&](const char* text) {
      for (QAction* action : menu.actions()) {
        if (action->text() == s(text)) return action->trigger();
      }
      QFAIL(text);
    };
    trigger("Copy the value");
    QCOMPARE(QApplication::clipboard()->text(), s("fe80::/64"));
    trigger("Connect to the address");
    QCOMPARE(targets.count(), 1);
    QCOMPARE(targets[0][0].value<Endpoint>().host, std::string("fe80::1%lo"));
    trigger("Inspect the value");
    QCOMPARE(f.edit->text(), s("fe80::/64"));
  }

  void whatOneLooksAtStaysInSight() {
    Fixture f;
    f.page.resize(900, 360);
    f.edit->setText(s("10.1.2.3/8"));
    const QModelIndex last = f.facts->model()->index(f.facts->model()->rowCount() - 1, 1);
    f.facts->setCurrentIndex(last);
    f.facts->scrollTo(last);
    const QString fact = last.data().toString();
    f.edit->setText(s("10.1.2.3/16"));
    QCOMPARE(f.facts->currentIndex().siblingAtColumn(1).data().toString(), fact);
    QVERIFY(f.facts->viewport()->rect().intersects(f.facts->visualRect(f.facts->currentIndex())));
  }

  void stateIsRemembered() {
    QTemporaryDir folder;
    const QString file = folder.filePath(s("state.ini"));
    {
      Fixture f;
      f.edit->setText(s("10.1.2.3/8"));
      f.network->setText(s("10.0.0.0/8"));
      f.split->setValue(13);
      f.side->setCurrentIndex(2);
      f.search->setText(s("loop"));
      QSettings settings(file, QSettings::IniFormat);
      f.page.saveState(settings);
    }
    Fixture f;
    QSettings settings(file, QSettings::IniFormat);
    f.page.restoreState(settings);
    QCOMPARE(f.edit->text(), s("10.1.2.3/8"));
    QCOMPARE(f.network->text(), s("10.0.0.0/8"));
    QCOMPARE(f.split->value(), 13);
    QCOMPARE(f.side->currentIndex(), 2);
    QCOMPARE(f.search->text(), s("loop"));
    QCOMPARE(f.value("Network"), s("10.0.0.0/8"));
  }

  void fitsASmallWindow_data() {
    QTest::addColumn<QString>("address");
    QTest::newRow("nothing") << QString();
    QTest::newRow("IPv4") << s("192.0.2.77/24");
    QTest::newRow("IPv6") << s("2001:db8:1234:5678:9abc:def0:1234:5678/64");
  }
  void fitsASmallWindow() {
    QFETCH(QString, address);
    Fixture f;
    f.edit->setText(address);
    const QSize least = f.page.minimumSizeHint();
    QVERIFY2(least.width() <= 640, qPrintable(QString::number(least.width())));
    QVERIFY2(least.height() <= 220, qPrintable(QString::number(least.height())));
  }

  void menuOfALookupResultInspectsIt() {
    EngineBridge bridge;
    ResolverPanel panel(&bridge);
    panel.resize(1000, 500);
    panel.show();
    panel.findChild<QPlainTextEdit*>(s("resolverHostEdit"))->setPlainText(s("127.0.0.1"));
    panel.act();
    auto* results = panel.findChild<RowsTable*>(s("resolverResultsTable"));
    // The entry is enabled once the row has its answer.
    const auto triggered = [&] {
      results->setCurrentIndex(results->model()->index(0, 0));
      QMenu menu;
      emit results->menuWanted(&menu);
      for (QAction* action : menu.actions()) {
        if (action->text() == s("Inspect") && action->isEnabled()) return action->trigger(), true;
      }
      return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(triggered(), 30'000);
    QCOMPARE(panel.findChild<QLineEdit*>(s("resolverAddressEdit"))->text(), s("127.0.0.1"));
  }

  void resultOfALookupIsInspected() {
    EngineBridge bridge;
    ResolverPanel panel(&bridge);
    panel.resize(1000, 500);
    panel.show();
    panel.inspect(s("192.0.2.77"));
    auto* pages = panel.findChild<QTabWidget*>(s("resolverPageTabs"));
    QCOMPARE(pages->tabText(pages->currentIndex()), s("Address"));
    QCOMPARE(panel.findChild<QLineEdit*>(s("resolverAddressEdit"))->text(), s("192.0.2.77"));
  }
};

QTEST_MAIN(TestAddressPage)
#include "tst_address_page.moc"
