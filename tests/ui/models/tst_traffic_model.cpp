#include <QAbstractItemModelTester>
#include <QBrush>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/models/traffic_fixture.h"
#include "ui/models/traffic_model.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::TrafficFixture;

namespace {

constexpr LogLimits kSmall{.budgetBytes = 512 << 10, .blockBytes = 16 << 10, .chunkRecords = 256};
constexpr int kMillion = 1'000'000;

QString cell(const TrafficModel& model, int row, int column) {
  return model.index(row, column).data(Qt::DisplayRole).toString();
}

TrafficModel::RowKind kindAt(const TrafficModel& model, int row) {
  return model.index(row, 0).data(TrafficModel::RowKindRole).value<TrafficModel::RowKind>();
}

// Rows of sessions 2 and 3 in turn, a kilobyte each, until the log has evicted at least one.
void fillUntilEviction(TrafficFixture& traffic, TrafficModel& model) {
  const std::string kilobyte(1000, 'x');
  for (int i = 0; i < 100'000 && traffic.log().evicted() == 0; ++i) {
    traffic.received(i % 2 == 0 ? traffic.first : traffic.second, kilobyte);
    traffic.publish();
    if (i % 50 == 0) {
      model.refresh();
    }
  }
}

FilterPtr filter(const char* text) {
  Result<FilterPtr> read = Filter::parse(text);
  if (!read) qFatal("%s: %s", text, read.error().message().c_str());
  return *read;
}

QList<std::uint64_t> numbers(const TrafficModel& model) {
  QList<std::uint64_t> all;
  for (int row = 0; row < model.rowCount(); ++row) all.append(model.numberAt(row).value_or(0));
  return all;
}

// Of every row that is there, by itself.
QList<std::uint64_t> passing(const TrafficLog& log, const Filter& filter) {
  QList<std::uint64_t> all;
  for (LogSlab slab = log.slab(log.first()); !slab.empty(); slab = log.slab(slab.end())) {
    std::vector<std::uint32_t> places;
    filter.select(slab, {}, places);
    for (const std::uint32_t place : places) all.append(slab.first() + place);
  }
  return all;
}

void fillMillion(TrafficFixture& traffic) {
  for (int i = 0; i < kMillion; ++i) {
    traffic.received(i % 10 == 0 ? traffic.second : traffic.first, "0123456789abcdef");
    if (i % 1000 == 0) {
      traffic.publish();
    }
  }
  traffic.publish();
}

}  // namespace

class TestTrafficModel : public QObject {
  Q_OBJECT
 private slots:
  void showsBytesAndEventsInOrder() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    traffic.event(traffic.first, RecordKind::accepted);
    traffic.bytes(traffic.first, Direction::in, "hello\r\n", 1'000'000'000);
    traffic.bytes(traffic.first, Direction::out, "world", 1'001'500'000);
    traffic.event(traffic.first, RecordKind::reset, {}, Party::peer);
    Record urgent = TrafficFixture::rowOf(traffic.first, RecordKind::in, 1'002'000'000);
    urgent.flags = kRecordUrgent;
    traffic.append(urgent, traffic.first, "!");
    traffic.publish();
    QCOMPARE(model.rowCount(), 0);
    model.refresh();
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(cell(model, 4, TrafficModel::Preview), QStringLiteral("[urgent] !"));
    QCOMPARE(cell(model, 1, TrafficModel::No), QStringLiteral("2"));
    QCOMPARE(cell(model, 1, TrafficModel::Session), QStringLiteral("2"));
    QCOMPARE(cell(model, 1, TrafficModel::Peer), QStringLiteral("127.0.0.1:51822"));
    QCOMPARE(cell(model, 1, TrafficModel::Length), QStringLiteral("7"));
    QCOMPARE(cell(model, 1, TrafficModel::Preview), QStringLiteral("hello\u240d\u240a"));
    QCOMPARE(cell(model, 2, TrafficModel::Delta), QStringLiteral("1.500"));
    QCOMPARE(cell(model, 0, TrafficModel::Delta), QString());
    QCOMPARE(cell(model, 0, TrafficModel::Length), QString());
    QCOMPARE(kindAt(model, 0), TrafficModel::RowKind::event);
    QCOMPARE(kindAt(model, 1), TrafficModel::RowKind::received);
    QCOMPARE(kindAt(model, 2), TrafficModel::RowKind::sent);
    QCOMPARE(kindAt(model, 3), TrafficModel::RowKind::error);
  }

  void headersStandAsTheirCells() {
    TrafficFixture traffic;
    traffic.received(traffic.first, "x");
    traffic.publish();
    const TrafficModel model(traffic.log());
    for (int column = 0; column < TrafficModel::kColumns; ++column) {
      QCOMPARE(model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole),
               model.index(0, column).data(Qt::TextAlignmentRole));
    }
  }

  void manyRowsComeInOneBatch() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (int i = 0; i < 20'000; ++i) {
      traffic.received(traffic.first, "x");
    }
    traffic.publish();
    model.refresh();
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.rowCount(), 20'000);
  }

  void evictedRowsLeaveFromTheTop() {
    TrafficFixture traffic(kSmall);
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    fillUntilEviction(traffic, model);
    QVERIFY(traffic.log().evicted() > 0);
    model.refresh();
    QCOMPARE(static_cast<std::uint64_t>(model.rowCount()), traffic.log().end() - traffic.log().first());
    QCOMPARE(cell(model, 0, TrafficModel::No), QString::number(traffic.log().first() + 1));
  }

  void anEvictedRowSaysSoUntilItGoes() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    traffic.received(traffic.first, "hello");
    traffic.publish();
    model.refresh();
    traffic.log().clear();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, TrafficModel::Preview), QStringLiteral("evicted"));
    QCOMPARE(kindAt(model, 0), TrafficModel::RowKind::evicted);
    QVERIFY(!model.rowAt(0));
    model.refresh();
    QCOMPARE(model.rowCount(), 0);
  }

  void clearingLeavesTheNumbersGoingOn() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    traffic.received(traffic.first, "one");
    traffic.publish();
    model.refresh();
    traffic.log().clear();
    traffic.received(traffic.first, "two");
    traffic.publish();
    model.refresh();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, TrafficModel::No), QStringLiteral("2"));
    QCOMPARE(cell(model, 0, TrafficModel::Preview), QStringLiteral("two"));
  }

  void onlyOneSession_data() {
    QTest::addColumn<uint>("session");
    QTest::addColumn<int>("rows");
    QTest::newRow("one session: its rows") << 2U << 2;
    QTest::newRow("a listener: its rows and those of its sessions") << 1U << 4;
    QTest::newRow("a session without rows: none") << 9U << 0;
    QTest::newRow("none: all rows") << 0U << 5;
  }
  void onlyOneSession() {
    QFETCH(uint, session);
    TrafficFixture traffic;
    traffic.event(traffic.listener, RecordKind::listening);
    traffic.received(traffic.first, "a");
    traffic.received(traffic.second, "b");
    traffic.received(traffic.client, "c");
    traffic.publish();
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    model.setOnlySession(SessionId{session});
    traffic.received(traffic.first, "d");  // comes later, and is found all the same
    traffic.publish();
    model.refresh();
    QFETCH(int, rows);
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.rowCount(), rows);
    for (int row = 0; row < model.rowCount(); ++row) {
      QCOMPARE(model.rowOf(*model.numberAt(row)), row);
    }
  }

  void onlyOneSessionWhileRowsAreEvicted() {
    TrafficFixture traffic(kSmall);
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    model.setOnlySession(SessionId{3});
    fillUntilEviction(traffic, model);
    model.refresh();
    const std::uint64_t kept = traffic.log().end() - traffic.log().first();
    QTRY_VERIFY(!model.isSearching());
    QTRY_VERIFY(static_cast<std::uint64_t>(model.rowCount()) + 1 >= kept / 2);
    QVERIFY(*model.numberAt(0) >= traffic.log().first());
    QCOMPARE(model.index(0, 0).data(TrafficModel::SessionRole).toUInt(), 3U);
  }

  void onlyWhatPassesTheFilter_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<uint>("session");
    QTest::addColumn<int>("rows");
    QTest::newRow("a filter") << QStringLiteral("len == 2") << 0U << 3;
    QTest::newRow("a filter and one session") << QStringLiteral("len == 2") << 2U << 2;
    QTest::newRow("a filter and a listener") << QStringLiteral("kind == listening or len == 2") << 1U << 4;
    QTest::newRow("nothing passes") << QStringLiteral("len == 99") << 0U << 0;
  }
  void onlyWhatPassesTheFilter() {
    QFETCH(QString, text);
    QFETCH(uint, session);
    QFETCH(int, rows);
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    traffic.event(traffic.listener, RecordKind::listening);
    traffic.received(traffic.first, "aa");
    traffic.received(traffic.first, "a");
    traffic.received(traffic.second, "bb");
    traffic.publish();
    model.refresh();
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &TrafficModel::filterChanged);
    const FilterPtr wanted = filter(text.toUtf8());
    model.setFilter(wanted);
    model.setFilter(wanted);
    model.setOnlySession(SessionId{session});
    QCOMPARE(changed.size(), 1);
    traffic.received(traffic.first, "cc");  // comes later, and is found all the same
    traffic.publish();
    model.refresh();
    QVERIFY(model.isFiltering());
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.rowCount(), rows);
    QCOMPARE(model.rowsToSearch(), std::uint64_t{0});
    for (int row = 0; row < model.rowCount(); ++row) QCOMPARE(model.rowOf(*model.numberAt(row)), row);
    QCOMPARE(resets.size(), session == 0 ? 1 : 2);
    model.setFilter(nullptr);
    model.setOnlySession({});
    QCOMPARE(model.rowCount(), 5);
  }

  void theFilterHoldsWhileRowsComeAndGo() {
    TrafficFixture traffic(kSmall);
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    model.setFilter(filter("session == 3"));
    for (int round = 0; round < 20; ++round) {
      for (int i = 0; i < 200; ++i) {
        traffic.received(i % 3 == 0 ? traffic.second : traffic.first, std::string(500, 'x'));
      }
      traffic.publish();
      model.refresh();
      QCoreApplication::processEvents();
    }
    QVERIFY(traffic.log().evicted() > 0);
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(numbers(model), passing(traffic.log(), *model.filter()));
    QVERIFY(model.rowCount() > 0);
  }

  void typingOnFindsWhatTheLastFilterFinds() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    fillMillion(traffic);
    model.refresh();
    for (const char* text : {"len > 1", "len > 10", "session == 2", "session == 3 and len > 10"}) {
      model.setFilter(filter(text));
      QCoreApplication::processEvents();
    }
    QTRY_VERIFY_WITH_TIMEOUT(!model.isSearching(), 60'000);
    QCOMPARE(model.rowCount(), kMillion / 10);
    QCOMPARE(*model.numberAt(1), std::uint64_t{10});
  }

  void frozenItKeepsWhatStoodAndCountsWhatPasses() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    model.setFilter(filter("len == 2"));
    traffic.received(traffic.first, "aa");
    traffic.publish();
    model.refresh();
    QTRY_COMPARE(model.rowCount(), 1);
    model.freeze(true);
    traffic.received(traffic.first, "bb");
    traffic.received(traffic.first, "b");
    traffic.publish();
    model.refresh();
    QTRY_COMPARE(model.newRows(), quint64{1});
    QCOMPARE(model.rowCount(), 1);
    model.setFilter(filter("len > 0"));
    QTRY_COMPARE(model.newRows(), quint64{2});
    QCOMPARE(model.rowCount(), 1);
    model.freeze(false);
    QCOMPARE(model.rowCount(), 3);
  }

  void clearingLeavesAFilteredModelEmpty() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    model.setFilter(filter("len == 2"));
    traffic.received(traffic.first, "aa");
    traffic.publish();
    model.refresh();
    QTRY_COMPARE(model.rowCount(), 1);
    traffic.log().clear();
    model.refresh();
    QCOMPARE(model.rowCount(), 0);
    traffic.received(traffic.first, "bb");
    traffic.publish();
    model.refresh();
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, TrafficModel::Preview), QStringLiteral("bb"));
  }

  void aRowHasTheColourThatIsAskedFor() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    traffic.received(traffic.first, "a");
    traffic.received(traffic.first, "b");
    traffic.publish();
    model.refresh();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setRowColor([](std::uint64_t number) { return number == 1 ? QColor(Qt::red) : QColor(); });
    QCOMPARE(changed.size(), 1);
    QVERIFY(!model.index(0, 0).data(Qt::BackgroundRole).isValid());
    QCOMPARE(model.index(1, 0).data(Qt::BackgroundRole).value<QBrush>().color(), QColor(Qt::red));
  }

  void frozenItKeepsWhatStoodAndCounts_data() {
    QTest::addColumn<uint>("session");
    QTest::newRow("all rows") << 0U;
    QTest::newRow("one session") << 2U;
  }
  void frozenItKeepsWhatStoodAndCounts() {
    QFETCH(uint, session);
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    model.setOnlySession(SessionId{session});
    traffic.received(traffic.first, "before");
    traffic.publish();
    model.refresh();
    QTRY_COMPARE(model.rowCount(), 1);
    model.freeze(true);
    traffic.received(traffic.first, "after");
    traffic.received(traffic.first, "after that");
    traffic.publish();
    model.refresh();
    QTRY_COMPARE(model.newRows(), quint64{2});
    QCOMPARE(model.rowCount(), 1);
    model.freeze(false);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.newRows(), quint64{0});
  }

  void frozenItLosesWhatMemoryLoses() {
    TrafficFixture traffic(kSmall);
    TrafficModel model(traffic.log());
    const QAbstractItemModelTester tester(&model);
    traffic.received(traffic.first, "the first");
    traffic.publish();
    model.refresh();
    model.freeze(true);
    fillUntilEviction(traffic, model);
    model.refresh();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.newRows(), traffic.log().end() - traffic.log().first());
  }

  void frozenAnotherSessionShowsOnlyWhatStood() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    traffic.received(traffic.first, "a");
    traffic.received(traffic.second, "b");
    traffic.publish();
    model.refresh();
    model.freeze(true);
    traffic.received(traffic.second, "c");
    traffic.publish();
    model.setOnlySession(SessionId{3});
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.newRows(), quint64{1});
    model.setOnlySession({});
    QCOMPARE(model.rowCount(), 2);
  }

  void aMillionRows() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    fillMillion(traffic);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.refresh();
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.rowCount(), kMillion);
    QCOMPARE(cell(model, kMillion - 1, TrafficModel::No), QStringLiteral("1000000"));
    QCOMPARE(cell(model, kMillion / 2, TrafficModel::Preview), QStringLiteral("0123456789abcdef"));
  }

  void aSessionAmongAMillionRowsIsFoundInSlices() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    fillMillion(traffic);
    model.refresh();
    model.setOnlySession(SessionId{3});
    QVERIFY(model.isSearching());  // it came back before it was through
    QTRY_VERIFY_WITH_TIMEOUT(!model.isSearching(), 60'000);
    QCOMPARE(model.rowCount(), kMillion / 10);
    QCOMPARE(*model.numberAt(1), std::uint64_t{10});
  }

  void hostileTextIsShownAsSymbols() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    traffic.received(traffic.first, "\x1b[31mred\x07\u202e<b>");
    traffic.publish();
    model.refresh();
    QCOMPARE(cell(model, 0, TrafficModel::Preview), QStringLiteral("\u241b[31mred\u2407<U+202E><b>"));
    const QString tip = model.index(0, TrafficModel::Preview).data(Qt::ToolTipRole).toString();
    QVERIFY(tip.contains(QStringLiteral("&lt;b&gt;")));
    QVERIFY(!tip.contains(QStringLiteral("<b>")));
  }

  void previewsAndToolTipsAreBounded() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    traffic.received(traffic.first, std::string(1 << 20, 'x'));
    traffic.publish();
    model.refresh();
    QVERIFY(cell(model, 0, TrafficModel::Preview).size() <= 400);
    QVERIFY(model.index(0, TrafficModel::Preview).data(Qt::ToolTipRole).toString().size() <= 1500);
  }

  void everyCellHasWordsForTheEar() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    traffic.sent(traffic.first, "hi");
    traffic.publish();
    model.refresh();
    QCOMPARE(model.index(0, TrafficModel::Direction).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("sent"));
    QCOMPARE(model.index(0, TrafficModel::Length).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("Length 2"));
  }

  void idleItRunsNoTimer() {
    TrafficFixture traffic;
    TrafficModel model(traffic.log());
    model.setOnlySession(SessionId{2});
    traffic.received(traffic.first, "x");
    traffic.publish();
    model.refresh();
    QTRY_VERIFY(!model.isSearching());
    for (const QTimer* timer : model.findChildren<QTimer*>()) {
      QVERIFY(!timer->isActive());
    }
    QVERIFY(!model.findChildren<QTimer*>().isEmpty());
  }
};

QTEST_GUILESS_MAIN(TestTrafficModel)
#include "tst_traffic_model.moc"
