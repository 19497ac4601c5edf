// Backlog: how far the printing is behind the log. Who makes new rows waits while it is too far, so that no
// row is evicted before it has been printed.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <stop_token>

#include "core/traffic/traffic_log.h"

namespace sockbench::cli {

class Backlog {
 public:
  // `most` bytes of payload and records may be unprinted. `log` outlives it.
  Backlog(const TrafficLog& log, std::size_t most) : log_(log), most_(most) {}

  // False: too far behind; printed() will answer true once it is not any longer. Thread: workers.
  bool hasRoom();
  // Until there is room. Thread: any but a worker.
  void waitForRoom(const std::stop_token& stop);
  // So many bytes in all have been printed, of what bytesPublished() counts. True: there is room again for
  // those that hasRoom() has refused. Thread: the printer's.
  bool printed(std::uint64_t bytes);
  // There is always room from now on. Thread: any.
  void disband();

 private:
  std::uint64_t unprinted() const;  // mutex_ is held

  const TrafficLog& log_;
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable_any room_;
  std::uint64_t printed_ = 0;
  bool refused_ = false;
  bool disbanded_ = false;
};

}  // namespace sockbench::cli
