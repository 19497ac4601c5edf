// FileSend: a file on its way through a session: what is asked for, and how far it is.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/error.h"

namespace sockbench {

class FileSend {
 public:
  struct Spec {
    std::string path;                  // of a regular file
    std::uint64_t offset = 0;          // from here on; beyond its end: nothing is sent
    std::uint64_t length = 0;          // 0: to its end as it is when the sending begins
    std::uint64_t bytesPerSecond = 0;  // 0: as fast as the peer reads
    // The bytes stand in the timeline. Off: sendfile(2) hands them from the page cache to the socket, and the
    // rows tell their number alone (kRecordTruncated). Records (unix-seqpacket) are read and sent in any
    // case.
    bool keepBytes = false;
  };
  enum class State : std::uint8_t { waiting, sending, done, cancelled, failed };

  // Errors: those of open(2) and fstat(2); badPath for what is not a regular file. Blocks as open(2) does.
  static Result<std::shared_ptr<FileSend>> open(Spec spec);
  ~FileSend();
  FileSend(const FileSend&) = delete;
  FileSend& operator=(const FileSend&) = delete;

  // Thread: any, the rest.
  const Spec& spec() const { return spec_; }
  int descriptor() const { return descriptor_; }
  std::uint64_t total() const { return total_; }  // bytes that are to go
  std::uint64_t sent() const { return sent_; }
  State state() const { return state_; }
  WallNanos began() const { return began_; }  // 0: not yet
  WallNanos ended() const { return ended_; }  // 0: not yet
  std::optional<Error> error() const;         // why it failed
  // No more is sent; what has gone stays gone, and an `automatic` row says how much that was. One that waits
  // behind other sends ends when its turn comes.
  void cancel();
  bool isCancelled() const { return cancelled_; }

  // For the session that sends it. `poke`: called by cancel(), by any thread, until end(); must not call
  // back.
  void queued(std::function<void()> poke);
  void begin(WallNanos now);
  void add(std::uint64_t bytes) { sent_ += bytes; }
  void end(State state, WallNanos now, std::optional<Error> error = std::nullopt);

 private:
  FileSend(Spec spec, int descriptor, std::uint64_t total);

  const Spec spec_;
  const int descriptor_;
  const std::uint64_t total_;
  std::atomic<std::uint64_t> sent_{0};
  std::atomic<State> state_{State::waiting};
  std::atomic<WallNanos> began_{0};
  std::atomic<WallNanos> ended_{0};
  std::atomic<bool> cancelled_{false};
  mutable std::mutex mutex_;
  std::optional<Error> error_;
  std::function<void()> poke_;
};

}  // namespace sockbench
