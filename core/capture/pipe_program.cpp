#include "core/capture/pipe_program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

extern char** environ;

namespace sockbench {

struct PipeProgram::Child {
  std::mutex mutex;
  std::condition_variable over;
  std::optional<End> end;

  void watch(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    const std::lock_guard lock(mutex);
    end = WIFSIGNALED(status) ? End{.status = 0, .signal = WTERMSIG(status)}
                              : End{.status = WEXITSTATUS(status), .signal = 0};
    over.notify_all();
  }
};

namespace {

// It gets the reading end as standard input, and signals as a program expects them from a shell.
int spawn(const std::vector<std::string>& command, int input, pid_t& pid) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  posix_spawnattr_t how;
  posix_spawnattr_init(&how);
  sigset_t all;
  sigset_t none;
  sigfillset(&all);
  sigdelset(&all, SIGKILL);
  sigdelset(&all, SIGSTOP);
  sigemptyset(&none);
  posix_spawnattr_setsigdefault(&how, &all);
  posix_spawnattr_setsigmask(&how, &none);
  posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  const int failure = ::posix_spawnp(&pid, arguments.front(), &files, &how, arguments.data(), environ);
  posix_spawnattr_destroy(&how);
  posix_spawn_file_actions_destroy(&files);
  return failure;
}

}  // namespace

PipeProgram::PipeProgram(std::vector<std::string> command, std::shared_ptr<Child> child, int descriptor)
    : command_(std::move(command)), child_(std::move(child)), descriptor_(descriptor) {}

PipeProgram::~PipeProgram() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::unique_ptr<PipeProgram>> PipeProgram::start(std::vector<std::string> command) {
  if (command.empty() || command.front().empty()) {
    return std::unexpected(
        Error::fromInput(InputFault::badSyntax, {}, TextSpan{}, "a program's name is missing"));
  }
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) {
    return std::unexpected(Error::fromErrno(Operation::open, errno, "a pipe to " + command.front()));
  }
  pid_t pid = -1;
  const int failure = spawn(command, ends[0], pid);
  ::close(ends[0]);
  if (failure != 0) {
    ::close(ends[1]);
    return std::unexpected(Error::fromErrno(Operation::open, failure, command.front()));
  }
  auto child = std::make_shared<Child>();
  try {
    std::thread([child, pid] { child->watch(pid); }).detach();
  } catch (const std::system_error& error) {
    ::close(ends[1]);
    return std::unexpected(Error::fromErrno(Operation::open, error.code().value(), command.front()));
  }
  return std::unique_ptr<PipeProgram>(new PipeProgram(std::move(command), std::move(child), ends[1]));
}

int PipeProgram::takeDescriptor() {
  return std::exchange(descriptor_, -1);
}

std::optional<PipeProgram::End> PipeProgram::ended() const {
  const std::lock_guard lock(child_->mutex);
  return child_->end;
}

void PipeProgram::waitUntilEnded() const {
  std::unique_lock lock(child_->mutex);
  child_->over.wait(lock, [this] { return child_->end.has_value(); });
}

}  // namespace sockbench
