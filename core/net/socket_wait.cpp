#include "core/net/socket_wait.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sockbench {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr timespec kAtOnce{};

constexpr std::array<std::pair<short, std::string_view>, 7> kPollEvents{{
    {POLLIN, "POLLIN"},
    {POLLPRI, "POLLPRI"},
    {POLLOUT, "POLLOUT"},
    {POLLERR, "POLLERR"},
    {POLLHUP, "POLLHUP"},
    {POLLRDHUP, "POLLRDHUP"},
    {POLLNVAL, "POLLNVAL"},
}};

// Tells the thread's witness, if there is one, of a wait that does not end at once.
void tellIfItSleeps(pollfd waiting) {
  KernelWitness* const witness = KernelWitness::ofThisThread();
  if (witness != nullptr && ppoll(&waiting, 1, &kAtOnce, nullptr) == 0) witness->willWait();
}

}  // namespace

timespec toTimespec(nanoseconds time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  return {static_cast<time_t>(seconds.count()), static_cast<long>((time - seconds).count())};
}

Deadline::Deadline(Timeout timeout) {
  if (!timeout) return;
  kind_ = *timeout > nanoseconds(0) ? Kind::until : Kind::never;
  const auto now = Clock::now();
  end_ = now + std::min(*timeout, nanoseconds(Clock::time_point::max() - now));
}

std::optional<nanoseconds> Deadline::left() const {
  if (kind_ == Kind::forEver) return std::nullopt;
  return end_ - Clock::now();
}

int waitFor(int descriptor, short events, const Deadline& deadline) {
  while (true) {
    const std::optional<nanoseconds> left = deadline.left();
    if (left && *left <= nanoseconds(0)) return ETIMEDOUT;
    const timespec limit = toTimespec(left.value_or(nanoseconds(0)));
    pollfd waiting{descriptor, events, 0};
    tellIfItSleeps(waiting);
    const int ready = witnessed(
        "ppoll", [&] { return ppoll(&waiting, 1, left ? &limit : nullptr, nullptr); },
        [&](int) { return pollEventsText(waiting.revents); });
    if (ready > 0) return 0;
    if (ready < 0 && (errno != EINTR || waitIsInterrupted())) return errno;
  }
}

void tellOfWait(const WaitingCall& what) {
  constexpr int kNeverWaits = MSG_DONTWAIT | MSG_ERRQUEUE;
  if (what.timeout || (what.flags & kNeverWaits) != 0) return;
  if ((what.flags & MSG_OOB) != 0 && (what.events & POLLIN) != 0) return;
  tellIfItSleeps({what.descriptor, what.events, 0});
}

std::string pollEventsText(short events) {
  std::string text;
  for (const auto& [event, name] : kPollEvents) {
    if ((events & event) == 0) continue;
    if (!text.empty()) text += '|';
    text += name;
  }
  return text;
}

}  // namespace sockbench
