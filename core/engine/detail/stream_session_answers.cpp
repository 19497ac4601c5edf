// StreamSession: what its responder says by itself.
#include <algorithm>
#include <random>
#include <string>
#include <utility>

#include "core/engine/detail/answers.h"
#include "core/engine/detail/stream_session.h"

namespace sockbench::detail {

void StreamSession::answer() {
  SendQueue& queue = journal_.session().queue;
  if (ended_ || !queue.isAccepting()) return;
  if (rules_.manners.neverAnswer) return chargen_.reset();
  if (auto whole = wholeAnswer(rules_.responder, wallNow(), journal_.session().id.value)) {
    if (queue.pushAnswer(std::move(*whole))) close();
    return;
  }
  if (rules_.responder != Responder::chargen) return chargen_.reset();
  if (!chargen_)
    chargen_ =
        std::make_shared<ChargenStream>(worker(), journal_.session().transport == Transport::unixSeqpacket);
  chargen_->setRules(rules_);
  flush();
}

void StreamSession::mannersChanged() {
  if (pace_) pace_->cancel();
  pacing_ = false;
  answer();
  flush();
}

void StreamSession::sendGarbage() {
  SendQueue& queue = journal_.session().queue;
  const std::size_t count = std::min(rules_.manners.garbageAfterClose, rules_.sendQueueBytes);
  if (count == 0 || !queue.isAccepting()) return;
  std::minstd_rand random(static_cast<std::uint_fast32_t>(wallNow()));
  Bytes garbage(count);
  for (std::byte& byte : garbage) byte = static_cast<std::byte>(random() >> 8);
  const bool taken = queue.pushAnswer(std::move(garbage));
  journal_.automatic(std::to_string(count) + " bytes of garbage " +
                     (taken ? "after the peer's end" : "do not fit into the send queue"));
}

}  // namespace sockbench::detail
