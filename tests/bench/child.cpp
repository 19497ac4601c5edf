#include "child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>

#include "report.h"

namespace bench {
namespace {

bool isReady(int descriptor, std::chrono::milliseconds patience) {
  pollfd waiting{descriptor, POLLIN, 0};
  return ::poll(&waiting, 1, static_cast<int>(patience.count())) > 0;
}

std::array<int, 2> makePipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe2", errno);
  return ends;
}

// setpriv (util-linux) has the kernel kill the program when the thread that started it ends.
std::vector<char*> argumentsOf(std::vector<std::string>& command) {
  command.insert(command.begin(), {"setpriv", "--pdeathsig", "KILL"});
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  return arguments;
}

}  // namespace

std::string besideUs(const std::string& name) {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / name).string();
}

Child::Child(std::vector<std::string> command, bool listens) : name_(command.front()) {
  const std::array<int, 2> in = makePipe();
  const std::array<int, 2> out = makePipe();
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  if (listens)
    ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  else
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const std::vector<char*> arguments = argumentsOf(command);
  const int status = ::posix_spawnp(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(in[0]);
  ::close(out[1]);
  input_ = in[1];
  output_ = out[0];
  if (status != 0) fail("cannot start " + name_, status);
}

Child::~Child() {
  kill();
  ::close(input_);
  ::close(output_);
}

std::string Child::line(std::chrono::milliseconds patience) {
  while (!pending_.contains('\n')) {
    if (!isReady(output_, patience)) fail(name_ + " said nothing in time");
    readMore();
  }
  const std::size_t end = pending_.find('\n');
  const std::string first = pending_.substr(0, end);
  pending_.erase(0, end + 1);
  return first;
}

bool Child::hasLine() {
  if (isReady(output_, std::chrono::milliseconds(0))) readMore();
  return pending_.contains('\n');
}

void Child::readMore() {
  std::array<char, 4096> bytes{};
  const ssize_t got = ::read(output_, bytes.data(), bytes.size());
  if (got <= 0) fail(name_ + " ended without a word");
  pending_.append(bytes.data(), static_cast<std::size_t>(got));
}

void Child::tell(const std::string& line) {
  const std::string whole = line + "\n";
  if (::write(input_, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size()))
    fail("cannot talk to " + name_, errno);
}

void Child::waitForEnd(std::chrono::milliseconds patience) {
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  if (handle < 0) fail("pidfd_open", errno);
  const bool ended = isReady(handle, patience);
  ::close(handle);
  if (!ended) fail(name_ + " did not end in time");
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) fail(name_ + " failed");
}

void Child::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

}  // namespace bench
