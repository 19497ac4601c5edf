// bench_capture: a loopback TCP stream at full speed into a session while every record goes to a file, beside
// the same without a capture, and beside plain writing of so many bytes to the same place. A rate counts
// until the file holds everything and is synced. The file is made in TMPDIR, else in /tmp.
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "child.h"
#include "contest.h"
#include "core/capture/capture.h"
#include "core/engine/engine.h"
#include "report.h"

namespace {

using namespace bench;
using Clock = std::chrono::steady_clock;

class Captured {
 public:
  Captured() {
    sockbench::ListenSpec spec;
    spec.endpoint = sockbench::Endpoint::parse("tcp://127.0.0.1:0").value();
    listener_ = engine_.listen(std::move(spec));
    while (port() == 0) std::this_thread::yield();
  }

  double without() { return gigabytesPerSecond({}); }

  double with() {
    sockbench::CaptureSettings settings;
    settings.path = path_;
    settings.replace = true;
    settings.from = engine_.log().end();
    auto capture = sockbench::Capture::start(engine_.log().shared_from_this(), std::move(settings));
    if (!capture) fail(capture.error().line());
    (*capture)->setCaughtUpHook([this] { engine_.resumeReceiving(); });
    capture_ = capture->get();
    const double rate = gigabytesPerSecond([&] {
      const auto status = (*capture)->stop();
      if (status.error) fail(status.error->line());
      if (status.lost > 0) fail("records were lost");
      captured_ = status.bytes;
    });
    capture_ = nullptr;
    retired_.push_back(std::move(*capture));  // a worker may be asking it still
    ::unlink(path_.c_str());
    return rate;
  }

  // As many bytes as the last capture had, in writes as large as a capture's.
  double plainWriting() const {
    const std::string piece(std::size_t{512} << 10, 'x');
    const auto begun = Clock::now();
    const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (std::uint64_t done = 0; done < captured_; done += piece.size())
      if (::write(file, piece.data(), piece.size()) < 0) fail("write", errno);
    if (::fsync(file) != 0) fail("fsync", errno);
    ::close(file);
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    ::unlink(path_.c_str());
    return static_cast<double>(captured_) / seconds / 1e9;
  }

 private:
  std::uint16_t port() const {
    return engine_.snapshot(listener_).value_or(sockbench::SessionSnapshot()).local.port();
  }

  double gigabytesPerSecond(const std::function<void()>& finish) {
    Child sender({besideUs("bench_peer"), "bulk", std::to_string(port()), "0.25", "262144"}, true);
    double bytes = 0;
    double seconds = 0;
    if (std::sscanf(sender.line().c_str(), "%lf %lf", &bytes, &seconds) != 2) fail("bench_peer is unclear");
    const auto begun = Clock::now();
    if (finish) finish();
    seconds += std::chrono::duration<double>(Clock::now() - begun).count();
    sender.waitForEnd();
    return bytes / seconds / 1e9;
  }

  const std::string path_ = [] {
    const char* folder = std::getenv("TMPDIR");
    return std::string(folder != nullptr ? folder : "/tmp") + "/bench_capture." + std::to_string(::getpid());
  }();
  std::uint64_t captured_ = 0;  // bytes of the last capture
  std::atomic<sockbench::Capture*> capture_{nullptr};
  std::vector<std::unique_ptr<sockbench::Capture>> retired_;
  sockbench::Engine engine_{{.workers = 0, .log = {}, .wake = {}, .mayReceive = [this] {
                               sockbench::Capture* capture = capture_;
                               return capture == nullptr || capture->hasRoom();
                             }}};
  sockbench::SessionId listener_;
};

}  // namespace

int main(int argc, char** argv) {
  const Options options = parseOptions(argc, argv);
  Captured bench;
  const std::vector<Contestant> contestants{
      {"with a capture", [&] { return bench.with(); }},
      {"without a capture", [&] { return bench.without(); }},
      {"write(2) of as many bytes", [&] { return bench.plainWriting(); }},
  };
  const auto rounds = alternate(contestants, options.quick ? 1 : 3);
  const Report report("capture");
  for (std::size_t i = 1; i < contestants.size(); ++i)
    report.add({.what = "TCP stream, every record to a pcapng file",
                .unit = "GB/s",
                .ours = rounds[0],
                .against = contestants[i].name,
                .baseline = rounds[i]});
}
