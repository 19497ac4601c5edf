#include <QAction>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/capture/export.h"
#include "tests/ui/models/traffic_fixture.h"
#include "tests/ui/window/window_driver.h"
#include "ui/models/colour_rules.h"
#include "ui/panels/traffic/capture/capture_controls.h"
#include "ui/panels/traffic/timeline_tools.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/traffic_table.h"
#include "ui/window/capture_desk.h"
#include "ui/window/capture_window.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::TrafficFixture;

// What only shows in the whole window: its keys, what it hides, and windows beside it.
class TstTimelineInWindow : public QObject {
  Q_OBJECT
 private slots:
  void escapeInABarIsTheBars_data();
  void escapeInABarIsTheBars();
  void aRowThatIsChosenShowsItsMatches();
  void aCaptureThatFailsIsSeenOnTheFirstPage();
  void closingTheWindowClosesItsCaptures();
  void captureWindowsShareTheColourRules();
  void findGoesOnWhenRowsAreGone();
};

namespace {

struct Bench {
  Bench() {
    window.resize(1280, 800);
    window.show();
  }
  bool isActive() { return QTest::qWaitForWindowActive(&window); }
  void add(std::initializer_list<std::string_view> payloads) {
    for (const std::string_view payload : payloads) traffic.received(traffic.first, payload);
    traffic.publish();
  }
  QAction* action(const char* name) {
    auto* found = window.findChild<QAction*>(QLatin1String(name));
    if (found == nullptr) qFatal("no action %s", name);
    return found;
  }
  template <class Widget>
  Widget* find(const char* name) {
    auto* found = window.findChild<Widget*>(QLatin1String(name));
    if (found == nullptr) qFatal("no widget %s", name);
    return found;
  }
  TrafficTable* table() { return find<TrafficTable>("trafficTable"); }

  EngineBridge bridge;
  TrafficFixture traffic{bridge.log().shared_from_this()};
  MainWindow window{&bridge};
};

}  // namespace

void TstTimelineInWindow::escapeInABarIsTheBars_data() {
  QTest::addColumn<QByteArray>("open");
  QTest::addColumn<QByteArray>("edit");
  QTest::newRow("find") << QByteArray("trafficFindAction") << QByteArray("findEdit");
  QTest::newRow("comment") << QByteArray("trafficCommentAction") << QByteArray("noteEdit");
}

void TstTimelineInWindow::escapeInABarIsTheBars() {
  QFETCH(const QByteArray, open);
  QFETCH(const QByteArray, edit);
  Bench bench;
  QVERIFY(bench.isActive());
  bench.add({"x"});
  QTRY_VERIFY(bench.table()->isVisible() && bench.table()->model()->rowCount() == 1);
  bench.table()->selectRow(0);
  bench.action(open)->trigger();
  auto* field = bench.find<QLineEdit>(edit);
  QTRY_VERIFY(field->isVisible() && field->hasFocus());
  QSignalSpy cancelled(bench.action("cancelAction"), &QAction::triggered);
  QTest::keyClick(field, Qt::Key_Escape);
  QVERIFY(!field->isVisible());
  QCOMPARE(cancelled.size(), 0);
}

void TstTimelineInWindow::aRowThatIsChosenShowsItsMatches() {
  Bench bench;
  bench.add({"hay", "a needle"});
  QTRY_COMPARE(bench.table()->model()->rowCount(), 2);
  bench.table()->selectRow(0);
  bench.action("trafficFindAction")->trigger();
  bench.find<QLineEdit>("findEdit")->setText(QStringLiteral("needle"));
  bench.table()->selectRow(1);
  QCOMPARE(bench.find<HexView>("inspectorHexView")->highlights().size(), std::size_t{1});
  bench.table()->selectRow(0);
  QVERIFY(bench.find<HexView>("inspectorHexView")->highlights().empty());
}

void TstTimelineInWindow::aCaptureThatFailsIsSeenOnTheFirstPage() {
  Bench bench;
  QVERIFY(!bench.window.traffic()->isVisible());
  bench.window.traffic()->captures()->liveTo(QStringLiteral("no-such-wireshark -k -i -"));
  QTRY_VERIFY(bench.window.traffic()->isVisible());
  QVERIFY(bench.window.traffic()->captures()->strips()->isVisible());
}

void TstTimelineInWindow::closingTheWindowClosesItsCaptures() {
  const QTemporaryDir folder;
  Bench bench;
  bench.add({"x"});
  ExportSettings settings;
  settings.path = folder.filePath(QStringLiteral("a.pcapng")).toStdString();
  QVERIFY(exportRows(bench.bridge.log(), settings));
  const QPointer<CaptureWindow> capture =
      bench.window.captures()->open(folder.filePath(QStringLiteral("a.pcapng")));
  QVERIFY(capture->isOpen());
  QVERIFY(!capture->testAttribute(Qt::WA_QuitOnClose));
  bench.window.close();
  QTRY_VERIFY(capture.isNull());
}

void TstTimelineInWindow::captureWindowsShareTheColourRules() {
  const QTemporaryDir folder;
  Bench bench;
  bench.add({"x"});
  ExportSettings settings;
  settings.path = folder.filePath(QStringLiteral("a.pcapng")).toStdString();
  QVERIFY(exportRows(bench.bridge.log(), settings));
  bench.window.traffic()->tools()->rules()->setRules(
      {{QStringLiteral("all"), QStringLiteral("len > 0"), 3, true}});
  CaptureWindow* capture = bench.window.captures()->open(folder.filePath(QStringLiteral("a.pcapng")));
  auto* table = capture->findChild<TrafficTable*>(QStringLiteral("trafficTable"));
  QTRY_COMPARE(table->model()->rowCount(), 1);
  QVERIFY(table->model()->index(0, 0).data(Qt::BackgroundRole).isValid());
}

void TstTimelineInWindow::findGoesOnWhenRowsAreGone() {
  Bench bench;
  bench.add({"needle", "needle"});
  QTRY_COMPARE(bench.table()->model()->rowCount(), 2);
  bench.action("trafficFindAction")->trigger();
  bench.find<QLineEdit>("findEdit")->setText(QStringLiteral("needle"));
  auto* next = bench.action("trafficFindNextAction");
  next->trigger();
  bench.window.traffic()->clear();
  QTRY_COMPARE(bench.table()->model()->rowCount(), 0);
  bench.add({"hay", "another needle"});
  QTRY_COMPARE(bench.table()->model()->rowCount(), 2);
  const auto goesThere = [&] {
    next->trigger();
    return bench.table()->currentIndex().row() == 1;
  };
  QTRY_VERIFY(goesThere());
}

QTEST_MAIN(TstTimelineInWindow)
#include "tst_timeline_in_window.moc"
