// bench_soak [--quick | --for SECONDS]: mixed traffic against one engine with its default log, at a pace that
// leaves the machine room, for so long (600 s). Its memory and its descriptors are looked at every two
// seconds, once the log is full and as many closed sessions are remembered as are kept.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "child.h"
#include "loopback.h"
#include "report.h"
#include "served_engine.h"

namespace {

using namespace bench;
using sockbench::Responder;
using sockbench::SessionId;

constexpr std::chrono::seconds kBetweenSamples{2};

double residentMegabytes() {
  std::ifstream pages("/proc/self/statm");
  double size = 0;
  double resident = 0;
  pages >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

double openDescriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<double>(std::distance(begin(all), end(all))) - 1;  // without the iterator's own
}

struct Samples {
  std::vector<double> memory;
  std::vector<double> descriptors;
  std::vector<double> sessions;
};

// What a straight line through the samples gains a minute.
double slopePerMinute(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  const double middle = (count - 1) / 2;
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double together = 0;
  double alone = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = static_cast<double>(i) - middle;
    together += x * (values[i] - mean);
    alone += x * x;
  }
  return alone > 0 ? together / alone * 60 / static_cast<double>(kBetweenSamples.count()) : 0;
}

class Soak {
 public:
  Soak() {
    descriptorsBefore_ = openDescriptors();
    const sockbench::SessionRules echo{.responder = Responder::echo, .peerIdle = std::chrono::seconds(5)};
    echo_ = served_.listen("tcp://127.0.0.1:0", echo);
    sink_ = served_.listen("tcp://127.0.0.1:0");
    udp_ = served_.listen("udp://127.0.0.1:0", echo);
    served_.listen("unix:@" + name_ + "-stream", echo);
    served_.listen("unix-seqpacket:@" + name_ + "-seqpacket", echo);
    served_.listen("unix-dgram:@" + name_ + "-dgram", echo);
  }

  void run(double seconds) {
    const auto port = [this](SessionId id) { return std::to_string(served_.portOf(id)); };
    Child traffic({besideUs("bench_peer"), "mixed", port(echo_), port(sink_), port(udp_), name_,
                   std::to_string(seconds)},
                  true);
    const double warmUp = std::max(15.0, seconds / 10);
    const auto start = Clock::now();
    auto next = start;
    while (!traffic.hasLine()) {
      if (secondsSince(start) > seconds + 120) fail("the traffic does not end");
      ownClient();
      if (secondsSince(start) > warmUp && served_.engine().log().evicted() > 0 && Clock::now() >= next) {
        sample();
        next = Clock::now() + kBetweenSamples;
      }
    }
    traffic_ = traffic.line();
    traffic.waitForEnd();
  }

  void report(const Report& report) {
    if (samples_.memory.empty()) fail("the log was never full: the soak was too short");
    const std::vector<double>& memory = samples_.memory;
    const auto [least, most] = std::ranges::minmax(memory);
    report.add({.what = "resident memory, first", .unit = "MB", .ours = {memory.front()}});
    report.add({.what = "resident memory, last", .unit = "MB", .ours = {memory.back()}});
    report.add({.what = "resident memory, most", .unit = "MB", .ours = {most}});
    report.add({.what = "most above least",
                .unit = "%",
                .ours = {(most / least - 1) * 100},
                .target = valueAtMost(5)});
    report.add({.what = "slope", .unit = "MB/min", .ours = {slopePerMinute(memory)}});
    report.add({.what = "resident memory, each sample", .unit = "MB", .ours = memory});
    report.add({.what = "descriptors, each sample", .unit = "", .ours = samples_.descriptors});
    report.add({.what = "sessions open, each sample", .unit = "", .ours = samples_.sessions});
    // Peers of datagrams have no end of their own.
    served_.engine().closeAll();
    served_.waitUntil("every session has ended", [this] { return served_.engine().openSessions() == 0; });
    report.add({.what = "descriptors at the end, above those before",
                .unit = "",
                .ours = {openDescriptors() - descriptorsBefore_},
                .target = valueAtMost(0)});
    counts(report);
  }

 private:
  // A client of ours that says something to our own echo and closes once it is open.
  void ownClient() {
    sockbench::ConnectSpec spec;
    spec.endpoint =
        sockbench::Endpoint::parse("tcp://127.0.0.1:" + std::to_string(served_.portOf(echo_))).value();
    const SessionId id = served_.engine().connect(std::move(spec));
    served_.waitUntil(
        "our client is connected",
        [&] { return served_.now(id).state == sockbench::SessionState::connected; },
        std::chrono::milliseconds(10));
    if (served_.engine().send(id, sockbench::toBytes("hello\r\n"))) ++ownMessages_;
    served_.engine().close(id);
    served_.waitUntil(
        "our client has closed", [&] { return !served_.now(id).isOpen(); }, std::chrono::milliseconds(10));
  }

  void sample() {
    samples_.memory.push_back(residentMegabytes());
    samples_.descriptors.push_back(openDescriptors());
    samples_.sessions.push_back(static_cast<double>(served_.engine().openSessions()));
  }

  void counts(const Report& report) {
    double connections = 0;
    double messages = 0;
    if (std::sscanf(traffic_.c_str(), "%lf %lf", &connections, &messages) != 2) fail("bench_peer is unclear");
    const sockbench::TrafficLog& log = served_.engine().log();
    report.add({.what = "connections and peers", .unit = "", .ours = {connections}});
    report.add({.what = "messages", .unit = "", .ours = {messages + ownMessages_}});
    report.add({.what = "rows", .unit = "", .ours = {static_cast<double>(log.end())}});
    report.add({.what = "rows evicted", .unit = "", .ours = {static_cast<double>(log.evicted())}});
    report.add({.what = "bytes", .unit = "MB", .ours = {static_cast<double>(log.bytesPublished()) / 1e6}});
  }

  ServedEngine served_;
  std::string name_ = "sockbench-soak-" + std::to_string(::getpid());
  SessionId echo_;
  SessionId sink_;
  SessionId udp_;
  double descriptorsBefore_ = 0;
  double ownMessages_ = 0;
  std::string traffic_;
  Samples samples_;
};

double secondsOf(int argc, char** argv) {
  if (argc == 1) return 600;
  if (argc == 2 && std::string_view(argv[1]) == "--quick") return 60;
  const double seconds = argc == 3 && std::string_view(argv[1]) == "--for" ? std::atof(argv[2]) : 0;
  if (seconds < 30) fail("usage: bench_soak [--quick | --for SECONDS]; at least 30");
  return seconds;
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = secondsOf(argc, argv);
  raiseDescriptorLimit();
  Soak soak;
  soak.run(seconds);
  soak.report(Report("soak"));
}
