// bench_typing: what the window feels of a filter that is typed over ten million rows.
//
// The real window with its timeline visible and full; filters are typed into its line key by key, and cleared
// again: how late its event loop is meanwhile, and how long until everything that passes is shown.
#include <QApplication>
#include <QEventLoop>
#include <QTimer>
#include <chrono>
#include <string>
#include <vector>

#include "contest.h"
#include "lag_meter.h"
#include "loopback.h"
#include "report.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/theme.h"
#include "ui/window/main_window.h"

namespace {

using namespace bench;
using namespace sockbench;
using std::chrono::milliseconds;

constexpr milliseconds kBetweenKeys{60};

void runFor(milliseconds time) {
  QEventLoop loop;
  QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
  loop.exec();
}

EngineSettings roomFor(std::uint64_t rows) {
  EngineSettings settings;
  settings.log.budgetBytes = rows * 160;
  return settings;
}

// 64 bytes each, of ten sessions in turn.
void fill(TrafficLog& log, std::uint64_t rows) {
  const auto writer = log.makeWriter();
  std::vector<FlowPtr> flows;
  for (std::uint32_t id = 1; id <= 10; ++id) {
    auto flow = std::make_shared<Flow>();
    flow->session = SessionId{id};
    flows.push_back(std::move(flow));
  }
  for (std::uint64_t i = 0; i < rows; ++i) {
    std::string payload = "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: bench";
    payload.resize(64, '.');
    Record record;
    record.session = flows[i % 10]->session;
    record.kind = i % 2 == 0 ? RecordKind::in : RecordKind::out;
    record.direction = i % 2 == 0 ? Direction::in : Direction::out;
    writer->append(record, flows[i % 10], asBytes(payload));
    if (i % 1000 == 0) writer->publish();
  }
  writer->publish();
}

class Typing {
 public:
  explicit Typing(ui::MainWindow& window)
      : edit_(window.findChild<ui::FilterEdit*>(QStringLiteral("trafficFilterEdit"))),
        model_(window.traffic()->findChild<ui::TrafficModel*>()) {
    edit_->setFocus();
  }

  void measure(const Report& report, const char* filter) {
    LagMeter meter;
    for (const char* key = filter; *key != 0; ++key) {
      edit_->insert(QString(QLatin1Char(*key)));
      runFor(kBetweenKeys);
    }
    const auto typed = Clock::now();
    while (model_->isSearching()) runFor(milliseconds(1));
    const double through = secondsSince(typed) * 1000;
    const auto rows = static_cast<double>(model_->rowCount());
    edit_->clear();
    runFor(milliseconds(500));
    const std::string what = std::string(filter) + ": ";
    report.add({.what = what + "event-loop lag, 99th percentile",
                .unit = "ms",
                .ours = {meter.percentile(0.99)},
                .target = valueAtMost(16)});
    report.add({.what = what + "event-loop lag, longest",
                .unit = "ms",
                .ours = {meter.percentile(1)},
                .target = valueAtMost(100)});
    report.add({.what = what + "the last key until all is shown", .unit = "ms", .ours = {through}});
    report.add({.what = what + "rows shown", .unit = "rows", .ours = {rows}});
  }

 private:
  ui::FilterEdit* edit_;
  const ui::TrafficModel* model_;
};

}  // namespace

int main(int argc, char** argv) {
  const Options options = parseOptions(argc, argv);
  QApplication application(argc, argv);
  ui::theme::apply(application, ui::theme::Mode::light);
  const Report report("typing");
  const std::uint64_t rows = options.quick ? 1'000'000 : 10'000'000;
  ui::EngineBridge bridge(roomFor(rows));
  ui::MainWindow window(&bridge);
  window.resize(1200, 800);
  window.show();
  fill(bridge.log(), rows);
  runFor(milliseconds(1500));
  Typing typing(window);
  for (const char* filter : {"len > 10", "session == 3", "data contains \"99999\"", "data matches \"9{5}\""})
    typing.measure(report, filter);
  report.note("rows in the log: " + std::to_string(bridge.log().end() - bridge.log().first()));
}
