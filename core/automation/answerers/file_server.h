// FileServer: see AnswererSpec::Kind::file. Thread: the session's worker.
#pragma once

#include <memory>
#include <string>

#include "core/engine/file_send.h"
#include "core/engine/session_agent.h"

namespace sockbench {

class FileServer final : public SessionAgent {
 public:
  explicit FileServer(std::string path) : path_(std::move(path)) {}

  void attached(AgentSession& session) override;
  void drained(AgentSession& session) override { sendMore(session); }

 private:
  void sendMore(AgentSession& session);
  void end(AgentSession& session, std::optional<Error> error);

  const std::string path_;
  std::shared_ptr<FileSend> file_;  // nullptr: none is being sent
};

}  // namespace sockbench
