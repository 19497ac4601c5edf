#include "core/automation/scenario/replay.h"

#include <algorithm>
#include <string>
#include <utility>

namespace sockbench {

ReplayAgent::ReplayAgent(const RecordedTalk& talk, ReplaySpec spec) {
  WallNanos first = 0;
  for (const RecordedTalk::Item& item : talk.items) {
    const bool isOurs = item.byClient == (spec.side == RecordRole::client);
    if (item.what != RecordedTalk::What::bytes || !isOurs) continue;
    if (pieces_.empty()) first = item.time;
    const double since = static_cast<double>(std::max<WallNanos>(item.time - first, 0));
    const double scaled = spec.speed > 0 ? since / spec.speed : 0;
    const auto most = static_cast<double>(std::chrono::nanoseconds(kLongestReplay).count());
    pieces_.push_back(
        {std::chrono::nanoseconds(static_cast<std::int64_t>(std::min(scaled, most))), item.bytes});
  }
}

void ReplayAgent::attached(AgentSession& session) {
  begun_ = AgentSession::Clock::now();
  state_ = State::sending;
  session.note("replay: " + std::to_string(pieces_.size()) + " messages begin");
  sendDue(session);
}

void ReplayAgent::sendDue(AgentSession& session) {
  while (sent_ < pieces_.size()) {
    const Piece& piece = pieces_[sent_];
    const auto due = begun_ + piece.at;
    if (AgentSession::Clock::now() < due) return session.wakeAt(due);
    const bool fits = session.queuedBytes() == 0 || session.queuedBytes() + piece.bytes.size() <= kMostQueued;
    if (!fits) return;  // drained() goes on
    if (auto taken = session.send(piece.bytes); !taken) {
      state_ = State::failed;
      session.note("replay: stopped after " + std::to_string(sent_) + " messages", std::move(taken.error()));
      return session.leave();
    }
    ++sent_;
  }
  state_ = State::done;
  session.note("replay: all " + std::to_string(pieces_.size()) + " messages were sent");
  session.leave();
}

void ReplayAgent::drained(AgentSession& session) {
  sendDue(session);
}

void ReplayAgent::woke(AgentSession& session) {
  sendDue(session);
}

void ReplayAgent::ended(const SessionSnapshot&) {
  if (state_ == State::waiting || state_ == State::sending) state_ = State::failed;
}

void ReplayAgent::detached() {
  if (state_ == State::waiting || state_ == State::sending) state_ = State::failed;
}

}  // namespace sockbench
