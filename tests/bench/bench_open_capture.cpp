// bench_open_capture: a capture file of one million packets (64 bytes of payload each), read into a log.
//
// Beside tshark, which reads the same file and looks into no packet, and beside grep over the same bytes. And
// how long a large file takes until its first rows are there.
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "child.h"
#include "contest.h"
#include "core/capture/capture_file.h"
#include "report.h"
#include "tests/core/capture/packet_maker.h"

namespace {

using namespace bench;
using namespace sockbench;

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Goes with its file.
class File {
 public:
  explicit File(const std::string& name)
      : path_(std::filesystem::temp_directory_path() /
              ("sockbench-bench-" + std::to_string(::getpid()) + name)) {}
  ~File() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

// Packets of one TCP connection, in order: a line of text of `size` bytes in each.
void writeCapture(const std::string& path, std::size_t packets, std::size_t size) {
  std::ofstream file(path, std::ios::binary);
  file << test::PcapngFile().interface(101).bytes();
  std::string payload(size, 'x');
  std::uint32_t sequence = 101;
  std::string blocks;
  for (std::size_t i = 0; i < packets; ++i) {
    payload.replace(0, 12, std::to_string(100'000'000'000 + i));
    payload.back() = '\n';
    const std::string packet = test::tcp({true, sequence, 1}, payload);
    sequence += static_cast<std::uint32_t>(size);
    const auto length = static_cast<std::uint32_t>(32 + (packet.size() + 3) / 4 * 4);
    test::Maker block{.text = {}, .little = true};
    const std::uint64_t stamp = 1'700'000'000'000'000 + i;
    block.u32(6)
        .u32(length)
        .u32(0)
        .u32(static_cast<std::uint32_t>(stamp >> 32))
        .u32(static_cast<std::uint32_t>(stamp));
    block.u32(static_cast<std::uint32_t>(packet.size())).u32(static_cast<std::uint32_t>(packet.size()));
    blocks += block.padded(packet).u32(length).text;
    if (blocks.size() < (1U << 20)) continue;
    file << blocks;
    blocks.clear();
  }
  file << blocks;
}

double ours(const std::string& path, std::size_t packets) {
  const auto start = Clock::now();
  const auto file = CaptureFile::open({.path = path});
  if (!file) fail(file.error().line());
  (*file)->waitUntilRead();
  if ((*file)->log().end() != packets) fail("not every packet became a row");
  return millisecondsSince(start);
}

double other(const std::vector<std::string>& command) {
  const auto start = Clock::now();
  Child program(command);
  program.waitForEnd();
  return millisecondsSince(start);
}

double firstRows(const std::string& path) {
  const auto start = Clock::now();
  const auto file = CaptureFile::open({.path = path});
  if (!file) fail(file.error().line());
  while ((*file)->log().end() == 0) std::this_thread::yield();
  return millisecondsSince(start);
}

void compare(const Report& report, const std::string& path, std::size_t packets, const std::string& against,
             const std::vector<std::string>& command, std::optional<Target> target) {
  const auto rounds =
      alternate({{"ours", [&] { return ours(path, packets); }}, {against, [&] { return other(command); }}});
  Finding finding{.what = "read " + std::to_string(packets) + " packets",
                  .unit = "ms",
                  .ours = rounds[0],
                  .against = against,
                  .baseline = rounds[1]};
  finding.target = target;
  report.add(finding);
}

}  // namespace

int main(int argc, char** argv) {
  const bool quick = parseOptions(argc, argv).quick;
  const std::size_t packets = quick ? 200'000 : 1'000'000;
  const Report report("open_capture");
  {
    const File file("-small.pcapng");
    writeCapture(file.path(), packets, 64);
    compare(report, file.path(), packets, "grep -c", {"grep", "-ac", "100000000007", file.path()},
            std::nullopt);
    compare(report, file.path(), packets, "tshark -q", {"tshark", "-n", "-q", "-r", file.path()},
            ratioAtMost(1));
  }
  const File large("-large.pcapng");
  writeCapture(large.path(), (quick ? 100'000'000 : 1'000'000'000) / 1092, 1024);
  const auto rounds = alternate({{"ours", [&] { return firstRows(large.path()); }}});
  report.add({.what = quick ? "first rows of a 0.1 GB file" : "first rows of a 1 GB file",
              .unit = "ms",
              .ours = rounds[0],
              .target = valueAtMost(50)});
}
