// bench_window: what the window feels of the load.
//
// The real window with its engine, its timeline visible and following, while a stream comes at full speed,
// and while 100,000 datagrams a second come: how late its event loop is. Then its CPU time once nothing
// comes any more. And how long it takes from exec to the first paint, beside an empty window.
#include <QApplication>
#include <QEventLoop>
#include <QTimer>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "child.h"
#include "contest.h"
#include "lag_meter.h"
#include "loopback.h"
#include "report.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/widgets/theme.h"
#include "ui/window/main_window.h"

namespace {

using namespace bench;
using namespace sockbench;
using std::chrono::milliseconds;

constexpr milliseconds kSettle{1500};  // by then the log has wrapped
constexpr double kRecordsPerSecond = 100'000;

void runFor(milliseconds time) {
  QEventLoop loop;
  QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
  loop.exec();
}

// Settings and the place of meeting are this run's alone, and go with it.
class OwnHome {
 public:
  OwnHome() {
    std::string name = std::filesystem::temp_directory_path() / "sockbench-bench-XXXXXX";
    if (!::mkdtemp(name.data())) fail("mkdtemp", errno);
    folder_ = name;
    for (const char* variable : {"HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"})
      ::setenv(variable, folder_.c_str(), 1);
  }
  ~OwnHome() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

 private:
  std::filesystem::path folder_;
};

class Window {
 public:
  Window() : window_(&bridge_) {
    window_.resize(1200, 800);
    window_.show();
    ui::LaunchRequest request;
    request.listen = {Endpoint::parse("tcp://127.0.0.1:0").value(),
                      Endpoint::parse("udp://127.0.0.1:0").value()};
    window_.open(request);
    while (portOf(Transport::tcp) == 0 || portOf(Transport::udp) == 0) runFor(milliseconds(10));
  }

  std::uint16_t portOf(Transport transport) const {
    for (const SessionSnapshot& session : bridge_.snapshots())
      if (session.role == SessionRole::listener && session.transport == transport &&
          session.state == SessionState::listening)
        return session.local.port();
    return 0;
  }

  std::uint64_t recordsIn() const { return bridge_.log().end(); }
  std::uint64_t bytesIn() const { return bridge_.log().bytesPublished(); }

 private:
  ui::EngineBridge bridge_;
  ui::MainWindow window_;
};

void measureLag(const Report& report, Window& window, const std::string& load,
                const std::vector<std::string>& sender, milliseconds time) {
  Child child(sender);
  runFor(kSettle);
  LagMeter meter;
  const std::uint64_t records = window.recordsIn();
  const std::uint64_t bytes = window.bytesIn();
  const auto start = Clock::now();
  runFor(time);
  const double seconds = secondsSince(start);
  report.add({.what = load + ": event-loop lag, 99th percentile",
              .unit = "ms",
              .ours = {meter.percentile(0.99)},
              .target = valueAtMost(16)});
  report.add({.what = load + ": event-loop lag, longest",
              .unit = "ms",
              .ours = {meter.percentile(1)},
              .target = valueAtMost(100)});
  report.add({.what = load + ": recorded meanwhile",
              .unit = "records/s",
              .ours = {static_cast<double>(window.recordsIn() - records) / seconds}});
  report.add({.what = load + ": the same in bytes",
              .unit = "MB/s",
              .ours = {static_cast<double>(window.bytesIn() - bytes) / seconds / 1e6}});
}

void measureUnderLoad(const Report& report, milliseconds time) {
  Window window;
  runFor(milliseconds(500));
  const milliseconds whole = kSettle + time + milliseconds(500);
  const std::string seconds = std::to_string(static_cast<double>(whole.count()) / 1000);
  measureLag(
      report, window, "bulk stream",
      {besideUs("bench_peer"), "bulk", std::to_string(window.portOf(Transport::tcp)), seconds, "262144"},
      time);
  const auto count =
      static_cast<std::uint64_t>(kRecordsPerSecond * static_cast<double>(whole.count()) / 1000);
  measureLag(report, window, "100,000 datagrams a second",
             {besideUs("bench_peer"), "datagrams", std::to_string(window.portOf(Transport::udp)),
              std::to_string(count), std::to_string(kRecordsPerSecond)},
             time);
  runFor(kSettle);
  const double before = processCpuSeconds();
  const auto start = Clock::now();
  runFor(time);
  // A text cursor blinks in the field that has the focus; that is all.
  report.add({.what = "idle after the load: CPU",
              .unit = "ms/s",
              .ours = {(processCpuSeconds() - before) * 1000 / secondsSince(start)},
              .target = valueAtMost(2)});
}

double startMillis(const std::vector<std::string>& command) {
  const auto start = Clock::now();
  Child program(command, true);
  if (program.line() != "painted") fail(command.front() + " is unclear");
  const double millis = secondsSince(start) * 1000;
  program.waitForEnd();
  return millis;
}

void measureStart(const Report& report) {
  const std::string program = besideUs("../../app/gui/sockbench");
  const auto rounds = alternate({{"ours",
                                  [&] {
                                    return startMillis({program, "--new-window", "--exit-after-paint"});
                                  }},
                                 {"empty", [] { return startMillis({besideUs("bench_empty_window")}); }}});
  report.add({.what = "exec to first paint",
              .unit = "ms",
              .ours = rounds[0],
              .against = "an empty QMainWindow",
              .baseline = rounds[1],
              .target = ratioAtMost(2)});
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parseOptions(argc, argv);
  const OwnHome home;
  QApplication application(argc, argv);
  ui::theme::apply(application, ui::theme::Mode::light);
  const Report report("window");
  measureUnderLoad(report, milliseconds(options.quick ? 3000 : 10'000));
  measureStart(report);
  report.note("platform of both windows: " + QGuiApplication::platformName().toStdString());
}
