// HitNotes: what answers by itself, as rows of the timeline: each by itself while there are few, else counted
// and told together at the end of the second. Thread: the session's worker.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/engine/session_agent.h"

namespace sockbench {

class HitNotes {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr unsigned kMostRows = 20;  // a second and session

  // `who` ("rule \"login\"") and what it does: " matched", " answered".
  explicit HitNotes(std::string_view does = " matched") : does_(does) {}

  // `did` is what follows "rule \"login\" matched": ", sent 12 bytes", or nothing.
  void matched(AgentSession& session, const std::string& who, const std::string& did, std::uint64_t bytes);
  // What its later steps did, likewise.
  void wentOn(AgentSession& session, const std::string& who, const std::string& did, std::uint64_t bytes);
  void flush(AgentSession& session);             // tells what has been counted
  std::optional<Clock::time_point> due() const;  // when flush() is to be called; nullopt: nothing is held

 private:
  struct Held {
    std::uint64_t hits = 0;
    std::uint64_t later = 0;  // times that it went on
    std::uint64_t bytes = 0;
  };
  bool hasRow(AgentSession& session);

  std::string_view does_;
  Clock::time_point secondEnds_{};
  unsigned rows_ = 0;
  std::map<std::string, Held> held_;
};

}  // namespace sockbench
