// Rows of the timeline as lines of text: JSON for programs, aligned words for people.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/capture/capture.h"
#include "core/capture/record_json.h"
#include "core/engine/session_snapshot.h"
#include "core/traffic/event_detail.h"
#include "core/traffic/traffic_log.h"

namespace sockbench::cli {

// What the last line says.
struct RunSummary {
  std::uint64_t sessions = 0;
  std::uint64_t bytesIn = 0;
  std::uint64_t bytesOut = 0;
  std::uint64_t records = 0;
  std::uint64_t evicted = 0;  // records that the log had to let go before they were printed
  std::uint64_t dropped = 0;  // datagrams that the kernel dropped
  std::chrono::milliseconds elapsed{};
  std::optional<Capture::Status> capture{};  // what --capture wrote; nullopt: there was none
};

// Thread: one at a time (it remembers the last flow's text).
class RecordFormat {
 public:
  virtual ~RecordFormat() = default;
  // Appends one line, with its new line.
  virtual void append(std::string& out, const LogRow& row) = 0;
  virtual void append(std::string& out, const RunSummary& summary) = 0;
};

// As JSON, or as words for people. `payload` nullopt: hex in JSON, else text.
std::unique_ptr<RecordFormat> makeRecordFormat(bool json, std::optional<PayloadForm> payload);

}  // namespace sockbench::cli
