#include "core/calls/call_socket.h"

#include <utility>

namespace sockbench {
namespace {

constexpr std::int64_t kForEver = -1;

std::int64_t nanosOf(Timeout timeout) {
  return timeout ? timeout->count() : kForEver;
}

}  // namespace

CallSocket::CallSocket(CallHandle handle, Socket socket, int family, int type, int protocol)
    : handle_(handle),
      family_(family),
      type_(type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)),
      protocol_(protocol),
      descriptor_(-1),
      timeoutNanos_(nanosOf(socket.timeout())) {
  descriptor_ = socket.detach();
}

Timeout CallSocket::timeout() const {
  const std::int64_t nanos = timeoutNanos_.load();
  return nanos == kForEver ? Timeout() : Timeout(std::chrono::nanoseconds(nanos));
}

Result<void> CallSocket::setTimeout(Timeout timeout) {
  Result<void> set = borrow()->setTimeout(timeout);
  if (set) timeoutNanos_ = nanosOf(timeout);
  return set;
}

CallSocket::Borrowed CallSocket::borrow() const {
  return Borrowed(Socket::borrow(descriptor(), timeout()));
}

}  // namespace sockbench
