#include "app/cli/send_run.h"

#include <atomic>

#include "core/automation/answers/heard.h"

namespace sockbench::cli {

// Looks for what is expected in what the session receives; its find is a row, and so wakes the run.
class AnswerWatch final : public SessionAgent {
 public:
  explicit AnswerWatch(BytePattern pattern) : pattern_(std::move(pattern)) {}

  bool hasCome() const { return hasCome_; }  // thread: any

  void attached(AgentSession& session) override { heard_ = Heard(isByteStream(session.transport())); }

  void received(AgentSession& session, ByteView bytes, WallNanos) override {
    heard_.add(bytes);
    if (listening_.find(heard_, pattern_)) {
      hasCome_ = true;
      session.note("what was expected has come");
      session.leave();
      return;
    }
    heard_.settle(listening_.needed(pattern_));
  }

 private:
  BytePattern pattern_;
  Heard heard_;
  Listening listening_;
  std::atomic<bool> hasCome_{false};
};

SendRun::SendRun(SocketRun& run, SendJob job) : run_(run), job_(std::move(job)) {
  // The session's own side stays open until everything has been sent, whatever the peer does with its side.
  job_.spec.rules.stayHalfOpen = true;
  if (job_.expected) watch_ = std::make_shared<AnswerWatch>(*job_.expected);
}

SendRun::~SendRun() {
  run_.watch({});
}

void SendRun::follow(const SessionSnapshot& session) {
  connected_ = connected_ || session.state == SessionState::connected;
  failed_ = failed_ || session.state == SessionState::failed;
  closed_ = closed_ || !session.isOpen();
}

Result<void> SendRun::sendNext() {
  auto agent = SendAgent::make(job_.plan, job_.messages[next_++], job_.variables);
  if (!agent) return std::unexpected(agent.error());
  sending_ = *std::move(agent);
  run_.engine().attach(id_, sending_);
  return {};
}

bool SendRun::isSent() {
  while (!sending_ || sending_->status().isOver()) {
    refused_ = refused_ || (sending_ && sending_->status().state != SendAgent::State::done) ||
               (sending_ && sending_->status().skipped > 0);
    if (refused_ || next_ == job_.messages.size()) return true;
    if (const auto begun = sendNext(); !begun) {
      run_.addError(begun.error());
      refused_ = true;
    }
  }
  return false;
}

// From the last byte that was given to the session on.
void SendRun::waitForAnswer() {
  if (!watch_) return;
  const auto until = std::chrono::steady_clock::now() + job_.within;
  run_.waitFor([this] { return watch_->hasCome() || isEnded(); }, until);
}

int SendRun::carryOut() {
  run_.watch([this](const SessionSnapshot& session) { follow(session); });
  id_ = run_.engine().connect(job_.spec);
  if (watch_) run_.engine().attach(id_, watch_);
  const auto sent = run_.waitFor([this] { return isEnded() || (connected_ && isSent()); });
  if (sent == SocketRun::Woken::over && !isEnded()) {
    waitForAnswer();
    run_.engine().close(id_);
    run_.waitFor([this] { return isEnded(); });
  }
  return status();
}

int SendRun::status() const {
  const bool isAllSent = connected_ && !failed_ && !refused_ && next_ == job_.messages.size() && sending_ &&
                         sending_->status().state == SendAgent::State::done;
  return isAllSent && (!watch_ || watch_->hasCome()) ? kDone : kSaidNo;
}

}  // namespace sockbench::cli
