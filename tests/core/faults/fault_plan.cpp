#include "tests/core/faults/fault_plan.h"

#include <atomic>
#include <mutex>
#include <thread>

namespace sockbench::faults {
namespace {

constexpr std::array<std::string_view, kCalls> kNames = {
    "socket",        "socketpair",     "bind",        "listen",         "accept4",  "connect",
    "shutdown",      "close",          "send",        "sendto",         "sendmsg",  "sendmmsg",
    "sendfile",      "recv",           "recvfrom",    "recvmsg",        "recvmmsg", "getsockopt",
    "setsockopt",    "getsockname",    "getpeername", "ioctl",          "fcntl",    "poll",
    "epoll_create1", "epoll_ctl(ADD)", "eventfd",     "timerfd_create", "lstat",    "unlink"};

struct State {
  std::mutex mutex;
  Fault fault;
  std::thread::id maker;
  unsigned calls = 0;
  unsigned injected = 0;
  bool counting = false;
  std::array<unsigned, kCalls> counts{};
};

// Calls come from the first to the last moment of the program: it is never destroyed.
State& state() {
  static State& one = *new State;
  return one;
}

std::atomic<bool> armed = false;

void arm(const Fault& fault, bool counting) {
  State& s = state();
  const std::scoped_lock lock(s.mutex);
  s.fault = fault;
  s.maker = std::this_thread::get_id();
  s.calls = 0;
  s.injected = 0;
  s.counting = counting;
  s.counts = {};
  armed = true;
}

bool isHere(const State& s) {
  const bool mine = std::this_thread::get_id() == s.maker;
  return s.fault.where == Where::everywhere || mine == (s.fault.where == Where::thisThread);
}

}  // namespace

std::string_view callName(Call call) {
  return kNames.at(static_cast<std::size_t>(call));
}

FaultPlan::FaultPlan(const Fault& fault) {
  arm(fault, false);
}
FaultPlan::~FaultPlan() {
  armed = false;
}
unsigned FaultPlan::calls() const {
  const std::scoped_lock lock(state().mutex);
  return state().calls;
}
unsigned FaultPlan::injected() const {
  const std::scoped_lock lock(state().mutex);
  return state().injected;
}

CallCount::CallCount() {
  arm({.where = Where::otherThreads}, true);
}
CallCount::~CallCount() {
  armed = false;
}
std::array<unsigned, kCalls> CallCount::sofar() const {
  const std::scoped_lock lock(state().mutex);
  return state().counts;
}

int take(Call call, int descriptor) {
  if (!armed.load(std::memory_order_relaxed)) return 0;
  State& s = state();
  const std::scoped_lock lock(s.mutex);
  if (!isHere(s)) return 0;
  if (s.counting) ++s.counts.at(static_cast<std::size_t>(call));
  if (s.counting || call != s.fault.call) return 0;
  if (s.fault.descriptor >= 0 && descriptor != s.fault.descriptor) return 0;
  const unsigned number = ++s.calls;
  if (s.fault.error == 0 || number < s.fault.nth || number - s.fault.nth >= s.fault.times) return 0;
  ++s.injected;
  return s.fault.error;
}

}  // namespace sockbench::faults
