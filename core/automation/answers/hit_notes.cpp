#include "core/automation/answers/hit_notes.h"

namespace sockbench {

bool HitNotes::hasRow(AgentSession& session) {
  const auto now = Clock::now();
  if (now >= secondEnds_) {
    flush(session);
    rows_ = 0;
    secondEnds_ = now + std::chrono::seconds(1);
  }
  if (rows_ == kMostRows) return false;
  ++rows_;
  return true;
}

void HitNotes::matched(AgentSession& session, const std::string& who, const std::string& did,
                       std::uint64_t bytes) {
  if (hasRow(session)) return session.note(who + std::string(does_) + did);
  Held& held = held_[who];
  ++held.hits;
  held.bytes += bytes;
}

void HitNotes::wentOn(AgentSession& session, const std::string& who, const std::string& did,
                      std::uint64_t bytes) {
  if (hasRow(session)) return session.note(who + did);
  Held& held = held_[who];
  ++held.later;
  held.bytes += bytes;
}

void HitNotes::flush(AgentSession& session) {
  for (const auto& [who, held] : held_) {
    std::string text = who;
    if (held.hits > 0) text += std::string(does_) + " " + std::to_string(held.hits) + " more times";
    if (held.later > 0)
      text += (held.hits > 0 ? "," : "") + std::string(" went on ") + std::to_string(held.later) + " times";
    session.note(text + ", sent " + std::to_string(held.bytes) + " bytes");
  }
  held_.clear();
}

std::optional<HitNotes::Clock::time_point> HitNotes::due() const {
  if (held_.empty()) return std::nullopt;
  return secondEnds_;
}

}  // namespace sockbench
