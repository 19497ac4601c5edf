// bench_latency: one blocking client sends 64 bytes and waits for them, again and again: to our echo server,
// with full capture, and to a bare blocking echo in C.
#include <sys/socket.h>

#include <array>
#include <cstdio>
#include <thread>
#include <vector>

#include "child.h"
#include "contest.h"
#include "loopback.h"
#include "report.h"
#include "served_engine.h"

namespace {

using namespace bench;

struct Times {
  double median = 0;
  double slow = 0;  // the 99th percentile
};

void echoAll(const Descriptor& socket) {
  std::array<char, 4096> bytes{};
  for (;;) {
    const ssize_t got = ::recv(*socket, bytes.data(), bytes.size(), 0);
    if (got <= 0) return;
    sendAll(*socket, bytes.data(), static_cast<std::size_t>(got));
  }
}

class PingPong {
 public:
  explicit PingPong(bool quick) : rounds_(quick ? "10000" : "40000") {}

  Times ours() { return clientTimes(engine_.portOf(listener_)); }

  Times bare() {
    const Descriptor listener = listenTcp();
    const std::jthread server([&] { echoAll(acceptOne(listener)); });
    return clientTimes(portOf(listener));
  }

 private:
  Times clientTimes(std::uint16_t port) const {
    Child client({besideUs("bench_peer"), "pingpong", std::to_string(port), rounds_}, true);
    Times times;
    if (std::sscanf(client.line().c_str(), "%lf %lf", &times.median, &times.slow) != 2)
      fail("bench_peer is unclear");
    client.waitForEnd();
    return times;
  }

  std::string rounds_;
  ServedEngine engine_;
  sockbench::SessionId listener_ =
      engine_.listen("tcp://127.0.0.1:0", {.responder = sockbench::Responder::echo});
};

Finding compare(const char* what, double Times::*which, const std::vector<Times>& ours,
                const std::vector<Times>& bare, double limit) {
  Finding finding{.what = what, .unit = "us", .against = "a bare blocking echo in C"};
  for (std::size_t i = 1; i < ours.size(); ++i) {
    finding.ours.push_back(ours[i].*which / 1000);
    finding.baseline.push_back(bare[i].*which / 1000);
  }
  finding.target = ratioAtMost(limit);
  return finding;
}

}  // namespace

int main(int argc, char** argv) {
  PingPong match(parseOptions(argc, argv).quick);
  std::vector<Times> ours;
  std::vector<Times> bare;
  alternate({{"ours", [&] { return ours.emplace_back(match.ours()).median; }},
             {"bare", [&] { return bare.emplace_back(match.bare()).median; }}});
  const Report report("latency");
  report.add(compare("echo of 64 bytes, median", &Times::median, ours, bare, 1.25));
  report.add(compare("echo of 64 bytes, 99th percentile", &Times::slow, ours, bare, 2));
}
