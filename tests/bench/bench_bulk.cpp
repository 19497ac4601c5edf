// bench_bulk: a loopback TCP stream at full speed into a session with full capture, beside the same loop
// that throws the bytes away, and beside other people's receivers. One sender feeds all of them, in turn.
//
// The log has its default budget and has wrapped before anything is measured. A rate is what the sender saw,
// from its first write until its peer had taken everything and closed.
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdio>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "child.h"
#include "contest.h"
#include "loopback.h"
#include "report.h"
#include "served_engine.h"

namespace {

using namespace bench;

constexpr std::size_t kChunk = std::size_t{256} << 10;

double gigabytesPerSecond(Child& sender) {
  double bytes = 0;
  double seconds = 0;
  if (std::sscanf(sender.line().c_str(), "%lf %lf", &bytes, &seconds) != 2) fail("bench_peer is unclear");
  sender.waitForEnd();
  return bytes / seconds / 1e9;
}

class Bulk {
 public:
  double ours() {
    Child sender(senderTo("bulk", engine_.portOf(listener_)), true);
    return gigabytesPerSecond(sender);
  }

  // Readiness by epoll, then up to 16 calls of up to 256 KiB, as our sessions do, into one buffer.
  double discarding() {
    const Descriptor listener = listenTcp();
    Child sender(senderTo("bulk", portOf(listener)), true);
    discardAll(acceptOne(listener));
    return gigabytesPerSecond(sender);
  }

  double foreign(const std::string& verb,
                 const std::function<std::vector<std::string>(const std::string&)>& toolAt) {
    const std::uint16_t port = freePort();
    Child tool(toolAt(std::to_string(port)));
    waitForListener(port);
    Child sender(senderTo(verb, port), true);
    const double rate = gigabytesPerSecond(sender);
    tool.waitForEnd();
    return rate;
  }

  void warm() {
    const std::uint64_t enough = 2 * engine_.engine().log().budget();
    while (engine_.engine().log().bytesPublished() < enough) ours();
  }

 private:
  std::vector<std::string> senderTo(const std::string& verb, std::uint16_t port) const {
    return {besideUs("bench_peer"), verb, std::to_string(port), "0.25", std::to_string(kChunk)};
  }

  static void discardAll(const Descriptor& socket) {
    setBlocking(socket, false);
    const Descriptor loop(::epoll_create1(EPOLL_CLOEXEC));
    epoll_event event{EPOLLIN, {}};
    ::epoll_ctl(*loop, EPOLL_CTL_ADD, *socket, &event);
    const std::unique_ptr<char[]> buffer(new char[kChunk]);
    for (;;) {
      ::epoll_wait(*loop, &event, 1, -1);
      for (int calls = 0; calls < 16; ++calls) {
        const ssize_t got = ::recv(*socket, buffer.get(), kChunk, 0);
        if (got == 0) return;
        if (got < 0 && errno == EAGAIN) break;
        if (got < 0) fail("recv", errno);
      }
    }
  }

  ServedEngine engine_;
  sockbench::SessionId listener_ = engine_.listen("tcp://127.0.0.1:0");
};

}  // namespace

int main(int argc, char** argv) {
  const Options options = parseOptions(argc, argv);
  Bulk bulk;
  bulk.warm();
  const auto socat = [](const std::string& port) -> std::vector<std::string> {
    return {"socat", "-u", "TCP-LISTEN:" + port + ",bind=127.0.0.1", "OPEN:/dev/null"};
  };
  const auto ncat = [](const std::string& port) -> std::vector<std::string> {
    return {"ncat", "-l", "--recv-only", "127.0.0.1", port};
  };
  const auto iperf = [](const std::string& port) -> std::vector<std::string> {
    return {"iperf3", "-s", "-1", "-B", "127.0.0.1", "-p", port};
  };
  const std::vector<Contestant> contestants{
      {"ours", [&] { return bulk.ours(); }},
      {"the same loop discarding", [&] { return bulk.discarding(); }},
      {"socat -u TCP-LISTEN OPEN:/dev/null", [&] { return bulk.foreign("bulk", socat); }},
      {"ncat -l --recv-only > /dev/null", [&] { return bulk.foreign("bulk", ncat); }},
      {"iperf3 -s", [&] { return bulk.foreign("iperf", iperf); }},
  };
  const auto rounds = alternate(contestants, options.quick ? 1 : 4);
  const Report report("bulk");
  for (std::size_t i = 1; i < contestants.size(); ++i)
    report.add({.what = "TCP stream, full capture",
                .unit = "GB/s",
                .ours = rounds[0],
                .against = contestants[i].name,
                .baseline = rounds[i],
                .target = ratioAtLeast(i == 1 ? 0.9 : 1)});
  report.note("the same loop discarding: epoll, then up to 16 recv of 256 KiB into one reused buffer");
  report.note(
      "iperf3 -s is fed by the same sender, which speaks the control protocol that it asks for; its rate "
      "ends "
      "with the sender's last write, up to a receive buffer early, in iperf3's favour");
}
