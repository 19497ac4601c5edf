// The interfaces page while interfaces change, in a network of the test's own.
#include <QAbstractItemModelTester>
#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <filesystem>
#include <memory>

#include "core/net/endpoint.h"
#include "panel_probe.h"
#include "tests/core/net/own_network.h"
#include "ui/panels/resolver/grouped_rows_model.h"
#include "ui/panels/resolver/interfaces/interface_follower.h"
#include "ui/panels/resolver/interfaces/interfaces_page.h"
#include "ui/panels/resolver/rows_table.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

QString s(const char* text) {
  return QString::fromUtf8(text);
}

struct Page {
  InterfacesPage page;
  RowsTable* table = page.findChild<RowsTable*>(s("resolverInterfacesTable"));
  QLabel* change = page.findChild<QLabel*>(s("resolverInterfacesChangeLabel"));
  QAbstractItemModelTester tester{table->model()};

  Page() {
    showActive(page);
    QTRY_VERIFY(table->model()->rowCount() > 0);
  }
  QString cell(int row, int column) const { return table->model()->index(row, column).data().toString(); }
  int rowOf(const char* text, int column) const {
    for (int row = 0; row < table->model()->rowCount(); ++row)
      if (cell(row, column).contains(s(text))) return row;
    return -1;
  }
  bool isFresh(int row) const { return table->model()->index(row, 0).data(Qt::BackgroundRole).isValid(); }
};

std::size_t descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace

class TestInterfacesPage : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void followsAnAddress();
  void followsALink_data();
  void followsALink();
  void keepsTheChosenRow();
  void restsWhileItIsHidden();
  void offersAnAddress();
  void leavesNoDescriptor();
  void cleanupTestCase() { network_.reset(); }

 private:
  static bool run(const QString& line) { return fixture::OwnNetwork::run(line); }
  // Before Qt's threads begin, so that they are in it, too.
  std::unique_ptr<fixture::OwnNetwork> network_;
};

void TestInterfacesPage::initTestCase() {
  network_ = std::make_unique<fixture::OwnNetwork>();
  if (!network_->isThere()) QSKIP("a network of one's own needs root");
  if (!run(s("ip link add wire type veth peer name far"))) QSKIP("this system makes no veth");
}

void TestInterfacesPage::followsAnAddress() {
  Page p;
  QCOMPARE(p.rowOf("192.0.2.7/24", 2), -1);
  QVERIFY(run(s("ip address add 192.0.2.7/24 dev wire")));
  QTRY_VERIFY(p.rowOf("192.0.2.7/24", 2) >= 0);
  const int row = p.rowOf("192.0.2.7/24", 2);
  QVERIFY(p.isFresh(row));
  QVERIFY(p.cell(row, 0).contains(s("wire")));
  QCOMPARE(p.cell(row, 3), s("documentation"));
  QCOMPARE(p.cell(row, 7), s("veth"));
  QVERIFY2(p.change->text().contains(s("wire: 192.0.2.7/24 added")), qPrintable(p.change->text()));
  QVERIFY(run(s("ip address del 192.0.2.7/24 dev wire")));
  QTRY_COMPARE(p.rowOf("192.0.2.7/24", 2), -1);
  QTRY_VERIFY(p.change->text().contains(s("192.0.2.7/24 removed")));
}

void TestInterfacesPage::followsALink_data() {
  QTest::addColumn<QString>("command");
  QTest::addColumn<QString>("undo");
  QTest::addColumn<QString>("told");
  QTest::addColumn<int>("column");
  QTest::addColumn<QString>("shown");
  const auto row = [](const char* name, const char* command, const char* undo, const char* told, int column,
                      const char* shown) {
    QTest::newRow(name) << s(command) << s(undo) << s(told) << column << s(shown);
  };
  row("it comes", "ip link add br7 type bridge", "ip link del br7", "br7 added", 7, "bridge");
  row("up, and nobody at the other end", "ip link set wire up", "ip link set wire down", "wire up", 1,
      "up, no carrier");
  row("another MTU", "ip link set wire mtu 1280", "ip link set wire mtu 1500", "wire: MTU 1280, was 1500", 5,
      "1280");
  row("another name", "ip link set wire name cord", "ip link set cord name wire", "wire is now cord", 0,
      "cord");
}

void TestInterfacesPage::followsALink() {
  QFETCH(QString, command);
  QFETCH(QString, undo);
  QFETCH(QString, told);
  QFETCH(int, column);
  QFETCH(QString, shown);
  Page p;
  QVERIFY(run(command));
  QTRY_VERIFY2(p.change->text().contains(told), qPrintable(p.change->text()));
  QVERIFY(p.rowOf(qPrintable(shown), column) >= 0);
  QVERIFY(run(undo));
  QTRY_COMPARE(p.rowOf(qPrintable(shown), column), -1);
}

void TestInterfacesPage::keepsTheChosenRow() {
  Page p;
  const int row = p.rowOf("127.0.0.1/8", 2);
  p.table->selectRow(row);
  QVERIFY(run(s("ip link set wire mtu 1400")));
  QTRY_VERIFY(p.rowOf("1400", 5) >= 0);
  QCOMPARE(p.table->currentIndex().row(), p.rowOf("127.0.0.1/8", 2));
  QVERIFY(run(s("ip link set wire mtu 1500")));
  QTRY_VERIFY(p.rowOf("1500", 5) >= 0);
}

void TestInterfacesPage::restsWhileItIsHidden() {
  Page p;
  auto* follower = p.page.findChild<InterfaceFollower*>();
  QVERIFY(follower->isRunning());
  p.page.hide();
  QVERIFY(!follower->isRunning());
  QVERIFY(run(s("ip address add 192.0.2.8/24 dev wire")));
  p.page.show();
  QTRY_VERIFY(p.rowOf("192.0.2.8/24", 2) >= 0);
  QVERIFY(run(s("ip address del 192.0.2.8/24 dev wire")));
  QTRY_COMPARE(p.rowOf("192.0.2.8/24", 2), -1);
}

void TestInterfacesPage::offersAnAddress() {
  Page p;
  QSignalSpy local(&p.page, &InterfacesPage::localAddressChosen);
  QSignalSpy serve(&p.page, &InterfacesPage::serveHereRequested);
  const auto trigger = [&](const char* title) {
    QMenu menu;
    emit p.table->menuWanted(&menu);
    for (QAction* action : menu.actions())
      if (action->text() == s(title) && action->isEnabled()) return action->trigger();
  };
  p.table->selectRow(p.rowOf("wire", 0));  // has no address
  trigger("Use as local address");
  QCOMPARE(local.size(), 0);
  p.table->selectRow(p.rowOf("127.0.0.1/8", 2));
  trigger("Use as local address");
  QCOMPARE(local.size(), 1);
  QCOMPARE(local.first().first().toString(), s("127.0.0.1"));
  trigger("Serve on this address");
  QCOMPARE(serve.size(), 1);
  QCOMPARE(serve.first().first().value<Endpoint>().host, "127.0.0.1");
}

void TestInterfacesPage::leavesNoDescriptor() {
  { const Page first; }
  const std::size_t before = descriptors();
  for (int i = 0; i < 20; ++i) {
    const Page page;
  }
  QCOMPARE(descriptors(), before);
}

QTEST_MAIN(TestInterfacesPage)
#include "tst_interfaces_page.moc"
