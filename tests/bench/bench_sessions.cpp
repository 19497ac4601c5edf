// bench_sessions: many TCP sessions at once at one listener of the engine.
//
// 9,000 are accepted; what each costs in memory is measured while they are idle, in this process only, with
// a log that is full already and without the kernel's socket memory. Then each echoes once a second. Accept
// rates beside a bare accept4 loop: of connections that wait in the backlog, and while they are being made.
#include <malloc.h>
#include <sys/socket.h>
#include <unistd.h>

#include <poll.h>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <vector>

#include "child.h"
#include "contest.h"
#include "loopback.h"
#include "report.h"
#include "served_engine.h"

namespace {

using namespace bench;

constexpr int kBacklog = 4096;
constexpr std::size_t kWaiting = 4000;  // that many fit into the backlog

std::vector<std::string> crowdOf(std::size_t count, std::uint16_t port) {
  return {besideUs("bench_peer"), "crowd", std::to_string(port), std::to_string(count)};
}

struct Memory {
  double resident = 0;
  double heap = 0;
};

Memory memoryNow() {
  std::ifstream pages("/proc/self/statm");
  double size = 0;
  double resident = 0;
  pages >> size >> resident;
  const struct mallinfo2 heap = ::mallinfo2();
  return {resident * static_cast<double>(::sysconf(_SC_PAGESIZE)),
          static_cast<double>(heap.uordblks + heap.hblkhd)};
}

class OurServer {
 public:
  ServedEngine& served() { return served_; }
  std::uint16_t port() const { return served_.portOf(listener_); }

  // So that what the log takes is no part of what a session takes.
  void fillLog() {
    const auto writer = served_.engine().log().makeWriter();
    const auto flow = std::make_shared<sockbench::Flow>();
    const sockbench::Bytes bytes(4096);
    while (served_.engine().log().evicted() == 0) writer->append(sockbench::Record(), flow, bytes);
  }

  std::uint64_t accepted() const { return served_.now(listener_).acceptedChildren; }
  void waitUntilAccepted(std::uint64_t count) {
    // The session's first row is there: it lives.
    served_.waitUntil(
        "all are accepted", [&] { return served_.engine().log().end() >= count; },
        std::chrono::microseconds(200));
  }

  double backlogRate() {
    served_.hold();
    // The wait for readiness that is under way is not held: one connection ends it.
    Child first(crowdOf(1, port()), true);
    first.line();
    served_.waitUntil("one is accepted", [&] { return served_.engine().openSessions() == 1; });
    Child crowd(crowdOf(kWaiting, port()), true);
    crowd.line();
    const std::uint64_t rows = served_.engine().log().end();
    const auto start = Clock::now();
    served_.letGo();
    waitUntilAccepted(rows + kWaiting);
    const double seconds = secondsSince(start);
    first.tell("end");
    end(crowd);
    return kWaiting / seconds;
  }

  double stormRate(std::size_t count) {
    const std::uint64_t rows = served_.engine().log().end();
    Child crowd(crowdOf(count, port()), true);
    served_.waitUntil(
        "the first is accepted", [&] { return served_.engine().log().end() > rows; },
        std::chrono::microseconds(200));
    const auto start = Clock::now();
    waitUntilAccepted(rows + count);
    const double seconds = secondsSince(start);
    crowd.line();
    end(crowd);
    return static_cast<double>(count) / seconds;
  }

  void end(Child& crowd) {
    crowd.tell("end");
    crowd.waitForEnd();
    served_.waitUntil("the crowd is gone", [&] { return served_.engine().openSessions() == 0; });
  }

 private:
  ServedEngine served_;
  sockbench::SessionId listener_ =
      served_.listen("tcp://127.0.0.1:0", {.responder = sockbench::Responder::echo}, kBacklog);
};

// accept4, non-blocking, with the peer's address; poll when there is nobody.
class BareServer {
 public:
  BareServer() : listener_(listenTcp(kBacklog)) { setBlocking(listener_, false); }

  double backlogRate() {
    Child crowd(crowdOf(kWaiting, portOf(listener_)), true);
    crowd.line();
    return acceptAll(crowd, kWaiting);
  }

  double stormRate(std::size_t count) {
    Child crowd(crowdOf(count, portOf(listener_)), true);
    const double rate = acceptAll(crowd, count);
    return rate;
  }

 private:
  double acceptAll(Child& crowd, std::size_t count) {
    std::vector<Descriptor> sessions;
    sessions.reserve(count);
    waitForOne();
    const auto start = Clock::now();
    while (sessions.size() < count) {
      sockaddr_storage peer{};
      socklen_t length = sizeof peer;
      Descriptor session(
          ::accept4(*listener_, reinterpret_cast<sockaddr*>(&peer), &length, SOCK_CLOEXEC | SOCK_NONBLOCK));
      if (*session >= 0)
        sessions.push_back(std::move(session));
      else if (errno == EAGAIN)
        waitForOne();
      else
        fail("accept4", errno);
    }
    const double seconds = secondsSince(start);
    crowd.tell("end");
    crowd.waitForEnd();
    return static_cast<double>(count) / seconds;
  }

  void waitForOne() const {
    pollfd waiting{*listener_, POLLIN, 0};
    if (::poll(&waiting, 1, 60'000) <= 0) fail("nobody connects");
  }

  Descriptor listener_;
};

void measureCrowd(const Report& report, OurServer& ours, std::size_t count, int seconds) {
  ours.fillLog();
  const Memory before = memoryNow();
  Child crowd(crowdOf(count, ours.port()), true);
  crowd.line();
  ours.served().waitUntil("all are accepted", [&] { return ours.accepted() == count; });
  ours.served().engine().events().drain();
  const Memory idle = memoryNow();
  crowd.tell("echo " + std::to_string(seconds));
  std::string answer;
  ours.served().waitUntil("all have been answered", [&] { return crowd.hasLine(); });
  double sent = 0;
  double echoed = 0;
  double slowest = 0;
  if (std::sscanf(crowd.line().c_str(), "%lf %lf %lf", &sent, &echoed, &slowest) != 3)
    fail("bench_peer is unclear");
  const auto alive = static_cast<double>(ours.served().engine().openSessions());
  const Memory after = memoryNow();
  ours.end(crowd);
  const auto each = static_cast<double>(count);
  report.add({.what = "sessions at once, alive at the end",
              .unit = "sessions",
              .ours = {alive},
              .target = valueAtLeast(each)});
  report.add({.what = "messages lost of " + std::to_string(static_cast<long>(sent)) + ", one a second each",
              .unit = "messages",
              .ours = {each * seconds - echoed},
              .target = valueAtMost(0)});
  report.add({.what = "slowest echo", .unit = "ms", .ours = {slowest * 1000}});
  report.add({.what = "memory an idle session, resident",
              .unit = "bytes",
              .ours = {(idle.resident - before.resident) / each},
              .target = valueAtMost(8192)});
  report.add({.what = "the same, on the heap", .unit = "bytes", .ours = {(idle.heap - before.heap) / each}});
  report.add({.what = "the same after the echoes, resident",
              .unit = "bytes",
              .ours = {(after.resident - before.resident) / each}});
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parseOptions(argc, argv);
  raiseDescriptorLimit();
  const Report report("sessions");
  OurServer ours;
  BareServer bare;
  measureCrowd(report, ours, 9000, options.quick ? 5 : 20);
  const auto waiting =
      alternate({{"ours", [&] { return ours.backlogRate(); }}, {"bare", [&] { return bare.backlogRate(); }}});
  const std::size_t storm = options.quick ? 4000 : 9000;
  const auto coming = alternate(
      {{"ours", [&] { return ours.stormRate(storm); }}, {"bare", [&] { return bare.stormRate(storm); }}});
  for (const auto& [what, rounds] : {std::pair{"accepting what waits in the backlog", &waiting},
                                     {"accepting while they connect", &coming}})
    report.add({.what = what,
                .unit = "sessions/s",
                .ours = (*rounds)[0],
                .against = "a bare accept4 loop",
                .baseline = (*rounds)[1],
                .target = ratioAtLeast(0.5)});
}
