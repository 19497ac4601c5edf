// PipeProgram: a program that reads what we write from its standard input: Wireshark, tshark, anything.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace sockbench {

// Thread: any.
class PipeProgram {
 public:
  // Starts `command` (the program, looked for in PATH as execvp(3) does, and its arguments) with a pipe as
  // its standard input; its outputs are ours. Errors: ENOENT where there is no such program, EACCES, EMFILE,
  // ...; an empty command: badSyntax.
  static Result<std::unique_ptr<PipeProgram>> start(std::vector<std::string> command);
  // It is not ended: it sees the end of its input once the descriptor is closed.
  ~PipeProgram();

  // The writing end, close-on-exec; the caller's from now on. -1: it was taken before.
  int takeDescriptor();

  struct End {
    int status = 0;  // its exit status; meaningless when signal is not 0
    int signal = 0;  // that ended it
  };
  std::optional<End> ended() const;  // nullopt: it is running
  void waitUntilEnded() const;
  const std::vector<std::string>& command() const { return command_; }

 private:
  struct Child;
  PipeProgram(std::vector<std::string> command, std::shared_ptr<Child> child, int descriptor);
  std::vector<std::string> command_;
  std::shared_ptr<Child> child_;
  int descriptor_;
};

}  // namespace sockbench
