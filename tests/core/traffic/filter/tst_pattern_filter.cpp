#include <QTest>
#include <string>
#include <vector>

#include "core/traffic/filter/pattern_filter.h"
#include "core/traffic/traffic_log.h"

using namespace sockbench;

class TstPatternFilter : public QObject {
  Q_OBJECT
 private slots:
  void picksRowsOfBytesWithAMatch();
  void goesTogetherWithOtherFilters_data();
  void goesTogetherWithOtherFilters();
};

namespace {

using Places = std::vector<std::uint32_t>;

std::shared_ptr<TrafficLog> someRows() {
  const auto log = TrafficLog::create();
  const auto writer = log->makeWriter();
  const auto add = [&](RecordKind kind, std::string_view payload) {
    Record record;
    record.kind = kind;
    record.session = SessionId{1};
    record.direction = kind == RecordKind::in ? Direction::in : Direction::out;
    writer->append(record, nullptr, asBytes(payload));
  };
  add(RecordKind::in, "a needle");
  add(RecordKind::in, "hay");
  add(RecordKind::out, "needle, and more");
  add(RecordKind::error, "needle in an event");
  writer->publish();
  return log;
}

Places selected(const TrafficLog& log, const FilterPtr& filter) {
  Places places;
  filter->select(log.slab(0), {}, places);
  return places;
}

BytePattern needle() {
  return *BytePattern::fromText("NEEDLE", TextEncoding::utf8, false);
}

}  // namespace

void TstPatternFilter::picksRowsOfBytesWithAMatch() {
  const auto log = someRows();
  QCOMPARE(selected(*log, patternFilter(needle())), (Places{0, 2}));
  QVERIFY(!patternFilter(needle())->usesNotes());
}

void TstPatternFilter::goesTogetherWithOtherFilters_data() {
  QTest::addColumn<FilterPtr>("other");
  QTest::addColumn<Places>("places");
  QTest::newRow("all rows") << FilterPtr() << Places{0, 2};
  QTest::newRow("a session") << Filter::ofSession(SessionId{2}) << Places{};
  QTest::newRow("no session") << Filter::ofSession({}) << Places{0, 2};
  QTest::newRow("a direction") << Filter::parse("dir == out").value_or(nullptr) << Places{2};
  QTest::newRow("another pattern") << patternFilter(*BytePattern::fromRegex("m.re")) << Places{2};
}

void TstPatternFilter::goesTogetherWithOtherFilters() {
  QFETCH(const FilterPtr, other);
  QFETCH(const Places, places);
  const auto log = someRows();
  QCOMPARE(selected(*log, Filter::both(other, patternFilter(needle()))), places);
  QCOMPARE(selected(*log, Filter::both(patternFilter(needle()), other)), places);
}

QTEST_GUILESS_MAIN(TstPatternFilter)
#include "tst_pattern_filter.moc"
