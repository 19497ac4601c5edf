#include "app/cli/output.h"

#include <fcntl.h>
#include <poll.h>

#include <cerrno>
#include <csignal>
#include <string>

namespace sockbench::cli {

bool Output::write(std::string_view text) {
  while (!text.empty()) {
    if (closed_ || failure_) return false;
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      // The parent made the pipe non-blocking: wait for room.
      pollfd room{.fd = descriptor_, .events = POLLOUT, .revents = 0};
      ::poll(&room, 1, -1);
    } else if (errno != EINTR) {
      return stop(errno);
    }
  }
  return true;
}

bool Output::stop(int error) {
  if (error == EPIPE || error == EBADF) {
    closed_ = true;
  } else {
    failure_ = Error::fromErrno(Operation::write, error, "standard output");
  }
  return false;
}

void prepareStandardStreams() {
  std::signal(SIGPIPE, SIG_IGN);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) continue;
    // open() takes the lowest free number, which is this one. Its access mode is the wrong one on purpose, so
    // that a use of it still fails with EBADF.
    ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace sockbench::cli
