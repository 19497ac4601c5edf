// bench_periodic: a datagram each millisecond, by a SendAgent and by a bare loop over timerfd that makes the
// same send(2). How late each one is, by the kernel's time of its arrival, against a grid of whole
// milliseconds.
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <thread>
#include <vector>

#include "contest.h"
#include "core/automation/send_agent.h"
#include "core/engine/engine.h"
#include "loopback.h"
#include "report.h"

namespace {

using namespace bench;
using namespace sockbench;

constexpr long kInterval = 1'000'000;  // nanoseconds
constexpr std::size_t kBytes = 64;

struct Lateness {  // in microseconds
  double median = 0;
  double slow = 0;  // the 99th percentile
  double most = 0;
};

// When each of `count` datagrams arrived.
class Arrivals {
 public:
  explicit Arrivals(std::size_t count) : count_(count), socket_(bindUdp(0)) {
    const int on = 1;
    if (::setsockopt(*socket_, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0)
      fail("SO_TIMESTAMPNS", errno);
    limitWaits(socket_, std::chrono::seconds(5));
  }

  std::uint16_t port() const { return bench::portOf(socket_); }

  Lateness measure() {
    std::vector<double> times;
    while (times.size() < count_) times.push_back(next());
    for (std::size_t i = 0; i < times.size(); ++i) times[i] -= static_cast<double>(i) * kInterval;
    std::ranges::sort(times);
    const double earliest = times.front();
    const auto at = [&](double share) {
      const auto index = static_cast<std::size_t>(share * static_cast<double>(times.size() - 1));
      return (times[index] - earliest) / 1000;
    };
    return {at(0.5), at(0.99), at(1)};
  }

 private:
  double next() {
    std::array<char, 2048> bytes;
    std::array<char, 128> control;
    iovec part{bytes.data(), bytes.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    if (::recvmsg(*socket_, &message, 0) < 0) fail("a datagram", errno);
    for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
      if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SO_TIMESTAMPNS) continue;
      timespec time{};
      std::memcpy(&time, CMSG_DATA(c), sizeof time);
      // Seconds of the day are enough, and leave a double's digits for the nanoseconds.
      return static_cast<double>(time.tv_sec % 86'400) * 1e9 + static_cast<double>(time.tv_nsec);
    }
    fail("a datagram without a time");
  }

  std::size_t count_;
  Descriptor socket_;
};

class Periodic {
 public:
  explicit Periodic(bool quick) : count_(quick ? 500 : 3000) {}

  Lateness ours() {
    Arrivals arrivals(count_);
    ConnectSpec spec;
    spec.endpoint = Endpoint::parse("udp://127.0.0.1:" + std::to_string(arrivals.port())).value();
    const SessionId client = engine_.connect(spec);
    MessageSpec message;
    message.body = std::string(kBytes, 'x');
    SendPlan plan;
    plan.count = count_;
    plan.interval = std::chrono::nanoseconds(kInterval);
    const auto agent = SendAgent::make(plan, Message::read(message).value()).value();
    engine_.attach(client, agent);
    const Lateness lateness = arrivals.measure();
    engine_.close(client);
    return lateness;
  }

  Lateness bare() {
    Arrivals arrivals(count_);
    const std::jthread sender([&] { sendBarely(arrivals.port()); });
    return arrivals.measure();
  }

 private:
  void sendBarely(std::uint16_t port) const {
    const Descriptor socket = connectUdp(port);
    const Descriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
    const itimerspec each{{0, kInterval}, {0, kInterval}};
    if (::timerfd_settime(*timer, 0, &each, nullptr) != 0) fail("the timer", errno);
    const std::array<char, kBytes> bytes{};
    for (std::size_t sent = 0; sent < count_;) {
      std::uint64_t times = 0;
      if (::read(*timer, &times, sizeof times) != sizeof times) fail("the timer", errno);
      for (; times > 0 && sent < count_; --times, ++sent) {
        if (::send(*socket, bytes.data(), bytes.size(), 0) < 0) fail("a bare send", errno);
      }
    }
  }

  std::size_t count_;
  Engine engine_;
};

Finding compare(const char* what, double Lateness::*which, const std::vector<Lateness>& ours,
                const std::vector<Lateness>& bare, std::optional<Target> target) {
  Finding finding{.what = what, .unit = "us", .against = "a bare timerfd loop"};
  for (std::size_t i = 1; i < ours.size(); ++i) {
    finding.ours.push_back(ours[i].*which);
    finding.baseline.push_back(bare[i].*which);
  }
  finding.target = target;
  return finding;
}

}  // namespace

int main(int argc, char** argv) {
  Periodic match(parseOptions(argc, argv).quick);
  std::vector<Lateness> ours;
  std::vector<Lateness> bare;
  alternate({{"ours", [&] { return ours.emplace_back(match.ours()).slow; }},
             {"bare", [&] { return bare.emplace_back(match.bare()).slow; }}});
  const Report report("periodic");
  report.add(compare("lateness of a send each 1 ms, median", &Lateness::median, ours, bare, ratioAtMost(2)));
  report.add(
      compare("lateness of a send each 1 ms, 99th percentile", &Lateness::slow, ours, bare, ratioAtMost(2)));
  report.add(compare("lateness of a send each 1 ms, largest", &Lateness::most, ours, bare, std::nullopt));
}
