// HttpAnswerer: see AnswererSpec::Kind::http. Thread: the session's worker.
#pragma once

#include <memory>
#include <string>

#include "core/automation/answerers/answerer.h"
#include "core/automation/answerers/http_request.h"
#include "core/automation/answers/hit_notes.h"

namespace sockbench {

// Why the status, the reason or a header cannot be sent as they are. nullopt: they can.
std::optional<Error> faultOf(const HttpAnswer& answer);
std::string_view usualReason(int status);  // "OK"; empty for one that is not common

class HttpAnswerer final : public SessionAgent {
 public:
  explicit HttpAnswerer(std::shared_ptr<const HttpAnswer> answer) : answer_(std::move(answer)) {}

  void attached(AgentSession& session) override;
  void received(AgentSession& session, ByteView bytes, WallNanos time) override;
  void woke(AgentSession& session) override { notes_.flush(session); }
  void peerFinished(AgentSession& session) override { notes_.flush(session); }

 private:
  Bytes answerTo(const HttpRequest& request) const;
  void answer(AgentSession& session, const HttpRequest& request);

  std::shared_ptr<const HttpAnswer> answer_;
  HttpRequests requests_;
  HitNotes notes_{" answered"};
  bool closing_ = false;
};

}  // namespace sockbench
