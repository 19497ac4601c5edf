// bench_datagrams: 64-byte datagrams from a sendmmsg sender at full speed, in a process of its own.
//
// Whole runs: each of a million is recorded or counted as dropped, with the system's receive buffer and with
// 32 MiB; beside a bare recvmmsg loop with the same buffer. Draining: the receiver is held until its buffer
// is full of datagrams, then let go; so the sender, which shares the machine, is no part of the rate.
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <functional>
#include <vector>

#include "child.h"
#include "contest.h"
#include "loopback.h"
#include "report.h"
#include "served_engine.h"

#include <linux/sock_diag.h>

namespace {

using namespace bench;
using sockbench::SessionId;
using sockbench::SessionSnapshot;

constexpr int kBigBuffer = 32 << 20;
constexpr std::uint64_t kDrained = 60'000;  // of those that 32 MiB hold

std::vector<std::string> senderOf(std::uint64_t count, std::uint16_t port) {
  return {besideUs("bench_peer"), "datagrams", std::to_string(port), std::to_string(count), "0"};
}

struct Run {
  std::uint64_t sent = 0;
  std::uint64_t recorded = 0;
  std::uint64_t dropped = 0;
  double seconds = 0;     // from the first to the last datagram received
  double cpuSeconds = 0;  // of the receiver
  double rate() const { return static_cast<double>(recorded) / seconds; }
  double cpuNanos() const { return cpuSeconds * 1e9 / static_cast<double>(recorded); }
};

// The figures of a run that is over once all that was sent is accounted for, or no more comes.
class Account {
 public:
  explicit Account(std::uint64_t sent) { run_.sent = sent; }
  // True: it is over.
  bool update(std::uint64_t recorded, std::uint64_t dropped) {
    const auto now = Clock::now();
    if (recorded == 0 && dropped == 0) return false;
    if (run_.recorded == 0) first_ = now;
    if (recorded != run_.recorded || dropped != run_.dropped) last_ = now;
    run_.recorded = recorded;
    run_.dropped = dropped;
    return recorded + dropped >= run_.sent || now - last_ > std::chrono::seconds(3);
  }
  Run over() {
    run_.seconds = std::chrono::duration<double>(last_ - first_).count();
    run_.cpuSeconds = processCpuSeconds() - cpu_;
    return run_;
  }

 private:
  Run run_;
  double cpu_ = processCpuSeconds();
  Clock::time_point first_{};
  Clock::time_point last_{};
};

class BareReceiver {
 public:
  explicit BareReceiver(int buffer) : socket_(bindUdp(buffer)) {
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      parts_[i] = {bytes_[i].data(), bytes_[i].size()};
      messages_[i].msg_hdr.msg_iov = &parts_[i];
      messages_[i].msg_hdr.msg_iovlen = 1;
    }
  }

  Run receive(std::uint64_t count) {
    Account account(count);
    Child sender(senderOf(count, portOf(socket_)), true);
    const timeval limit{.tv_sec = 0, .tv_usec = 100'000};
    ::setsockopt(*socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    const std::uint32_t droppedBefore = drops();
    std::uint64_t received = 0;
    for (std::uint64_t dropped = 0; !account.update(received, dropped);) {
      const std::uint64_t got = receiveSome();
      received += got;
      if (got < kAtOnce) dropped = drops() - droppedBefore;
    }
    sender.waitForEnd();
    return account.over();
  }

  double drain() {
    Child sender(senderOf(kDrained, portOf(socket_)), true);
    sender.waitForEnd();
    const auto start = Clock::now();
    for (std::uint64_t received = 0; received < kDrained;) received += receiveSome();
    return static_cast<double>(kDrained) / secondsSince(start);
  }

 private:
  static constexpr std::size_t kAtOnce = 64;

  std::uint64_t receiveSome() {
    for (mmsghdr& message : messages_) {
      message.msg_hdr.msg_name = &from_;
      message.msg_hdr.msg_namelen = sizeof from_;
    }
    const int got = ::recvmmsg(*socket_, messages_.data(), kAtOnce, MSG_WAITFORONE, nullptr);
    if (got < 0 && errno != EAGAIN && errno != EINTR) fail("recvmmsg", errno);
    return static_cast<std::uint64_t>(std::max(got, 0));
  }

  std::uint32_t drops() const {
    std::array<std::uint32_t, SK_MEMINFO_VARS> info{};
    socklen_t length = sizeof info;
    if (::getsockopt(*socket_, SOL_SOCKET, SO_MEMINFO, info.data(), &length) != 0) fail("SO_MEMINFO", errno);
    return info[SK_MEMINFO_DROPS];
  }

  Descriptor socket_;
  sockaddr_in from_{};
  std::array<std::array<char, 2048>, kAtOnce> bytes_{};
  std::array<iovec, kAtOnce> parts_{};
  std::array<mmsghdr, kAtOnce> messages_{};
};

class OurReceiver {
 public:
  OurReceiver(ServedEngine& served, int buffer)
      : served_(served), listener_(served.listen("udp://127.0.0.1:0", {.datagramReceiveBuffer = buffer})) {}

  Run receive(std::uint64_t count) {
    const std::uint64_t recordedBefore = recorded();
    const std::uint64_t droppedBefore = served_.now(listener_).dropped;
    Account account(count);
    Child sender(senderOf(count, served_.portOf(listener_)), true);
    served_.waitUntil("every datagram is accounted for", [&] {
      return account.update(recorded() - recordedBefore, served_.now(listener_).dropped - droppedBefore);
    });
    const Run run = account.over();
    sender.waitForEnd();
    return run;
  }

  double drain() {
    served_.hold();
    // The wait for readiness that is under way is not held: one datagram ends it.
    sendAndWait(1);
    const std::uint64_t before = recorded();
    Child sender(senderOf(kDrained, served_.portOf(listener_)), true);
    sender.waitForEnd();
    const auto start = Clock::now();
    served_.letGo();
    served_.waitUntil(
        "the receive buffer is drained", [&] { return recorded() - before >= kDrained; },
        std::chrono::microseconds(100));
    return static_cast<double>(kDrained) / secondsSince(start);
  }

 private:
  void sendAndWait(std::uint64_t count) {
    const std::uint64_t before = recorded();
    Child sender(senderOf(count, served_.portOf(listener_)), true);
    sender.waitForEnd();
    served_.waitUntil("a datagram is recorded", [&] { return recorded() - before == count; });
  }

  std::uint64_t recorded() const {
    std::uint64_t sum = 0;
    for (const SessionSnapshot& session : served_.engine().snapshots())
      if (session.parent == listener_) sum += session.recordsIn;
    return sum;
  }

  ServedEngine& served_;
  SessionId listener_;
};

void compareRuns(const Report& report, const char* buffer, ServedEngine& served, int bytes,
                 std::uint64_t count) {
  OurReceiver ours(served, bytes);
  BareReceiver bare(bytes);
  std::vector<Run> ourRuns;
  std::vector<Run> bareRuns;
  alternate({{"ours", [&] { return ourRuns.emplace_back(ours.receive(count)).rate(); }},
             {"bare", [&] { return bareRuns.emplace_back(bare.receive(count)).rate(); }}});
  Finding rate{
      .what = std::string("whole run, ") + buffer, .unit = "records/s", .against = "a bare recvmmsg loop"};
  Finding cpu{
      .what = std::string("CPU a datagram, ") + buffer, .unit = "ns", .against = "a bare recvmmsg loop"};
  Finding lost{.what = std::string("unaccounted, ") + buffer, .unit = "datagrams", .target = valueAtMost(0)};
  Finding dropped{.what = std::string("dropped and counted, ") + buffer, .unit = "datagrams"};
  if (bytes > 0) dropped.target = valueAtMost(0);
  for (std::size_t i = 1; i < ourRuns.size(); ++i) {
    const Run& run = ourRuns[i];
    rate.ours.push_back(run.rate());
    rate.baseline.push_back(bareRuns[i].rate());
    cpu.ours.push_back(run.cpuNanos());
    cpu.baseline.push_back(bareRuns[i].cpuNanos());
    lost.ours.push_back(static_cast<double>(run.sent) - static_cast<double>(run.recorded + run.dropped));
    dropped.ours.push_back(static_cast<double>(run.dropped));
  }
  for (const Finding& finding : {lost, dropped, rate, cpu}) report.add(finding);
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parseOptions(argc, argv);
  const std::uint64_t count = options.quick ? 200'000 : 1'000'000;
  const Report report("datagrams");
  ServedEngine served;
  compareRuns(report, "system's buffer", served, 0, count);
  compareRuns(report, "32 MiB buffer", served, kBigBuffer, count);

  OurReceiver ours(served, kBigBuffer);
  BareReceiver bare(kBigBuffer);
  const auto rounds =
      alternate({{"ours", [&] { return ours.drain(); }}, {"bare", [&] { return bare.drain(); }}});
  report.add({.what = "draining a full buffer",
              .unit = "records/s",
              .ours = rounds[0],
              .against = "a bare recvmmsg loop",
              .baseline = rounds[1],
              .target = ratioAtLeast(0.7)});
}
