// Backlog: how far the printing is behind the log, and whoever else reads it (a capture). Who makes new rows
// waits while one is too far, so that no row is evicted before it has been read.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>

#include "core/traffic/traffic_log.h"

namespace sockbench::cli {

class Backlog {
 public:
  // `most` bytes of payload and records may be unprinted. `log` outlives it. `othersHaveRoom` is asked
  // besides; where it says no, othersCaughtUp() is called later.
  Backlog(const TrafficLog& log, std::size_t most, std::function<bool()> othersHaveRoom)
      : log_(log), most_(most), othersHaveRoom_(std::move(othersHaveRoom)) {}

  // False: too far behind; printed() will answer true once it is not any longer, or it is the others who are.
  // Thread: workers.
  bool hasRoom();
  // Until there is room. Thread: any but a worker.
  void waitForRoom(const std::stop_token& stop);
  // So many bytes in all have been printed, of what bytesPublished() counts. True: there is room again for
  // those that hasRoom() has refused. Thread: the printer's.
  bool printed(std::uint64_t bytes);
  void othersCaughtUp();  // thread: any
  // There is always room from now on. Thread: any.
  void disband();

 private:
  std::uint64_t unprinted() const;  // mutex_ is held
  bool haveRoom(std::uint64_t most) const { return unprinted() <= most && (disbanded_ || othersHaveRoom_()); }

  const TrafficLog& log_;
  const std::size_t most_;
  const std::function<bool()> othersHaveRoom_;
  std::mutex mutex_;
  std::condition_variable_any room_;
  std::uint64_t printed_ = 0;
  bool refused_ = false;
  bool disbanded_ = false;
};

}  // namespace sockbench::cli
