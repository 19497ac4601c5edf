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

void HitNotes::matched(AgentSession& session, const std::string& name, const std::string& did,
                       std::uint64_t bytes) {
  if (hasRow(session)) return session.note("rule \"" + name + "\" matched" + did);
  Held& held = held_[name];
  ++held.hits;
  held.bytes += bytes;
}

void HitNotes::wentOn(AgentSession& session, const std::string& name, const std::string& did,
                      std::uint64_t bytes) {
  if (hasRow(session)) return session.note("rule \"" + name + "\"" + did);
  Held& held = held_[name];
  ++held.later;
  held.bytes += bytes;
}

void HitNotes::flush(AgentSession& session) {
  for (const auto& [name, held] : held_) {
    std::string text = "rule \"" + name + "\"";
    if (held.hits > 0) text += " matched " + std::to_string(held.hits) + " more times";
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
