// capture_talker FILE: captures rows to FILE as fast as they are made and says, on standard output, a line
// for every new number of rows that the capture has confirmed. It never ends by itself: it is there to be
// killed.
#include <unistd.h>

#include <string>

#include "core/capture/capture.h"
#include "tests/core/capture/written_rows.h"

using namespace sockbench;
using namespace sockbench::test;

int main(int, char** arguments) {
  const auto log = TrafficLog::create();
  const auto capture =
      Capture::start(log, {.path = arguments[1], .flushEvery = std::chrono::milliseconds(5)});
  if (!capture) return 1;
  const auto writer = log->makeWriter();
  ToldSession tcp(*writer, 2, "127.0.0.1:1000", "127.0.0.1:40080");
  ToldSession udp(*writer, 3, "[::1]:1000", "[::1]:40053", Transport::udp);
  ToldSession local(*writer, 4, "unix:", "unix:/tmp/s", Transport::unixStream);
  tcp.event(RecordKind::connected);
  const std::string large = bytesOf(30'000);
  for (std::uint64_t said = 0;;) {
    tcp.in(large).out("ok");
    udp.in("ping");
    local.in(bytesOf(100)).event(RecordKind::option, Party::none, "x");
    writer->publish();
    while (!(*capture)->hasRoom()) ::usleep(100);
    const std::uint64_t rows = (*capture)->status().rows;
    if (rows == said) continue;
    said = rows;
    const std::string line = std::to_string(rows) + '\n';
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return 1;
  }
}
