#include <QTest>
#include <random>

#include "tests/ui/models/traffic_fixture.h"
#include "ui/models/byte_comparison.h"
#include "ui/models/earlier_row.h"

using namespace sockbench;
using namespace sockbench::ui;
using Ranges = std::vector<ByteDifference>;

namespace {

// Place by place, as the header says it.
Ranges naive(ByteView one, ByteView other, qsizetype shift) {
  Ranges ranges;
  const auto size = [](ByteView bytes) { return static_cast<qsizetype>(bytes.size()); };
  const qsizetype end = std::max(size(one), size(other) - shift);
  for (qsizetype place = std::min<qsizetype>(0, -shift); place < end; ++place) {
    const bool a = place >= 0 && place < size(one);
    const bool b = place + shift >= 0 && place + shift < size(other);
    if (!a && !b) continue;
    if (a && b && one[std::size_t(place)] == other[std::size_t(place + shift)]) continue;
    if (!ranges.empty() && ranges.back().place + ranges.back().length == place)
      ++ranges.back().length;
    else
      ranges.push_back({place, 1});
  }
  return ranges;
}

}  // namespace

class TestByteComparison : public QObject {
  Q_OBJECT
 private slots:
  void ranges_data() {
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<int>("shift");
    QTest::addColumn<Ranges>("ranges");
    const auto row = [](const char* name, const char* one, const char* other, int shift, Ranges ranges) {
      QTest::newRow(name) << QByteArray(one) << QByteArray(other) << shift << std::move(ranges);
    };
    row("the same", "hello", "hello", 0, {});
    row("nothing on both sides", "", "", 0, {});
    row("one byte", "hello", "hallo", 0, {{1, 1}});
    row("neighbours are one difference", "abcdef", "aXXdeX", 0, {{1, 2}, {5, 1}});
    row("the other is longer", "abc", "abcde", 0, {{3, 2}});
    row("the other is shorter", "abcde", "abc", 0, {{3, 2}});
    row("the end joins what differs before it", "abX", "abcde", 0, {{2, 3}});
    row("nothing beside something", "", "abc", 0, {{0, 3}});
    row("shifted into agreement", "hello", ">>hello", 2, {{-2, 2}});
    row("shifted the other way", ">>hello", "hello", -2, {{0, 2}});
    row("shifted beyond each other", "ab", "cd", 5, {{-5, 2}, {0, 2}});
    row("and beyond to the right", "ab", "cd", -5, {{0, 2}, {5, 2}});
  }
  void ranges() {
    QFETCH(QByteArray, one);
    QFETCH(QByteArray, other);
    QFETCH(int, shift);
    QFETCH(Ranges, ranges);
    const auto view = [](const QByteArray& bytes) {
      return std::as_bytes(std::span(bytes.data(), std::size_t(bytes.size())));
    };
    const ByteComparison found = compareBytes(view(one), view(other), shift);
    QVERIFY(found.ranges == ranges);
    QVERIFY(naive(view(one), view(other), shift) == ranges);
    QCOMPARE(found.equal(), ranges.empty());
    QCOMPARE(found.rangeCount, qsizetype(ranges.size()));
  }

  void agreesWithAComparisonByteByByte() {
    std::mt19937 random(1);
    for (int round = 0; round < 300; ++round) {
      const auto bytes = [&] {
        Bytes made(random() % 40);
        for (std::byte& byte : made) byte = std::byte(random() % 3);
        return made;
      };
      const Bytes one = bytes();
      const Bytes other = bytes();
      const qsizetype shift = qsizetype(random() % 100) - 50;
      const ByteComparison found = compareBytes(one, other, shift);
      const Ranges expected = naive(one, other, shift);
      QVERIFY2(found.ranges == expected, qPrintable(QStringLiteral("round %1").arg(round)));
    }
  }

  void rangesAreBoundedButAllCounted() {
    const Bytes one(2 * (ByteComparison::kMostRanges + 10));
    Bytes other = one;
    for (std::size_t i = 0; i < other.size(); i += 2) other[i] = std::byte{1};
    const ByteComparison found = compareBytes(one, other, 0);
    QCOMPARE(found.ranges.size(), ByteComparison::kMostRanges);
    QCOMPARE(found.rangeCount, qsizetype(ByteComparison::kMostRanges) + 10);
    QCOMPARE(found.differing, found.rangeCount);
    QCOMPARE(found.ranges.back().length, 1);
  }

  void theEarlierRowIsOfTheSameSessionAndDirection() {
    test::TrafficFixture traffic;
    traffic.received(traffic.first, "one");     // 0
    traffic.received(traffic.second, "other");  // 1
    traffic.sent(traffic.first, "answer");      // 2
    traffic.event(traffic.first, RecordKind::halfClosed);
    traffic.received(traffic.first, "two");  // 4
    traffic.publish();
    const auto earlier = earlierRowAlike(traffic.log(), *traffic.log().read(4));
    QVERIFY(earlier.has_value());
    QCOMPARE(earlier->number, std::uint64_t{0});
    QVERIFY(!earlierRowAlike(traffic.log(), *traffic.log().read(0)));
    QVERIFY(!earlierRowAlike(traffic.log(), *traffic.log().read(1)));
    QVERIFY(!earlierRowAlike(traffic.log(), *traffic.log().read(3)));
  }

  void theEarlierRowMayBeFarAway() {
    test::TrafficFixture traffic;
    traffic.received(traffic.first, "one");
    for (int i = 0; i < 200'000; ++i) traffic.received(traffic.second, "x");
    traffic.received(traffic.first, "two");
    traffic.publish();
    const auto earlier = earlierRowAlike(traffic.log(), *traffic.log().read(200'001));
    QVERIFY(earlier.has_value());
    QCOMPARE(earlier->number, std::uint64_t{0});
  }

  void theMarkedRowNearest() {
    test::TrafficFixture traffic;
    for (int i = 0; i < 10; ++i) traffic.received(traffic.first, "x");
    traffic.publish();
    QVERIFY(!markedRowNear(traffic.log(), 5));
    traffic.log().notes().setMarked(8, true);
    QCOMPARE(markedRowNear(traffic.log(), 5), std::optional<std::uint64_t>(8));
    traffic.log().notes().setMarked(2, true);
    QCOMPARE(markedRowNear(traffic.log(), 5), std::optional<std::uint64_t>(2));
  }
};

QTEST_APPLESS_MAIN(TestByteComparison)
#include "tst_byte_comparison.moc"
