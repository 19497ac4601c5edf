#include "core/automation/answerers/throttled_sink.h"

#include <algorithm>

namespace sockbench {
namespace {

// Shorter pauses are gathered: a pause costs two turns.
constexpr std::chrono::milliseconds kLeastPause{5};

}  // namespace

void ThrottledSink::attached(AgentSession& session) {
  const bool sharesSocket = isDatagramTransport(session.transport()) && session.listener();
  session.note(sharesSocket ? "reads as fast as it comes: the peers of a datagram server share its socket"
                            : "reads at most " + std::to_string(bytesPerSecond_) + " bytes a second");
}

void ThrottledSink::received(AgentSession& session, ByteView bytes, WallNanos) {
  const auto now = Clock::now();
  const double seconds = static_cast<double>(bytes.size()) / static_cast<double>(bytesPerSecond_);
  // More than that is not to be waited for, nor to be counted in.
  constexpr double kLongest = 1e8;
  free_ = std::max(free_, now) + std::chrono::duration_cast<Clock::duration>(
                                     std::chrono::duration<double>(std::min(seconds, kLongest)));
  if (free_ < now + kLeastPause) return;
  session.setReading(false);
  session.wakeAt(free_);
}

}  // namespace sockbench
