// StreamSession: what its responder says by itself.
#include <utility>

#include "core/engine/detail/answers.h"
#include "core/engine/detail/stream_session.h"

namespace sockbench::detail {

void StreamSession::answer() {
  SendQueue& queue = journal_.session().queue;
  if (ended_ || !queue.isAccepting()) return;
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

}  // namespace sockbench::detail
