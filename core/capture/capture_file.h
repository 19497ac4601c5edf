// CaptureFile: a pcapng or pcap file, ours or anyone's, read into a TrafficLog of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

// What the file tells of a session. In files of others who is "us" is nowhere written: it is who began, the
// sender of the SYN or of the first datagram; where a connection's beginning is missing, the end with the
// higher port. So `out` is what the client sent.
struct CapturedSession {
  SessionId id;      // as in the log's records
  SessionId parent;  // the listener, in files of ours; else none
  FlowPtr flow;
  std::uint64_t bytesIn = 0;
  std::uint64_t bytesOut = 0;
  // Bytes of the stream that the capture does not hold. A `dropped` row tells where; where the capture kept
  // only the beginning of each packet, kRecordTruncated rows do.
  std::uint64_t missing = 0;
};

struct CaptureFileSettings {
  std::string path;
  int descriptor = -1;  // instead of opening `path`, which then only names it: taken over. -1: path
  // The log that it is read into. nullopt: LogLimits' memory and 512 bytes for each session that the file has
  // room for, and of a file that needs more the rest is spilled, so that no row of a file goes. (What comes
  // through a pipe has no known length, and is not spilled.)
  std::optional<LogLimits> log = std::nullopt;
  std::function<void()> wake{};  // TrafficLog::setWakeHook()'s
  // Called by the reading thread between rows, often; it may block, until the token stops, for a reader that
  // has to see every row before it is evicted. Empty: nobody is waited for.
  std::function<void(const std::stop_token&)> pace{};
};

// It is read on a thread of its own, from the beginning; rows appear in log() as they are read. Pcapng and
// pcap in all their forms, of Ethernet, raw IP, loopback, Linux "cooked" and PPP; fragments of IP are put
// together.
//
// Of files that Sockbench wrote, the very records come back: sessions, kinds, times, details, marks and
// comments (the notes of the first 100,000 rows that have any, and at most 64 MiB of them: they are kept
// beside the log's memory). In those of others, TCP segments are put in order: a row holds the bytes of a
// segment as the receiver's stream has them, without what was sent twice, and with the time at which their
// turn came. TCP's handshake and end become connecting, connected, half-closed, closed and reset rows. UDP
// has a session for each pair of ends. At most 1,000,000 sessions are kept apart; a file with more ends there
// with an error. Thread: any.
class CaptureFile {
 public:
  struct Status {
    bool reading = true;
    std::uint64_t bytesRead = 0;  // of the file
    std::uint64_t bytesAll = 0;   // 0: not known (a pipe)
    std::uint64_t packets = 0;
    // Packets that are no TCP or UDP over IP and no record of ours, or damaged; fragments that never became
    // whole.
    std::uint64_t passedOver = 0;
    std::optional<Error>
        error;  // where reading ended before the end: what is wrong with the file; rows before it stand
    bool ours = false;  // Sockbench wrote it
  };

  // Errors: what open(2) says; EISDIR; EAGAIN where no thread can be started; badSyntax where it is no
  // capture file. What only waiting could tell (a pipe) comes in Status::error. `news`: status() has changed,
  // called by the reading thread at most every 50 ms, and at the end; must not call back.
  static Result<std::unique_ptr<CaptureFile>> open(CaptureFileSettings settings,
                                                   std::function<void()> news = {});
  ~CaptureFile();  // gives reading up

  TrafficLog& log();
  Status status() const;
  void waitUntilRead();                           // thread: not the GUI's
  std::vector<CapturedSession> sessions() const;  // by id
  std::optional<CapturedSession> session(SessionId id) const;
  const std::string& path() const;

 private:
  struct Impl;
  explicit CaptureFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sockbench
