#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <memory>

#include "tests/ui/models/traffic_fixture.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/traffic_model.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/timeline_tools.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/widgets/bytes_text.h"
#include "ui/widgets/compare_actions.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/traffic_table.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::TrafficFixture;

namespace {

// A panel in sight over the log of a real engine, which a test fills by hand.
struct Bench {
  explicit Bench(EngineSettings settings = {}) : bridge(std::move(settings)) {
    panel.resize(900, 600);
    panel.show();
  }
  template <class Widget>
  Widget* find(const char* name) {
    auto* found = panel.findChild<Widget*>(QString::fromLatin1(name));
    if (found == nullptr) {
      qFatal("no widget %s", name);
    }
    return found;
  }
  TrafficTable* table() { return find<TrafficTable>("trafficTable"); }
  int rows() { return table()->trafficModel()->rowCount(); }
  void fill(int count) {
    for (int i = 0; i < count; ++i) {
      traffic.received(i % 2 == 0 ? traffic.first : traffic.second, "row " + std::to_string(i));
    }
    traffic.publish();
  }
  bool atBottom() {
    const QScrollBar* bar = table()->verticalScrollBar();
    return bar->value() == bar->maximum();
  }
  void scrollUp() { table()->verticalScrollBar()->setValue(3); }

  EngineBridge bridge;
  TrafficFixture traffic{bridge.log().shared_from_this()};
  LiveTraffic source{&bridge};
  TrafficPanel panel{&source};
};

// Sessions that live nowhere.
class RecordedTraffic final : public TrafficSource {
 public:
  TrafficLog& log() const override { return *log_; }
  QString sessionName(SessionId) const override { return QStringLiteral("the name in the file"); }
  void clear() override {
    log_->clear();
    emit trafficChanged();
  }

 private:
  std::shared_ptr<TrafficLog> log_ = TrafficLog::create();

 public:
  TrafficFixture traffic{log_};
};

std::string shownBytes(const HexView& view) {
  return std::string(asChars(view.bytes().bytes));
}

QString detail(const QTableWidget& details, const QString& name) {
  for (int row = 0; row < details.rowCount(); ++row) {
    if (details.item(row, 0)->text() == name) {
      return details.item(row, 1)->text();
    }
  }
  return {};
}

}  // namespace

class TestTrafficPanel : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() {
    theme::apply(*qApp, theme::Mode::light);
    QCoreApplication::installTranslator(&english_);
  }

  void theInspectorShowsExactlyTheRowsBytes() {
    Bench bench;
    const std::string bytes("he\0llo\r\n\xff", 9);
    bench.traffic.received(bench.traffic.first, "other");
    bench.traffic.received(bench.traffic.first, bytes);
    bench.traffic.publish();
    QTRY_COMPARE(bench.rows(), 2);
    bench.table()->showRow(1);
    QCOMPARE(shownBytes(*bench.find<HexView>("inspectorHexView")), bytes);
    QCOMPARE(bench.find<QPlainTextEdit>("inspectorTextView")->toPlainText(),
             QStringLiteral("he\u2400llo\u240d\n\ufffd"));
    const auto* details = bench.find<QTableWidget>("inspectorDetailsView");
    QCOMPARE(detail(*details, QStringLiteral("Length")), QStringLiteral("9 bytes"));
    QCOMPARE(detail(*details, QStringLiteral("Peer")), QStringLiteral("127.0.0.1:51822"));
  }

  void theKeyboardMovesFromRowToRow() {
    Bench bench;
    bench.fill(3);
    QTRY_COMPARE(bench.rows(), 3);
    bench.panel.focusTable();
    bench.table()->showRow(2);
    QTest::keyClick(bench.table(), Qt::Key_Up);
    QCOMPARE(shownBytes(*bench.find<HexView>("inspectorHexView")), std::string("row 1"));
  }

  void anEventShowsItsSentenceAndNoBytes() {
    Bench bench;
    bench.traffic.event(bench.traffic.client, RecordKind::error,
                        {{}, Error::fromErrno(Operation::connect, ECONNREFUSED, "tcp://127.0.0.1:9")});
    bench.traffic.publish();
    QTRY_COMPARE(bench.rows(), 1);
    bench.table()->showRow(0);
    QVERIFY(shownBytes(*bench.find<HexView>("inspectorHexView")).empty());
    QVERIFY(bench.find<QLabel>("inspectorHexNote")->text().contains(QStringLiteral("ECONNREFUSED")));
    QCOMPARE(detail(*bench.find<QTableWidget>("inspectorDetailsView"), QStringLiteral("Error")),
             QStringLiteral("ECONNREFUSED"));
  }

  void hostileTextIsShownAsSymbols() {
    Bench bench;
    bench.traffic.received(bench.traffic.first, "\x1b[2J\u202e<b>bold</b>");
    bench.traffic.publish();
    QTRY_COMPARE(bench.rows(), 1);
    bench.table()->showRow(0);
    QCOMPARE(bench.find<QPlainTextEdit>("inspectorTextView")->toPlainText(),
             QStringLiteral("\u241b[2J<U+202E><b>bold</b>"));
  }

  void theTextIsReadInTheChosenEncoding() {
    Bench bench;
    bench.traffic.received(bench.traffic.first, "\xc4\xe3\xba\xc3");
    bench.traffic.publish();
    QTRY_COMPARE(bench.rows(), 1);
    bench.table()->showRow(0);
    auto* box = bench.find<QComboBox>("inspectorEncodingBox");
    QVERIFY(bench.find<QLabel>("inspectorTextNote")->text().contains(QStringLiteral("Not UTF-8")));
    box->setCurrentIndex(box->findText(QStringLiteral("GBK")));
    QCOMPARE(bench.find<QPlainTextEdit>("inspectorTextView")->toPlainText(), QStringLiteral("你好"));
    QCOMPARE(bench.find<QLabel>("inspectorTextNote")->text(), QString());
  }

  void aLargeTextIsBoundedAndSaysSo() {
    EngineSettings settings;
    settings.log.blockBytes = std::size_t{4} << 20;
    Bench bench(settings);
    bench.traffic.received(bench.traffic.first, std::string(BytesText::kShownBytes + 1, 'x'));
    bench.traffic.publish();
    QTRY_COMPARE(bench.rows(), 1);
    bench.find<QTabWidget>("inspectorTabs")->setCurrentIndex(1);
    bench.table()->showRow(0);
    QString text = bench.find<QPlainTextEdit>("inspectorTextView")->toPlainText();
    QCOMPARE(text.count(u'x'), static_cast<qsizetype>(BytesText::kShownBytes));
    const QString note = bench.find<QLabel>("inspectorTextNote")->text();
    QVERIFY2(note.contains(QStringLiteral("1,048,576 of 1,048,577")), qPrintable(note));
  }

  void anEvictedRowStaysInTheInspector() {
    EngineSettings settings;
    settings.log = {.budgetBytes = 512 << 10, .blockBytes = 16 << 10, .chunkRecords = 256};
    Bench bench(settings);
    bench.traffic.received(bench.traffic.first, "the first");
    bench.traffic.publish();
    QTRY_COMPARE(bench.rows(), 1);
    bench.table()->showRow(0);
    for (int i = 0; i < 100'000 && bench.bridge.log().evicted() == 0; ++i) {
      bench.traffic.received(bench.traffic.second, std::string(1000, 'x'));
      bench.traffic.publish();
    }
    QTRY_COMPARE(static_cast<std::uint64_t>(bench.rows()),
                 bench.bridge.log().end() - bench.bridge.log().first());
    QCOMPARE(shownBytes(*bench.find<HexView>("inspectorHexView")), std::string("the first"));
    QVERIFY(!bench.table()->currentIndex().isValid());
  }

  void followingKeepsTheNewestRowInView() {
    Bench bench;
    bench.fill(500);
    QTRY_COMPARE(bench.rows(), 500);
    QTRY_VERIFY(bench.atBottom());
    QVERIFY(bench.table()->verticalScrollBar()->maximum() > 0);
    bench.fill(500);
    QTRY_COMPARE(bench.rows(), 1000);
    QTRY_VERIFY(bench.atBottom());
    QVERIFY(bench.find<QToolButton>("trafficFollowButton")->isChecked());
  }

  void followingStopsWhenTheReaderLooksUp_data() {
    QTest::addColumn<bool>("byKey");
    QTest::newRow("by scrolling") << false;
    QTest::newRow("by the keyboard") << true;
  }
  void followingStopsWhenTheReaderLooksUp() {
    QFETCH(bool, byKey);
    Bench bench;
    bench.fill(500);
    QTRY_COMPARE(bench.rows(), 500);
    QTRY_VERIFY(bench.atBottom());
    auto* button = bench.find<QPushButton>("trafficNewRowsButton");
    QVERIFY(!button->isVisible());
    if (byKey) {
      QTest::keyClick(bench.table(), Qt::Key_Home, Qt::ControlModifier);
    } else {
      bench.scrollUp();
    }
    QVERIFY(!bench.table()->following());
    QVERIFY(!bench.find<QToolButton>("trafficFollowButton")->isChecked());
    const int top = bench.table()->verticalScrollBar()->value();
    bench.fill(7);
    QTRY_COMPARE(bench.rows(), 507);
    QCOMPARE(bench.table()->verticalScrollBar()->value(), top);
    QVERIFY(button->isVisible());
    QVERIFY2(button->text().contains(QStringLiteral("7 new")), qPrintable(button->text()));
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(bench.table()->following());
    QVERIFY(bench.atBottom());
    QVERIFY(!button->isVisible());
  }

  void theFollowButtonBringsFollowingBack() {
    Bench bench;
    bench.fill(500);
    QTRY_COMPARE(bench.rows(), 500);
    bench.scrollUp();
    QVERIFY(!bench.table()->following());
    QTest::mouseClick(bench.find<QToolButton>("trafficFollowButton"), Qt::LeftButton);
    QVERIFY(bench.table()->following());
    QVERIFY(bench.atBottom());
  }

  void evictionLeavesTheReadersPlace() {
    EngineSettings settings;
    settings.log = {.budgetBytes = 1 << 20, .blockBytes = 16 << 10, .chunkRecords = 256};
    Bench bench(settings);
    const std::string half(500, 'x');
    const auto add = [&](int count) {
      for (int i = 0; i < count; ++i) {
        bench.traffic.received(bench.traffic.first, half);
        bench.traffic.publish();
      }
    };
    add(1000);
    QTRY_COMPARE(bench.rows(), 1000);
    bench.table()->verticalScrollBar()->setValue(900);
    const auto topNumber = [&] {
      return bench.table()->trafficModel()->numberAt(bench.table()->verticalScrollBar()->value());
    };
    QCOMPARE(*topNumber(), std::uint64_t{900});
    while (bench.bridge.log().evicted() == 0) {
      add(100);
    }
    QTRY_COMPARE(*bench.table()->trafficModel()->numberAt(0), bench.bridge.log().first());
    QVERIFY(!bench.table()->following());
    QCOMPARE(*topNumber(), std::max<std::uint64_t>(900, bench.bridge.log().first()));
  }

  void freezingKeepsWhatStood() {
    Bench bench;
    bench.fill(2);
    QTRY_COMPARE(bench.rows(), 2);
    auto* pause = bench.find<QToolButton>("trafficPauseButton");
    QTest::mouseClick(pause, Qt::LeftButton);
    QVERIFY(bench.panel.isFrozen());
    bench.fill(3);
    auto* count = bench.find<QLabel>("trafficCountLabel");
    QTRY_VERIFY2(count->text().contains(QStringLiteral("3 new")), qPrintable(count->text()));
    QCOMPARE(bench.rows(), 2);
    bench.panel.focusTable();
    QTest::keyClick(bench.table(), Qt::Key_Space);
    QVERIFY(!bench.panel.isFrozen());
    QVERIFY(!pause->isChecked());
    QCOMPARE(bench.rows(), 5);
    QCOMPARE(count->text(), QStringLiteral("5 records"));
  }

  void onlyOneSession() {
    Bench bench;
    bench.fill(10);
    QTRY_COMPARE(bench.rows(), 10);
    bench.table()->showRow(4);
    auto* box = bench.find<QComboBox>("trafficOnlySessionBox");
    QVERIFY(box->itemText(1).contains(QStringLiteral("2")));
    box->setCurrentIndex(1);
    QTRY_COMPARE(bench.rows(), 5);
    QTRY_COMPARE(bench.find<QLabel>("trafficCountLabel")->text(), QStringLiteral("5 of 10 records"));
    QCOMPARE(bench.table()->currentLogRow()->number, std::uint64_t{4});
    bench.panel.showSession(SessionId{3});
    QTRY_COMPARE(bench.table()->trafficModel()->onlySession(), SessionId{3});
    bench.panel.showOnlySession({});
    QTRY_COMPARE(bench.rows(), 10);
    QCOMPARE(box->currentIndex(), 0);
  }

  void twoRowsAreComparedOnAPageOfTheirOwn() {
    Bench bench;
    bench.traffic.received(bench.traffic.first, "HTTP/1.1 200 OK");
    bench.traffic.received(bench.traffic.second, "other");
    bench.traffic.received(bench.traffic.first, "HTTP/1.1 404 Not Found");
    bench.traffic.publish();
    QTRY_COMPARE(bench.rows(), 3);
    auto* tabs = bench.find<QTabWidget>("inspectorTabs");
    const int pages = tabs->count();
    emit bench.table()->compareRequested(*bench.bridge.log().read(0), *bench.bridge.log().read(2));
    QCOMPARE(tabs->count(), pages + 1);
    QCOMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Compare"));
    QCOMPARE(shownBytes(*bench.find<HexView>("compareLeftHexView")), std::string("HTTP/1.1 200 OK"));
    QCOMPARE(shownBytes(*bench.find<HexView>("compareRightHexView")), std::string("HTTP/1.1 404 Not Found"));
    QVERIFY(bench.find<QLabel>("compareLeftTitle")
                ->text()
                .startsWith(QStringLiteral("Row 1, received, session 2")));
    QVERIFY(bench.find<QLabel>("compareSummary")->text().contains(QStringLiteral("first at byte 9")));
  }

  void theMenuOffersWhatCanBeCompared_data() {
    QTest::addColumn<QList<int>>("selected");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QList<int>>("compared");
    QTest::newRow("the two selected") << QList<int>{3, 0} << "trafficCompareAction" << QList<int>{0, 3};
    QTest::newRow("the earlier of its kind")
        << QList<int>{3} << "trafficCompareEarlierAction" << QList<int>{0, 3};
    QTest::newRow("none is earlier") << QList<int>{1} << "trafficCompareEarlierAction" << QList<int>{};
    QTest::newRow("the marked above") << QList<int>{3} << "trafficCompareMarkedAction" << QList<int>{1, 3};
    QTest::newRow("the marked below") << QList<int>{0} << "trafficCompareMarkedAction" << QList<int>{0, 1};
  }
  void theMenuOffersWhatCanBeCompared() {
    QFETCH(QList<int>, selected);
    QFETCH(QString, action);
    QFETCH(QList<int>, compared);
    Bench bench;
    bench.traffic.received(bench.traffic.first, "one");
    bench.traffic.received(bench.traffic.second, "other");
    bench.traffic.event(bench.traffic.first, RecordKind::halfClosed, {}, Party::peer);
    bench.traffic.received(bench.traffic.first, "two");
    bench.traffic.publish();
    bench.bridge.log().notes().setMarked(1, true);
    QTRY_COMPARE(bench.rows(), 4);
    QSignalSpy asked(bench.table(), &TrafficTable::compareRequested);
    QSignalSpy refused(bench.table(), &TrafficTable::compareRefused);
    for (const int row : selected) {
      bench.table()->selectionModel()->setCurrentIndex(
          bench.table()->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    QMenu menu;
    addCompareActions(menu, bench.table());
    auto* chosen = menu.findChild<QAction*>(action);
    QVERIFY(chosen != nullptr);
    QVERIFY(chosen->isEnabled());
    chosen->trigger();
    QTRY_COMPARE(asked.size() + refused.size(), 1);
    QCOMPARE(asked.size(), compared.isEmpty() ? 0 : 1);
    if (compared.isEmpty()) {
      QVERIFY(bench.find<QLabel>("compareSummary")->text().contains(QStringLiteral("row 2")));
    } else {
      QCOMPARE(asked[0][0].value<LogRow>().number, std::uint64_t(compared[0]));
      QCOMPARE(asked[0][1].value<LogRow>().number, std::uint64_t(compared[1]));
    }
  }

  void eventsAreNotCompared() {
    Bench bench;
    bench.traffic.event(bench.traffic.first, RecordKind::halfClosed, {}, Party::peer);
    bench.traffic.received(bench.traffic.first, "two");
    bench.traffic.publish();
    QTRY_COMPARE(bench.rows(), 2);
    bench.table()->selectAll();
    QMenu both;
    addCompareActions(both, bench.table());
    QVERIFY(!both.findChild<QAction*>(QStringLiteral("trafficCompareAction"))->isEnabled());
    bench.table()->showRow(0);
    QMenu one;
    addCompareActions(one, bench.table());
    for (const QAction* action : one.actions()) QVERIFY(!action->isEnabled());
  }

  void aFilterIsTypedAndCleared() {
    Bench bench;
    bench.fill(20);
    QTRY_COMPARE(bench.rows(), 20);
    bench.table()->showRow(12);
    auto* edit = bench.find<FilterEdit>("trafficFilterEdit");
    bench.panel.focusFilter();
    QTest::keyClicks(edit, QStringLiteral("session == 2"));
    QTRY_COMPARE(bench.rows(), 10);
    QTRY_COMPARE(bench.find<QLabel>("trafficCountLabel")->text(), QStringLiteral("10 of 20 records"));
    QTRY_COMPARE(bench.table()->currentLogRow()->number, std::uint64_t{12});
    bench.fill(2);
    QTRY_COMPARE(bench.rows(), 11);
    QTest::keyClick(edit, Qt::Key_Escape);
    QTRY_COMPARE(bench.rows(), 22);
    QCOMPARE(bench.table()->currentLogRow()->number, std::uint64_t{12});
  }

  void aRowThatAFilterHidesIsCurrentAgainAfterwards() {
    Bench bench;
    bench.fill(20);
    QTRY_COMPARE(bench.rows(), 20);
    bench.table()->showRow(13);
    auto* edit = bench.find<FilterEdit>("trafficFilterEdit");
    edit->setText(QStringLiteral("session == 2"));
    QTRY_COMPARE(bench.rows(), 10);
    QVERIFY(!bench.table()->currentLogRow());
    edit->clear();
    QTRY_COMPARE(bench.rows(), 20);
    QCOMPARE(bench.table()->currentLogRow()->number, std::uint64_t{13});
  }

  void whatAFilterCannotBeReadForIsSaidInPlace() {
    Bench bench;
    bench.fill(2);
    QTRY_COMPARE(bench.rows(), 2);
    auto* edit = bench.find<FilterEdit>("trafficFilterEdit");
    auto* message = bench.find<InlineMessage>("trafficFilterMessage");
    edit->setText(QStringLiteral("nonsense == 2"));
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(message->isVisible());
    QVERIFY(!message->text().isEmpty());
    QCOMPARE(bench.rows(), 2);
    edit->clear();
    QVERIFY(!message->isVisible());
  }

  void whereNoRowPassesTheFilterCanBeCleared() {
    Bench bench;
    auto* button = bench.find<QPushButton>("trafficClearFilterButton");
    bench.fill(2);
    QTRY_COMPARE(bench.rows(), 2);
    bench.find<FilterEdit>("trafficFilterEdit")->setText(QStringLiteral("len > 1000"));
    QTRY_COMPARE(bench.rows(), 0);
    QTRY_VERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(bench.rows(), 2);
    QVERIFY(!button->isVisible());
    QVERIFY(bench.find<FilterEdit>("trafficFilterEdit")->text().isEmpty());
  }

  void aCellBecomesAFilter_data() {
    QTest::addColumn<QString>("menu");
    QTest::addColumn<int>("item");  // among those with words
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("applied");
    QTest::newRow("only these") << QString() << 0 << 10 << true;
    QTest::newRow("hide these") << QString() << 1 << 10 << true;
    QTest::newRow("apply: selected") << QStringLiteral("applyFilterMenu") << 0 << 10 << true;
    QTest::newRow("apply: not selected") << QStringLiteral("applyFilterMenu") << 1 << 10 << true;
    QTest::newRow("apply: and selected") << QStringLiteral("applyFilterMenu") << 2 << 5 << true;
    QTest::newRow("apply: or selected") << QStringLiteral("applyFilterMenu") << 3 << 15 << true;
    QTest::newRow("apply: and not selected") << QStringLiteral("applyFilterMenu") << 4 << 5 << true;
    QTest::newRow("apply: or not selected") << QStringLiteral("applyFilterMenu") << 5 << 15 << true;
    QTest::newRow("prepare: selected") << QStringLiteral("prepareFilterMenu") << 0 << 20 << false;
  }
  void aCellBecomesAFilter() {
    QFETCH(QString, menu);
    QFETCH(int, item);
    QFETCH(int, rows);
    QFETCH(bool, applied);
    Bench bench;
    bench.fill(20);
    QTRY_COMPARE(bench.rows(), 20);
    auto* edit = bench.find<FilterEdit>("trafficFilterEdit");
    if (item > 1) {
      edit->setText(QStringLiteral("no <= 10"));
      QTRY_COMPARE(bench.rows(), 10);
    }
    bench.table()->showRow(4);
    QMenu opened;
    const int row = bench.table()->currentIndex().row();
    emit bench.table()->menuOpening(&opened,
                                    bench.table()->trafficModel()->index(row, TrafficModel::Session));
    const auto* from = menu.isEmpty() ? &opened : opened.findChild<QMenu*>(menu);
    QVERIFY(from);
    QList<QAction*> actions;
    for (QAction* action : from->actions()) {
      if (!action->isSeparator()) actions.append(action);
    }
    QVERIFY(actions.value(item)->isEnabled());
    actions[item]->trigger();
    QCOMPARE(edit->state(), applied ? FilterEdit::State::applied : FilterEdit::State::prepared);
    QTRY_COMPARE(bench.rows(), rows);
  }

  void aColumnWithNothingToGoByOffersNothing() {
    Bench bench;
    bench.fill(2);
    QTRY_COMPARE(bench.rows(), 2);
    bench.table()->showRow(1);
    QMenu opened;
    emit bench.table()->menuOpening(&opened, bench.table()->trafficModel()->index(1, TrafficModel::Delta));
    const QList<QAction*> notes = bench.panel.tools()->noteActions();
    for (QAction* action : opened.actions()) {
      const QObject* named = action->menu() ? static_cast<QObject*>(action->menu()) : action;
      const bool isOfTheTalk = named->objectName().contains(QLatin1String("Talk"));
      QVERIFY(action->isSeparator() || isOfTheTalk || notes.contains(action) || !action->isEnabled());
    }
  }

  void filtersAreRememberedAndNotAppliedAgain() {
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("state.ini")), QSettings::IniFormat);
    {
      Bench bench;
      auto* edit = bench.find<FilterEdit>("trafficFilterEdit");
      edit->setText(QStringLiteral("len > 1"));
      QTest::keyClick(edit, Qt::Key_Return);
      edit->setText(QStringLiteral("len > 2"));  // in use as the window closes
      bench.panel.saveState(settings);
    }
    Bench bench;
    bench.panel.restoreState(settings);
    QVERIFY(bench.find<FilterEdit>("trafficFilterEdit")->text().isEmpty());
    QTest::mouseClick(bench.find<QToolButton>("trafficFilterMenuButton"), Qt::LeftButton);
    auto* list = bench.find<QTreeWidget>("trafficFilterList");
    QVERIFY(list->isVisible());
    QCOMPARE(list->topLevelItem(2)->text(1), QStringLiteral("len > 2"));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(bench.find<FilterEdit>("trafficFilterEdit")->text(), QStringLiteral("len > 2"));
  }

  void aButtonForMoreIsThereOnceThereIsMore() {
    Bench bench;
    auto* button = bench.find<QToolButton>("trafficMoreButton");
    QVERIFY(!button->isVisible());
    bench.panel.moreMenu()->addAction(QStringLiteral("Export"));
    QTRY_VERIFY(button->isVisible());
  }

  void clearingForgetsEveryRow() {
    Bench bench;
    bench.fill(10);
    QTRY_COMPARE(bench.rows(), 10);
    bench.table()->showRow(4);
    QTest::mouseClick(bench.find<QToolButton>("trafficClearButton"), Qt::LeftButton);
    QTRY_COMPARE(bench.rows(), 0);
    QVERIFY(shownBytes(*bench.find<HexView>("inspectorHexView")).empty());
    QCOMPARE(bench.bridge.log().first(), bench.bridge.log().end());
  }

  void aSourceWithoutAnEngineHasNoLiveDetails() {
    RecordedTraffic source;
    TrafficPanel panel(&source);
    panel.show();
    source.traffic.received(source.traffic.first, "from a file");
    source.traffic.publish();
    emit source.trafficChanged();
    auto* table = panel.findChild<TrafficTable*>(QStringLiteral("trafficTable"));
    QCOMPARE(table->trafficModel()->rowCount(), 1);
    table->showRow(0);
    panel.findChild<QTabWidget*>(QStringLiteral("inspectorTabs"))->setCurrentIndex(2);
    const auto* details = panel.findChild<QTableWidget*>(QStringLiteral("inspectorDetailsView"));
    QCOMPARE(detail(*details, QStringLiteral("Peer")), QStringLiteral("127.0.0.1:51822"));
    QVERIFY(!panel.findChild<QToolButton*>(QStringLiteral("detailsOptionsButton")));
    panel.inspectSession(SessionId{2}, TrafficPanel::SessionPart::options);
    QVERIFY(details->isVisible());
    const auto* box = panel.findChild<QComboBox*>(QStringLiteral("trafficOnlySessionBox"));
    QCOMPARE(box->itemText(1), QStringLiteral("Only session 2  the name in the file"));
    panel.clear();
    QCOMPARE(table->trafficModel()->rowCount(), 0);
  }

  void rowsAreCopiedInEveryForm() {
    Bench bench;
    bench.traffic.received(bench.traffic.first, "a\r\n");
    bench.traffic.event(bench.traffic.first, RecordKind::halfClosed, {}, Party::peer);
    bench.traffic.sent(bench.traffic.first, std::string("\0\x1b", 2));
    bench.traffic.publish();
    QTRY_COMPARE(bench.rows(), 3);
    bench.table()->selectAll();
    QCOMPARE(bench.table()->selectedText(CopyForm::hex), QStringLiteral("61 0d 0a\n00 1b"));
    QCOMPARE(bench.table()->selectedText(CopyForm::escaped), QStringLiteral("a\\r\\n\n\\0\\x1b"));
    QCOMPARE(bench.table()->selectedText(CopyForm::preview),
             QStringLiteral("a\u240d\u240a\npeer closed its side (FIN)\n\u2400\u241b"));
    QTest::keySequence(bench.table(), QKeySequence::Copy);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines.first().split(u'\t').size(), static_cast<qsizetype>(TrafficModel::kColumns));
  }

  void aDoubleClickAsksForTheRowsSession() {
    Bench bench;
    QSignalSpy asked(&bench.panel, &TrafficPanel::sessionActivated);
    bench.fill(2);
    QTRY_COMPARE(bench.rows(), 2);
    emit bench.table()->activated(bench.table()->trafficModel()->index(1, 0));
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().value<SessionId>(), SessionId{3});
  }

  void columnsGiveWayInASmallWindow() {
    Bench bench;
    bench.panel.resize(1100, 600);
    QTRY_VERIFY(!bench.table()->isColumnHidden(TrafficModel::Delta));
    bench.panel.resize(600, 500);
    QTRY_VERIFY(bench.table()->isColumnHidden(TrafficModel::Delta));
    QVERIFY(!bench.table()->isColumnHidden(TrafficModel::Preview));
    QTRY_COMPARE(bench.table()->horizontalScrollBar()->maximum(), 0);
    bench.panel.resize(1100, 600);
    QTRY_VERIFY(!bench.table()->isColumnHidden(TrafficModel::Delta));
  }

  void theInspectorGivesWayInALowWindowAndCanBeCalledBack() {
    Bench bench;
    auto* inspector = bench.find<QTabWidget>("inspectorTabs");
    QVERIFY(inspector->isVisible());
    bench.panel.resize(900, 200);
    QTRY_VERIFY(!inspector->isVisible());
    QTest::mouseClick(bench.find<QToolButton>("trafficInspectButton"), Qt::LeftButton);
    QVERIFY(inspector->isVisible());
    bench.panel.resize(900, 600);
    QVERIFY(inspector->isVisible());
  }

  void itsStateIsRemembered() {
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("state.ini")), QSettings::IniFormat);
    {
      Bench bench;
      auto* tabs = bench.find<QTabWidget>("inspectorTabs");
      tabs->setCurrentIndex(tabs->count() - 1);
      bench.find<QComboBox>("inspectorEncodingBox")->setCurrentIndex(1);
      bench.panel.saveState(settings);
    }
    Bench bench;
    bench.panel.restoreState(settings);
    const auto* tabs = bench.find<QTabWidget>("inspectorTabs");
    QCOMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Details"));
    QCOMPARE(bench.find<QComboBox>("inspectorEncodingBox")->currentIndex(), 1);
  }

  void damagedStateDoesNoHarm() {
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("state.ini")), QSettings::IniFormat);
    settings.setValue(QStringLiteral("trafficColumns"), QByteArrayLiteral("nonsense"));
    settings.setValue(QStringLiteral("inspectorTab"), 99);
    settings.setValue(QStringLiteral("inspectorEncoding"), QStringLiteral("x"));
    Bench bench;
    bench.panel.restoreState(settings);
    QCOMPARE(bench.find<QTabWidget>("inspectorTabs")->currentIndex(), 0);
    QVERIFY(bench.find<QComboBox>("inspectorEncodingBox")->currentIndex() >= 0);
  }

  void aMillionRowsCanBeReadAtBothEnds() {
    Bench bench;
    for (int i = 0; i < 1000; ++i) {
      bench.fill(1000);
      if (i % 50 == 0) {
        QCoreApplication::processEvents();
      }
    }
    QTRY_COMPARE_WITH_TIMEOUT(bench.rows(), 1'000'000, 30'000);
    QTRY_VERIFY(bench.atBottom());
    bench.table()->showRow(0);
    QCOMPARE(shownBytes(*bench.find<HexView>("inspectorHexView")), std::string("row 0"));
    bench.table()->showRow(999'999);
    QCOMPARE(shownBytes(*bench.find<HexView>("inspectorHexView")), std::string("row 999"));
  }

  void everyControlHasANameForTheEar() {
    Bench bench;
    for (const QWidget* widget : bench.panel.findChildren<QWidget*>()) {
      const bool interactive = qobject_cast<const QAbstractButton*>(widget) != nullptr ||
                               qobject_cast<const QComboBox*>(widget) != nullptr;
      if (interactive && !widget->objectName().startsWith(QStringLiteral("qt_"))) {
        QVERIFY2(!widget->accessibleName().isEmpty() ||
                     qobject_cast<const QAbstractItemView*>(widget->parentWidget()) != nullptr ||
                     widget->parentWidget()->inherits("QTabBar") ||
                     widget->parentWidget()->inherits("QLineEdit"),  // its own clear button
                 qPrintable(widget->objectName()));
      }
    }
  }

  void idleItRunsNoTimer() {
    Bench bench;
    bench.fill(100);
    QTRY_COMPARE(bench.rows(), 100);
    const auto running = [&] {
      QStringList names;
      for (const QObject* root :
           {static_cast<QObject*>(&bench.bridge), static_cast<QObject*>(&bench.panel)}) {
        for (const QTimer* timer : root->findChildren<QTimer*>()) {
          if (timer->isActive()) {
            names.append(QString::fromLatin1(timer->parent()->metaObject()->className()));
          }
        }
      }
      return names;
    };
    QTRY_COMPARE(running(), QStringList());
  }

 private:
  EnglishPlurals english_;
};

QTEST_MAIN(TestTrafficPanel)
#include "tst_traffic_panel.moc"
