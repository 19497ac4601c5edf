#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

#include "tests/ui/models/traffic_fixture.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/colour_rules.h"
#include "ui/models/traffic_model.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/timeline_tools.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/overview_strip.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/traffic_table.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::TrafficFixture;

class TstTimelineTools : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    QCoreApplication::installTranslator(&plurals_);
    theme::apply(*qApp, theme::Mode::light);
  }
  void findsFromMatchToMatch();
  void goesToTheFirstMatchOnceItIsFound();
  void findsInEachForm_data();
  void findsInEachForm();
  void findsOnlyInWhatIsShown();
  void findsWhatComesLater();
  void marksTheMatchesInThePreview();
  void saysWhatIsWrongWithAPattern();
  void closingForgetsTheMatches();
  void marksRows();
  void goesFromMarkToMark();
  void marksAreInTheOverview();
  void writesAComment();
  void escLeavesTheCommentAsItWas();
  void countsTheTimeFromARow();
  void aFilterForMarksFollowsThem();
  void coloursRows();
  void everyActionIsInTheMoreMenu();

 private:
  EnglishPlurals plurals_;
};

namespace {

struct Bench {
  Bench() {
    panel.resize(1000, 600);
    panel.show();
  }
  template <class Widget>
  Widget* find(const char* name) {
    auto* found = panel.findChild<Widget*>(QString::fromLatin1(name));
    if (found == nullptr) qFatal("no widget %s", name);
    return found;
  }
  TrafficTable* table() { return find<TrafficTable>("trafficTable"); }
  TrafficModel* model() { return table()->trafficModel(); }
  HexView* hex() { return find<HexView>("inspectorHexView"); }
  void trigger(const char* action) { find<QAction>(action)->trigger(); }
  void add(std::initializer_list<std::string_view> payloads) {
    for (const std::string_view payload : payloads) traffic.received(traffic.first, payload);
    traffic.publish();
    const auto all = static_cast<int>(bridge.log().end());
    QTRY_COMPARE(model()->rowCount(), all);
  }
  void select(int row) { table()->selectRow(row); }
  int currentRow() { return table()->currentIndex().row(); }
  QString count() { return find<QLabel>("findCountLabel")->text(); }
  void look(const QString& text) {
    trigger("trafficFindAction");
    find<QLineEdit>("findEdit")->setText(text);
  }
  QString selectedHex() {
    const auto selection = hex()->selection();
    return selection ? QStringLiteral("%1-%2").arg(selection->first).arg(selection->last) : QString();
  }

  EngineBridge bridge;
  TrafficFixture traffic{bridge.log().shared_from_this()};
  LiveTraffic source{&bridge};
  TrafficPanel panel{&source};
};

}  // namespace

void TstTimelineTools::findsFromMatchToMatch() {
  Bench bench;
  bench.add({"one needle, needle", "nothing", "a needle"});
  bench.select(1);
  bench.look(QStringLiteral("needle"));
  QTRY_VERIFY2(bench.count().contains(QStringLiteral("2 rows")), qPrintable(bench.count()));
  bench.trigger("trafficFindNextAction");
  QCOMPARE(bench.currentRow(), 2);
  QCOMPARE(bench.selectedHex(), QStringLiteral("2-7"));
  bench.trigger("trafficFindNextAction");  // over the end
  QCOMPARE(bench.currentRow(), 0);
  QCOMPARE(bench.selectedHex(), QStringLiteral("4-9"));
  QVERIFY2(bench.count().contains(QStringLiteral("from the other end")), qPrintable(bench.count()));
  bench.trigger("trafficFindNextAction");
  QCOMPARE(bench.selectedHex(), QStringLiteral("12-17"));
  QVERIFY2(bench.count().contains(QStringLiteral("match 2 of 2")), qPrintable(bench.count()));
  bench.trigger("trafficFindPreviousAction");
  QCOMPARE(bench.selectedHex(), QStringLiteral("4-9"));
  bench.trigger("trafficFindPreviousAction");
  QCOMPARE(bench.currentRow(), 2);
  QCOMPARE(bench.hex()->highlights().size(), std::size_t{1});
}

// F3 at once, when the search has hardly begun.
void TstTimelineTools::goesToTheFirstMatchOnceItIsFound() {
  Bench bench;
  bench.add({"hay", "needle"});
  bench.look(QStringLiteral("needle"));
  bench.trigger("trafficFindNextAction");
  QTRY_COMPARE(bench.currentRow(), 1);
  QTRY_COMPARE(bench.selectedHex(), QStringLiteral("0-5"));
}

void TstTimelineTools::findsInEachForm_data() {
  QTest::addColumn<QString>("kind");
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("bytes");
  QTest::newRow("text, any case") << "Text"
                                  << "host"
                                  << "5-8";
  QTest::newRow("text with an escape") << "Text"
                                       << "\\r\\nh"
                                       << "3-5";
  QTest::newRow("hex") << "Hex"
                       << "0d 0a"
                       << "3-4";
  QTest::newRow("regular expression") << "Regular expression"
                                      << "h.st: \\w+"
                                      << "5-11";
}

void TstTimelineTools::findsInEachForm() {
  QFETCH(const QString, kind);
  QFETCH(const QString, text);
  Bench bench;
  bench.add({"GET\r\nhost: a"});
  bench.select(0);
  auto* box = bench.find<QComboBox>("findKindBox");
  box->setCurrentIndex(box->findText(kind));
  bench.look(text);
  bench.trigger("trafficFindNextAction");
  QFETCH(const QString, bytes);
  QTRY_COMPARE(bench.selectedHex(), bytes);
}

void TstTimelineTools::findsOnlyInWhatIsShown() {
  Bench bench;
  bench.traffic.received(bench.traffic.first, "needle");
  bench.traffic.received(bench.traffic.second, "needle");
  bench.traffic.publish();
  bench.look(QStringLiteral("needle"));
  QTRY_VERIFY(bench.count().contains(QStringLiteral("2 rows")));
  bench.panel.showOnlySession(bench.traffic.second->session);
  QTRY_VERIFY2(bench.count().contains(QStringLiteral("1 row")), qPrintable(bench.count()));
}

void TstTimelineTools::findsWhatComesLater() {
  Bench bench;
  bench.add({"needle"});
  bench.look(QStringLiteral("needle"));
  QTRY_VERIFY(bench.count().contains(QStringLiteral("1 row")));
  bench.add({"another needle"});
  QTRY_VERIFY2(bench.count().contains(QStringLiteral("2 rows")), qPrintable(bench.count()));
}

void TstTimelineTools::marksTheMatchesInThePreview() {
  Bench bench;
  bench.add({"\x01 caf\xC3\xA9 needle"});
  bench.look(QStringLiteral("needle"));
  const QModelIndex preview = bench.model()->index(0, TrafficModel::Preview);
  const auto ranges = preview.data(TrafficModel::MatchesRole).value<MatchRanges>();
  QCOMPARE(ranges.size(), 1);
  QCOMPARE(preview.data().toString().mid(ranges.first().first, ranges.first().second),
           QStringLiteral("needle"));
}

void TstTimelineTools::saysWhatIsWrongWithAPattern() {
  Bench bench;
  bench.add({"x"});
  auto* box = bench.find<QComboBox>("findKindBox");
  box->setCurrentIndex(box->findText(QStringLiteral("Regular expression")));
  bench.look(QStringLiteral("(x"));
  QVERIFY(!bench.count().isEmpty());
  QVERIFY(bench.find<QLineEdit>("findEdit")->property("invalid").toBool());
  QVERIFY(!bench.find<QToolButton>("findNextButton")->isEnabled());
}

void TstTimelineTools::closingForgetsTheMatches() {
  Bench bench;
  bench.add({"needle"});
  bench.select(0);
  bench.look(QStringLiteral("needle"));
  QTRY_COMPARE(bench.hex()->highlights().size(), std::size_t{1});
  QTest::keyClick(bench.find<QLineEdit>("findEdit"), Qt::Key_Escape);
  QVERIFY(bench.find<QWidget>("findBar")->isHidden());
  QVERIFY(bench.hex()->highlights().empty());
  QVERIFY(bench.model()
              ->index(0, TrafficModel::Preview)
              .data(TrafficModel::MatchesRole)
              .value<MatchRanges>()
              .isEmpty());
}

void TstTimelineTools::marksRows() {
  Bench bench;
  bench.add({"a", "b", "c"});
  bench.select(1);
  bench.trigger("trafficMarkAction");
  QTRY_VERIFY(bench.model()->index(1, 0).data(TrafficModel::MarkedRole).toBool());
  QVERIFY(bench.bridge.log().notes().isMarked(1));
  bench.trigger("trafficMarkAction");
  QTRY_VERIFY(!bench.model()->index(1, 0).data(TrafficModel::MarkedRole).toBool());
  bench.table()->selectAll();
  bench.trigger("trafficMarkAction");
  QCOMPARE(bench.bridge.log().notes().notes(0, 3).size(), std::size_t{3});
  bench.trigger("trafficUnmarkAllAction");
  QVERIFY(bench.bridge.log().notes().notes(0, 3).empty());
}

void TstTimelineTools::goesFromMarkToMark() {
  Bench bench;
  bench.add({"a", "b", "c", "d"});
  bench.bridge.log().notes().setMarked(1, true);
  bench.bridge.log().notes().setMarked(3, true);
  bench.select(0);
  bench.trigger("trafficNextMarkAction");
  QCOMPARE(bench.currentRow(), 1);
  bench.trigger("trafficNextMarkAction");
  QCOMPARE(bench.currentRow(), 3);
  bench.trigger("trafficNextMarkAction");
  QCOMPARE(bench.currentRow(), 1);
  bench.trigger("trafficPreviousMarkAction");
  QCOMPARE(bench.currentRow(), 3);
}

void TstTimelineTools::marksAreInTheOverview() {
  Bench bench;
  bench.add({"a", "b"});
  auto* strip = bench.find<OverviewStrip>("trafficOverview");
  const auto ticks = [strip] {
    int count = 0;
    for (int y = 0; y < strip->height(); ++y) count += strip->hasTickAt(y) ? 1 : 0;
    return count;
  };
  QCOMPARE(ticks(), 0);
  bench.bridge.log().notes().setMarked(1, true);
  QTRY_COMPARE(ticks(), 1);
  bench.look(QStringLiteral("a"));
  QTRY_COMPARE(ticks(), 2);
}

void TstTimelineTools::writesAComment() {
  Bench bench;
  bench.add({"payload"});
  bench.select(0);
  bench.trigger("trafficCommentAction");
  auto* edit = bench.find<QLineEdit>("noteEdit");
  QVERIFY(edit->isVisible());
  edit->setText(QStringLiteral("why \u4e2d\u6587 \u202e"));
  QTest::keyClick(edit, Qt::Key_Return);
  QVERIFY(!edit->isVisible());
  QCOMPARE(QString::fromStdString(bench.bridge.log().notes().note(0).comment),
           QStringLiteral("why \u4e2d\u6587 \u202e"));
  const QModelIndex preview = bench.model()->index(0, TrafficModel::Preview);
  QTRY_COMPARE(preview.data(TrafficModel::CommentRole).toString(),
               QStringLiteral("why \u4e2d\u6587 <U+202E>"));
  QCOMPARE(preview.data().toString(), QStringLiteral("payload"));
}

void TstTimelineTools::escLeavesTheCommentAsItWas() {
  Bench bench;
  bench.add({"payload"});
  bench.bridge.log().notes().setComment(0, "as it was");
  bench.select(0);
  bench.trigger("trafficCommentAction");
  auto* edit = bench.find<QLineEdit>("noteEdit");
  QCOMPARE(edit->text(), QStringLiteral("as it was"));
  edit->setText(QStringLiteral("else"));
  QTest::keyClick(edit, Qt::Key_Escape);
  QVERIFY(!edit->isVisible());
  QCOMPARE(bench.bridge.log().notes().note(0).comment, std::string("as it was"));
}

void TstTimelineTools::countsTheTimeFromARow() {
  Bench bench;
  bench.traffic.bytes(bench.traffic.first, Direction::in, "a", 1'000'000'000);
  bench.traffic.bytes(bench.traffic.first, Direction::in, "b", 3'500'000'000);
  bench.traffic.publish();
  QTRY_COMPARE(bench.model()->rowCount(), 2);
  bench.select(1);
  bench.trigger("trafficTimeReferenceAction");
  const auto time = [&bench](int row) {
    return bench.model()->index(row, TrafficModel::Time).data().toString();
  };
  QTRY_COMPARE(time(0), QStringLiteral("-2.500000"));
  QCOMPARE(time(1), QStringLiteral("+0.000000"));
  QCOMPARE(bench.model()->headerData(TrafficModel::Time, Qt::Horizontal, Qt::DisplayRole).toString(),
           QStringLiteral("Since 2"));
  bench.trigger("trafficTimeReferenceAction");
  QTRY_VERIFY(time(1).contains(QLatin1Char(':')));
}

void TstTimelineTools::aFilterForMarksFollowsThem() {
  Bench bench;
  bench.add({"a", "b"});
  bench.find<QLineEdit>("trafficFilterEdit")->setText(QStringLiteral("marked"));
  QTRY_COMPARE(bench.model()->rowCount(), 0);
  bench.bridge.log().notes().setMarked(1, true);
  QTRY_COMPARE(bench.model()->rowCount(), 1);
}

void TstTimelineTools::coloursRows() {
  Bench bench;
  bench.add({"red", "plain"});
  bench.trigger("trafficColoursAction");
  auto* table = bench.find<QTableWidget>("coloursTable");
  QTest::mouseClick(bench.find<QPushButton>("coloursAddButton"), Qt::LeftButton);
  QCOMPARE(table->rowCount(), 1);
  table->item(0, 1)->setText(QStringLiteral("data contains \"red\""));
  const auto background = [&bench](int row) { return bench.model()->index(row, 0).data(Qt::BackgroundRole); };
  QVERIFY(background(0).isValid());
  QVERIFY(!background(1).isValid());
  table->item(0, 0)->setCheckState(Qt::Unchecked);
  QVERIFY(!background(0).isValid());
  table->item(0, 0)->setCheckState(Qt::Checked);
  table->item(0, 1)->setText(QStringLiteral("data contains"));
  QVERIFY(!background(0).isValid());
  QVERIFY(bench.panel.tools()->rules()->error(0));
  QTest::mouseClick(bench.find<QPushButton>("coloursRemoveButton"), Qt::LeftButton);
  QVERIFY(bench.panel.tools()->rules()->rules().isEmpty());
}

void TstTimelineTools::everyActionIsInTheMoreMenu() {
  Bench bench;
  const QList<QAction*> actions = bench.panel.moreMenu()->actions();
  for (const char* name :
       {"trafficCaptureAction", "trafficExportAction", "trafficLiveAction", "trafficFindAction",
        "trafficMarkAction", "trafficCommentAction", "trafficColoursAction"})
    QVERIFY2(actions.contains(bench.find<QAction>(name)), name);
}

QTEST_MAIN(TstTimelineTools)
#include "tst_timeline_tools.moc"
