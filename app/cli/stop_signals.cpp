#include "app/cli/stop_signals.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdint>

namespace sockbench::cli {

namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM};

// As long as SocketRun waits for a reader.
constexpr std::chrono::seconds kReaderLimit{2};
// What a pipe that has room takes without blocking.
constexpr std::size_t kPieceBytes = PIPE_BUF;

int signalled = -1;  // an eventfd, which a signal handler may write to

void raise(int descriptor) {
  const std::uint64_t one = 1;
  static_cast<void>(!::write(descriptor, &one, sizeof one));
}

void onSignal(int) {
  const int kept = errno;
  raise(signalled);
  errno = kept;
}

// Rounded up, so that the deadline has passed when the time is over; -1: for ever.
timespec timeLeft(std::chrono::steady_clock::time_point deadline) {
  using namespace std::chrono;
  const auto left = std::max(deadline - steady_clock::now(), steady_clock::duration::zero());
  const auto whole = duration_cast<seconds>(left);
  return {.tv_sec = whole.count(), .tv_nsec = nanoseconds(left - whole).count()};
}

}  // namespace

StopSignals::StopSignals() : notified_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  signalled = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  for (const int number : kSignals) std::signal(number, onSignal);
}

StopSignals::~StopSignals() {
  for (const int number : kSignals) std::signal(number, SIG_DFL);
  ::close(signalled);
  ::close(notified_);
}

void StopSignals::notify() {
  raise(notified_);
}

StopSignals::Woken StopSignals::wait(std::optional<std::chrono::steady_clock::time_point> deadline) {
  // A descriptor below 0 is passed over by poll(2); an error or a hang-up is told without being asked for.
  std::array<pollfd, 3> wake = {pollfd{.fd = signalled, .events = POLLIN, .revents = 0},
                                pollfd{.fd = notified_, .events = POLLIN, .revents = 0},
                                pollfd{.fd = reader_, .events = 0, .revents = 0}};
  for (;;) {
    const timespec left = deadline ? timeLeft(*deadline) : timespec{};
    const int ready = ::ppoll(wake.data(), wake.size(), deadline ? &left : nullptr, nullptr);
    if (ready == 0) return Woken::timedOut;
    if (ready < 0) continue;  // EINTR: the handler has written
    if (wake[0].revents != 0) return Woken::signalled;
    if ((wake[2].revents & (POLLERR | POLLHUP)) != 0) return Woken::readerGone;
    std::uint64_t count = 0;
    static_cast<void>(!::read(notified_, &count, sizeof count));
    return Woken::notified;
  }
}

bool StopSignals::waitForInput(int descriptor) {
  std::array<pollfd, 3> wake = {pollfd{.fd = signalled, .events = POLLIN, .revents = 0},
                                pollfd{.fd = descriptor, .events = POLLIN, .revents = 0},
                                pollfd{.fd = reader_, .events = 0, .revents = 0}};
  while (::poll(wake.data(), wake.size(), -1) < 0) continue;  // EINTR: the handler has written
  return wake[0].revents == 0 && (wake[2].revents & (POLLERR | POLLHUP)) == 0;
}

bool StopSignals::hasSignal() const {
  pollfd signal{.fd = signalled, .events = POLLIN, .revents = 0};
  return ::poll(&signal, 1, 0) > 0;
}

// False: it has been given up. One that has gone is told by the write.
bool StopSignals::waitForReader() {
  std::array<pollfd, 2> wake = {pollfd{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0},
                                pollfd{.fd = signalled, .events = POLLIN, .revents = 0}};
  while (::poll(wake.data(), wake.size(), -1) < 0) continue;  // EINTR: the handler has written
  if (wake[0].revents != 0) return true;
  const auto deadline = std::chrono::steady_clock::now() + kReaderLimit;
  for (;;) {
    const timespec left = timeLeft(deadline);
    const int ready = ::ppoll(wake.data(), 1, &left, nullptr);
    if (ready >= 0) return ready > 0;
  }
}

bool StopSignals::write(Output& out, std::string_view text) {
  while (!text.empty()) {
    readerGivenUp_ = readerGivenUp_ || !waitForReader();
    const std::string_view piece = text.substr(0, kPieceBytes);
    if (readerGivenUp_ || !out.write(piece)) return false;
    text.remove_prefix(piece.size());
  }
  return true;
}

}  // namespace sockbench::cli
