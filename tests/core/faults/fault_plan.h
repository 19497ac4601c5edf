// FaultPlan: system calls of this process that fail on purpose, in a test.
//
//   FaultPlan plan({.call = Call::accept4, .error = EMFILE, .nth = 2});
//   ... the second accept4(2) from now on fails with EMFILE, every other one goes to the kernel ...
//   QCOMPARE(plan.injected(), 1u);
//
// A program takes part by sockbench_inject_faults(target) in its CMakeLists.txt: the linker then sends the
// calls of all that is linked in statically (core, asio, the test) through here; --wrap in ld(1). Shared
// libraries (Qt, the C library itself) call the kernel as ever. A failed call has not been made, but for
// close(2), which closes all the same, and connect(2) of an IP socket with EINTR, which goes on in the
// background.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace sockbench::faults {

enum class Call {
  socket,
  socketpair,
  bind,
  listen,
  accept4,
  connect,
  shutdown,
  close,
  send,
  sendto,
  sendmsg,
  sendmmsg,
  sendfile,
  recv,
  recvfrom,
  recvmsg,
  recvmmsg,
  getsockopt,
  setsockopt,
  getsockname,
  getpeername,
  ioctl,
  fcntl,
  poll,  // and ppoll
  epollCreate,
  epollAdd,  // epoll_ctl(2), EPOLL_CTL_ADD of a socket: the others fail only by misuse
  eventfd,
  timerfdCreate,
  lstat,
  unlink,
};
inline constexpr std::size_t kCalls = static_cast<std::size_t>(Call::unlink) + 1;
std::string_view callName(Call call);

enum class Where { everywhere, thisThread, otherThreads };  // than the one that makes the plan

struct Fault {
  Call call = Call::socket;
  int error = 0;        // errno; 0: only counts
  unsigned nth = 1;     // the first call that fails, from 1
  unsigned times = 1;   // how many fail from there on
  int descriptor = -1;  // calls on this one only; -1: any
  Where where = Where::everywhere;
};

// One at a time; from construction to destruction. Thread: any for the observers.
class FaultPlan {
 public:
  explicit FaultPlan(const Fault& fault);
  ~FaultPlan();
  FaultPlan(const FaultPlan&) = delete;
  FaultPlan& operator=(const FaultPlan&) = delete;

  unsigned calls() const;     // of Fault::call that matched so far
  unsigned injected() const;  // of these, how many failed
};

// Counts every call that other threads make, without failing any.
class CallCount {
 public:
  CallCount();
  ~CallCount();
  CallCount(const CallCount&) = delete;
  CallCount& operator=(const CallCount&) = delete;

  std::array<unsigned, kCalls> sofar() const;
};

// For the wrapped calls: the errno to fail with, 0: go on. `descriptor` -1: the call has none.
int take(Call call, int descriptor = -1);

}  // namespace sockbench::faults
