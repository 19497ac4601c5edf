#include "core/base/program_output.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

extern char** environ;

namespace sockbench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMostFault = 4096;
constexpr auto kLookForEnd = std::chrono::milliseconds(10);

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    shut(0);
    shut(1);
  }
  bool open() { return ::pipe2(ends.data(), O_CLOEXEC) == 0; }
  void shut(std::size_t end) {
    if (ends[end] >= 0) ::close(ends[end]);
    ends[end] = -1;
  }
};

class Child {
 public:
  Child(const std::vector<std::string>& command, Clock::time_point deadline, std::size_t mostBytes)
      : command_(command), deadline_(deadline), mostBytes_(mostBytes) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
  }

  std::optional<Error> start() {
    if (!out_.open() || !fault_.open()) return Error::fromErrno(Operation::open, errno, command_.front());
    if (const int number = spawn(); number != 0)
      return Error::fromErrno(Operation::open, number, command_.front());
    out_.shut(1);
    fault_.shut(1);
    return std::nullopt;
  }

  std::optional<Error> listen(ProgramOutput& said) {
    while (out_.ends[0] >= 0 || fault_.ends[0] >= 0) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now());
      if (left.count() <= 0) return late();
      std::array<pollfd, 2> ends{{{out_.ends[0], POLLIN, 0}, {fault_.ends[0], POLLIN, 0}}};
      if (::poll(ends.data(), ends.size(), static_cast<int>(left.count())) <= 0) continue;
      if (ends[0].revents != 0) take(out_, said.text, mostBytes_ + 1);
      if (ends[1].revents != 0) take(fault_, said.fault, kMostFault);
      if (said.text.size() > mostBytes_) {
        return Error::fromInput(InputFault::tooLarge, command_.front(), std::nullopt,
                                "it says more than " + std::to_string(mostBytes_) + " bytes",
                                Operation::read);
      }
    }
    return std::nullopt;
  }

  // It may close its outputs long before it ends.
  std::optional<Error> end(ProgramOutput& said) {
    int status = 0;
    for (;;) {
      const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
      if (ended == pid_) break;
      if (ended < 0 && errno != EINTR) return Error::fromErrno(Operation::read, errno, command_.front());
      if (Clock::now() >= deadline_) return late();
      ::poll(nullptr, 0, static_cast<int>(kLookForEnd.count()));
    }
    pid_ = -1;
    said.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    said.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    return std::nullopt;
  }

 private:
  int spawn() {
    std::vector<char*> arguments;
    for (const std::string& word : command_) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, out_.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, fault_.ends[1], STDERR_FILENO);
    posix_spawnattr_t how;
    posix_spawnattr_init(&how);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
    const int number = ::posix_spawnp(&pid_, arguments.front(), &files, &how, arguments.data(), environ);
    if (number != 0) pid_ = -1;
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return number;
  }

  static void take(Pipe& pipe, std::string& into, std::size_t most) {
    std::array<char, 4096> bytes;
    const ssize_t count = ::read(pipe.ends[0], bytes.data(), bytes.size());
    if (count > 0 && into.size() < most) {
      into.append(bytes.data(), std::min(static_cast<std::size_t>(count), most - into.size()));
    } else if (count == 0 || (count < 0 && errno != EINTR)) {
      pipe.shut(0);
    }
  }

  std::optional<Error> late() const { return Error::fromErrno(Operation::read, ETIMEDOUT, command_.front()); }

  const std::vector<std::string>& command_;
  Clock::time_point deadline_;
  std::size_t mostBytes_;
  Pipe out_;
  Pipe fault_;
  pid_t pid_ = -1;
};

}  // namespace

Result<ProgramOutput> programOutput(const std::vector<std::string>& command, std::chrono::milliseconds limit,
                                    std::size_t mostBytes) {
  Child child(command, Clock::now() + limit, mostBytes);
  ProgramOutput said;
  if (auto error = child.start()) return std::unexpected(*std::move(error));
  if (auto error = child.listen(said)) return std::unexpected(*std::move(error));
  if (auto error = child.end(said)) return std::unexpected(*std::move(error));
  return said;
}

}  // namespace sockbench
