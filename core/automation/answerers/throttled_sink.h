// ThrottledSink: see AnswererSpec::Kind::throttledSink. Thread: the session's worker.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/engine/session_agent.h"

namespace sockbench {

class ThrottledSink final : public SessionAgent {
 public:
  explicit ThrottledSink(std::uint64_t bytesPerSecond) : bytesPerSecond_(bytesPerSecond) {}

  void attached(AgentSession& session) override;
  void received(AgentSession& session, ByteView bytes, WallNanos time) override;
  void woke(AgentSession& session) override { session.setReading(true); }

 private:
  using Clock = std::chrono::steady_clock;
  const std::uint64_t bytesPerSecond_;
  Clock::time_point free_{};  // what has been read is paid for by then
};

}  // namespace sockbench
