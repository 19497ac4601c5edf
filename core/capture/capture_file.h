// CaptureFile: a pcapng or pcap file, ours or anyone's, read into a TrafficLog of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

// What the file tells of a session.
struct CapturedSession {
  SessionId id;      // as in the log's records
  SessionId parent;  // the listener, in files of ours; else none
  FlowPtr flow;
  std::uint64_t bytesIn = 0;
  std::uint64_t bytesOut = 0;
  std::uint64_t missing =
      0;  // bytes of the stream that the capture does not hold (a `dropped` row tells where)
};

struct CaptureFileSettings {
  std::string path;
  LogLimits log{};  // the log that it is read into; see there for spilling what memory cannot hold
};

// It is read on a thread of its own, from the beginning; rows appear in log() as they are read. TCP segments
// are put in order: a row holds the bytes of a segment as the receiver's stream has them, without what was
// sent twice. Of files that Sockbench wrote, the very records come back: sessions, kinds, times, details,
// marks and comments. Thread: any.
class CaptureFile {
 public:
  struct Status {
    bool reading = true;
    std::uint64_t bytesRead = 0;  // of the file
    std::uint64_t bytesAll = 0;   // 0: not known (a pipe)
    std::uint64_t packets = 0;
    std::uint64_t passedOver = 0;  // packets that are no IP, TCP, UDP or exported PDU, or damaged
    std::optional<Error>
        error;  // where reading ended before the end: what is wrong with the file; rows before it stand
    bool ours = false;  // Sockbench wrote it
  };

  // Errors: what open(2) says; badSyntax where it is no capture file. `news`: status() has changed, called by
  // the reading thread at most every 50 ms; must not call back.
  static Result<std::unique_ptr<CaptureFile>> open(CaptureFileSettings settings,
                                                   std::function<void()> news = {});
  ~CaptureFile();  // gives reading up

  TrafficLog& log();
  Status status() const;
  void waitUntilRead();  // thread: not the GUI's
  std::vector<CapturedSession> sessions() const;
  const std::string& path() const;

 private:
  struct Impl;
  explicit CaptureFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sockbench
