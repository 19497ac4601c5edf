// Any bytes are read as a capture file, pcapng or pcap, or refused with a sentence; the log stays in its
// limits.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <memory>

#include "core/capture/read/byte_source.h"
#include "core/capture/read/capture_import.h"
#include "core/capture/read/imported_rows.h"

using namespace sockbench;

namespace {

constexpr LogLimits kTiny{.budgetBytes = 64 << 10, .blockBytes = 512, .chunkRecords = 64};

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int file = ::memfd_create("capture", MFD_CLOEXEC);
  require(file >= 0 && ::write(file, data, size) == static_cast<ssize_t>(size));
  ::lseek(file, 0, SEEK_SET);
  const auto log = TrafficLog::create(kTiny);
  ByteSource source(file, "capture", false);
  ImportedRows rows(log, kTiny.blockBytes);
  CaptureImport import(source, rows);
  while (import.step()) continue;
  require(!import.error() || !import.error()->message().empty());
  require(log->end() == rows.rows());
  std::uint64_t missing = 0;
  for (const CapturedSession& session : rows.sessions()) missing += session.id ? session.missing : 0;
  require(missing < std::uint64_t{1} << 62);
  return 0;
}
