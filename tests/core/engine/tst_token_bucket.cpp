// TokenBucket: never more than the rate and one burst, in any span of time. Times are made up.
#include <QTest>
#include <random>

#include "core/engine/detail/token_bucket.h"

using namespace std::chrono_literals;
using sockbench::detail::TokenBucket;

namespace {

const TokenBucket::Clock::time_point kStart{1000h};

}  // namespace

class TestTokenBucket : public QObject {
  Q_OBJECT

 private slots:
  void burst_data();
  void burst();
  void startsFullAndFillsAgain();
  void nothingIsLostBetween();
  void keepsToTheRate_data();
  void keepsToTheRate();
  void readyAtIsWhenItIsThere_data();
  void readyAtIsWhenItIsThere();
  void withoutALimit();
};

void TestTokenBucket::burst_data() {
  QTest::addColumn<quint64>("rate");
  QTest::addColumn<quint64>("burst");
  QTest::newRow("the least") << quint64{1} << quint64{148};
  QTest::newRow("an eighth of a second") << quint64{65536} << quint64{8192};
  QTest::newRow("the most") << quint64{1} * (1ULL << 40) << quint64{1ULL << 30};
  QTest::newRow("a rate that nobody has") << ~quint64{0} << quint64{1ULL << 30};
}

void TestTokenBucket::burst() {
  QFETCH(quint64, rate);
  QFETCH(quint64, burst);
  const TokenBucket bucket(rate, 148, kStart);
  QCOMPARE(quint64{bucket.burst()}, burst);
  QCOMPARE(quint64{bucket.available(kStart)}, burst);
}

void TestTokenBucket::startsFullAndFillsAgain() {
  TokenBucket bucket(1000, 100, kStart);
  QCOMPARE(bucket.available(kStart), 125U);
  bucket.take(125, kStart);
  QCOMPARE(bucket.available(kStart), 0U);
  QCOMPARE(bucket.available(kStart + 1ms - 1ns), 0U);
  QCOMPARE(bucket.available(kStart + 1ms), 1U);
  QCOMPARE(bucket.available(kStart + 50ms), 50U);
  QCOMPARE(bucket.available(kStart + 24h), 125U);
  bucket.take(25, kStart + 24h);
  QCOMPARE(bucket.available(kStart + 24h), 100U);
}

// Parts of a byte that have come together are kept when some are taken.
void TestTokenBucket::nothingIsLostBetween() {
  TokenBucket bucket(1000, 100, kStart);
  bucket.take(125, kStart);
  std::size_t taken = 0;
  for (auto at = kStart; at <= kStart + 10s; at += 700us) {
    const std::size_t now = bucket.available(at);
    bucket.take(now, at);
    taken += now;
  }
  QVERIFY2(taken >= 9999 && taken <= 10000, qPrintable(QString::number(taken)));
}

void TestTokenBucket::keepsToTheRate_data() {
  QTest::addColumn<quint64>("rate");
  QTest::newRow("7 bytes a second") << quint64{7};
  QTest::newRow("64 KiB a second") << quint64{65536};
  QTest::newRow("999,999,937 bytes a second") << quint64{999'999'937};
  QTest::newRow("1 TiB a second") << quint64{1ULL << 40};
}

// Taken in parts of any size at any times: from the start to any of them no more than the rate and a burst.
void TestTokenBucket::keepsToTheRate() {
  QFETCH(quint64, rate);
  TokenBucket bucket(rate, 148, kStart);
  std::minstd_rand random(1);
  auto at = kStart;
  double taken = 0;
  for (int i = 0; i < 20000; ++i) {
    at += std::chrono::nanoseconds(random() % 20'000'000);
    const std::size_t most = bucket.available(at);
    QVERIFY(most <= bucket.burst());
    const std::size_t part = i % 3 == 0 ? most : static_cast<std::size_t>(random()) % (most + 1);
    bucket.take(part, at);
    taken += static_cast<double>(part);
    const double seconds = std::chrono::duration<double>(at - kStart).count();
    QVERIFY(taken <= static_cast<double>(rate) * seconds + static_cast<double>(bucket.burst()) + 0.5);
  }
}

void TestTokenBucket::readyAtIsWhenItIsThere_data() {
  QTest::addColumn<quint64>("rate");
  QTest::addColumn<quint64>("bytes");
  QTest::newRow("a slow line") << quint64{3} << quint64{74};
  QTest::newRow("a part that no rate divides") << quint64{65537} << quint64{4099};
  QTest::newRow("the whole burst") << quint64{1'000'000} << quint64{125'000};
  QTest::newRow("fast") << quint64{1ULL << 40} << quint64{65536};
}

void TestTokenBucket::readyAtIsWhenItIsThere() {
  QFETCH(quint64, rate);
  QFETCH(quint64, bytes);
  TokenBucket bucket(rate, 148, kStart);
  bucket.take(bucket.burst(), kStart);
  const auto ready = bucket.readyAt(bytes);
  QVERIFY(ready > kStart);
  QVERIFY(bucket.available(ready) >= bytes);
  QVERIFY(bucket.available(ready - 2ns) <= bytes);
  if (rate < 1'000'000'000) QVERIFY(bucket.available(ready - 2ns) < bytes);
}

void TestTokenBucket::withoutALimit() {
  TokenBucket bucket(0, 148, kStart);
  QVERIFY(!bucket.isLimited());
  bucket.take(1'000'000'000, kStart);
  QCOMPARE(bucket.available(kStart), SIZE_MAX);
  QVERIFY(bucket.readyAt(1) <= kStart);
}

QTEST_GUILESS_MAIN(TestTokenBucket)
#include "tst_token_bucket.moc"
