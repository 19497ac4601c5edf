// SendRun: one session that sends messages as a plan says, and may wait for an answer.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/cli/socket_run.h"
#include "core/automation/send_agent.h"
#include "core/engine/session_spec.h"
#include "core/payload/byte_pattern.h"

namespace sockbench::cli {

class AnswerWatch;

struct SendJob {
  ConnectSpec spec;
  std::vector<Message> messages;  // one behind the other, each as `plan` says
  SendPlan plan;
  std::shared_ptr<const Variables> variables;
  std::optional<BytePattern> expected;  // in what is received
  std::chrono::nanoseconds within{};    // after everything has been sent
};

class SendRun {
 public:
  SendRun(SocketRun& run, SendJob job);
  ~SendRun();
  SendRun(const SendRun&) = delete;
  SendRun& operator=(const SendRun&) = delete;

  int carryOut();  // answers the exit status

 private:
  void follow(const SessionSnapshot& session);
  bool isSent();
  bool isEnded() const { return failed_ || closed_; }
  Result<void> sendNext();
  void waitForAnswer();
  int status() const;

  SocketRun& run_;
  SendJob job_;
  SessionId id_;
  std::shared_ptr<SendAgent> sending_;
  std::shared_ptr<AnswerWatch> watch_;
  std::size_t next_ = 0;  // of job_.messages
  bool connected_ = false;
  bool failed_ = false;
  bool closed_ = false;
  bool refused_ = false;  // a message could not be sent as it should
};

}  // namespace sockbench::cli
