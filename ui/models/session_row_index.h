// SessionRowIndex: the numbers of a session's rows in a TrafficLog, found piece by piece. Thread: one at a
// time.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/traffic/traffic_log.h"

namespace sockbench::ui {

class SessionRowIndex {
 public:
  // Begins anew. Of a listener, the rows of its sessions belong to it too. Id 0: nothing.
  void reset(SessionId session);
  SessionId session() const { return session_; }

  // Reads on where the last call stopped, until everything below log.end() is read (true) or the time is over
  // (false; at least one piece is read).
  bool scan(const TrafficLog& log, std::chrono::microseconds atMost);

  // Forgets the rows below `first`; returns how many there were.
  std::size_t dropBefore(std::uint64_t first);

  std::size_t size() const { return numbers_.size() - dropped_; }
  std::uint64_t operator[](std::size_t row) const { return numbers_[dropped_ + row]; }
  // How many of its rows lie below `number`: the row of `number`, if it is one.
  std::size_t countBelow(std::uint64_t number) const;

 private:
  SessionId session_;
  std::uint64_t next_ = 0;              // the first row that has not been read
  std::vector<std::uint64_t> numbers_;  // ascending
  std::size_t dropped_ = 0;             // of numbers_, from its beginning
  std::vector<LogRow> piece_;
};

}  // namespace sockbench::ui
