// How long the window stands still while a large conversation opens: measured and reported, never asserted.
// SOCKBENCH_STREAM_MB makes it larger than the usual 96.
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTest>
#include <QTimer>

#include "tests/ui/panels/stream_bench.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;
using sockbench::test::StreamBench;

namespace {

std::size_t megabytes() {
  bool good = false;
  const int wanted = qEnvironmentVariableIntValue("SOCKBENCH_STREAM_MB", &good);
  return good ? static_cast<std::size_t>(std::clamp(wanted, 1, 4096)) : 96;
}

// The longest time between two turns of the event loop.
class Pulse {
 public:
  Pulse() {
    QObject::connect(&timer_, &QTimer::timeout, [this] { longest_ = std::max(longest_, since_.restart()); });
    since_.start();
    timer_.start(0);
  }
  qint64 longest() const { return longest_; }

 private:
  QTimer timer_;
  QElapsedTimer since_;
  qint64 longest_ = 0;
};

EngineSettings roomy() {
  EngineSettings settings;
  settings.log.budgetBytes = (megabytes() + 128) << 20;
  return settings;
}

}  // namespace

class TestStreamLag : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { theme::apply(*qApp, theme::Mode::light); }

  void aLargeConversationOpensAtOnce_data() {
    QTest::addColumn<QByteArray>("spec");
    for (const char* spec : {"per-read", "line", "fixed:1000000"}) QTest::newRow(spec) << QByteArray(spec);
  }
  void aLargeConversationOpensAtOnce() {
    QFETCH(QByteArray, spec);
    StreamBench bench(roomy());
    std::string piece;
    while (piece.size() < 64'000)
      piece += "a line of text, as long as lines of text are, " + std::to_string(piece.size()) + "\n";
    const std::size_t pieces = (megabytes() << 20) / piece.size();
    for (std::size_t i = 0; i < pieces; ++i) {
      bench.traffic.bytes(bench.traffic.first, i % 2 == 0 ? Direction::in : Direction::out, piece);
    }
    bench.traffic.publish();
    bench.frame(spec.constData());
    const Pulse pulse;
    QElapsedTimer since;
    since.start();
    bench.follow();
    QTRY_VERIFY(!bench.view()->visibleLines().isEmpty());
    const qint64 first = since.elapsed();
    QVERIFY(QTest::qWaitFor([&] { return bench.view()->document()->state().upToDate; }, 100'000));
    const qint64 all = since.elapsed();
    QScrollBar* bar = bench.view()->verticalScrollBar();
    QElapsedTimer scrolling;
    scrolling.start();
    for (int i = 0; i < 100; ++i) {
      bar->setValue(static_cast<int>(qint64{bar->maximum()} * ((i * 37) % 100) / 100));
      bench.view()->grab();
    }
    const qint64 jumps = scrolling.elapsed();
    bar->setValue(bar->maximum());
    QVERIFY(bench.view()->following());
    QVERIFY(bench.body().last().endsWith(u'\u240a') || spec == "fixed:1000000");
    qInfo(
        "%zu MB: first lines after %lld ms, everything after %lld ms, 100 jumps painted in %lld ms, longest "
        "pause %lld ms",
        megabytes(), first, all, jumps, pulse.longest());
  }
};

QTEST_MAIN(TestStreamLag)
#include "tst_stream_lag.moc"
