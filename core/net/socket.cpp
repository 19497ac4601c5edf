// Socket's life: open, name, connect, accept, close. Its bytes are in socket_io.cpp.
#include "core/net/socket.h"

#include <fcntl.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "core/net/kernel_witness.h"
#include "core/net/socket_subject.h"
#include "core/net/socket_wait.h"

namespace sockbench {
namespace {

using std::chrono::nanoseconds;

constexpr Timeout kNonBlocking = nanoseconds(0);
constexpr std::int64_t kForEver = -1;
std::atomic<std::int64_t> defaultNanos = kForEver;

std::unexpected<Error> failed(Operation op, int code, std::string subject = {}) {
  return std::unexpected(Error::fromErrno(op, code, std::move(subject)));
}

Timeout timeoutOf(int descriptor) {
  const int flags = witnessed("fcntl(F_GETFL)", [&] { return fcntl(descriptor, F_GETFL); });
  return flags >= 0 && (flags & O_NONBLOCK) != 0 ? kNonBlocking : Timeout();
}

int pendingError(int descriptor) {
  int code = 0;
  socklen_t length = sizeof code;
  const auto ask = [&] { return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length); };
  const auto note = [&](int) { return "SO_ERROR = " + (code == 0 ? std::string("0") : errnoSymbol(code)); };
  return witnessed("getsockopt(SO_ERROR)", ask, note) == 0 ? code : errno;
}

template <class Call>
Result<SocketAddress> nameOf(int descriptor, Call call, Operation op) {
  sockaddr_storage storage{};
  socklen_t length = sizeof storage;
  auto* address = reinterpret_cast<sockaddr*>(&storage);
  if (call(descriptor, address, &length) != 0) return failed(op, errno);
  return SocketAddress::fromRaw(address, length);
}

template <class Call>
Result<SocketAddress> witnessedNameOf(int descriptor, Call call, Operation op) {
  const auto asked = [&](int of, sockaddr* address, socklen_t* length) {
    return witnessed(operationName(op), [&] { return call(of, address, length); });
  };
  return nameOf(descriptor, asked, op);
}

Result<int> ioctlInt(std::string_view name, int descriptor, unsigned long request) {
  int value = 0;
  const auto ask = [&] { return ioctl(descriptor, request, &value); };
  const auto note = [&](int) { return std::to_string(value); };
  if (witnessed(name, ask, note) != 0) return failed(Operation::ioctl, errno);
  return value;
}

}  // namespace

Socket::~Socket() {
  if (isOpen()) ::close(descriptor_);
}

Socket::Socket(Socket&& other) noexcept : descriptor_(other.detach()), timeout_(other.timeout_) {}

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this == &other) return *this;
  if (isOpen()) ::close(descriptor_);
  descriptor_ = other.detach();
  timeout_ = other.timeout_;
  return *this;
}

Result<Socket> Socket::open(int family, int type, int protocol) {
  Socket socket(witnessed("socket", [&] { return ::socket(family, type | SOCK_CLOEXEC, protocol); }));
  if (!socket.isOpen()) return failed(Operation::socket, errno);
  if ((type & SOCK_NONBLOCK) != 0) {
    socket.timeout_ = kNonBlocking;
  } else if (auto set = socket.setTimeout(defaultTimeout()); !set) {
    return std::unexpected(set.error());
  }
  return socket;
}

Result<std::pair<Socket, Socket>> Socket::pair(int family, int type, int protocol) {
  std::array<int, 2> descriptors{};
  const auto make = [&] { return socketpair(family, type | SOCK_CLOEXEC, protocol, descriptors.data()); };
  if (witnessed("socketpair", make) != 0) return failed(Operation::socketpair, errno);
  std::pair<Socket, Socket> ends{Socket::adopt(descriptors[0]), Socket::adopt(descriptors[1])};
  if ((type & SOCK_NONBLOCK) != 0) return ends;
  for (Socket* end : {&ends.first, &ends.second}) {
    if (auto set = end->setTimeout(defaultTimeout()); !set) return std::unexpected(set.error());
  }
  return ends;
}

Socket Socket::adopt(int descriptor) {
  Socket socket(descriptor);
  socket.timeout_ = timeoutOf(descriptor);
  return socket;
}

Socket Socket::borrow(int descriptor, Timeout timeout) {
  Socket socket(descriptor);
  socket.timeout_ = timeout;
  return socket;
}

Result<Socket> Socket::duplicate(int descriptor) {
  const auto make = [&] { return ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0); };
  const int copy = witnessed("fcntl(F_DUPFD_CLOEXEC)", make);
  if (copy < 0) return failed(Operation::fcntl, errno);
  return adopt(copy);
}

Timeout Socket::defaultTimeout() {
  const std::int64_t nanos = defaultNanos.load();
  return nanos == kForEver ? Timeout() : Timeout(nanoseconds(nanos));
}

void Socket::setDefaultTimeout(Timeout timeout) {
  if (timeout && *timeout < nanoseconds(0)) return;
  defaultNanos.store(timeout ? timeout->count() : kForEver);
}

int Socket::detach() {
  return std::exchange(descriptor_, -1);
}

Result<void> Socket::close() {
  // After EINTR Linux has closed the descriptor all the same: close(2).
  if (witnessed("close", [this] { return ::close(detach()); }) != 0 && errno != EINTR)
    return failed(Operation::close, errno);
  return {};
}

Result<void> Socket::bind(const SocketAddress& address) {
  const auto bind = [&] { return ::bind(descriptor_, address.data(), address.length()); };
  if (witnessed("bind", bind) == 0) return {};
  const int code = errno;
  return failed(Operation::bind, code, socketSubject(descriptor_, address));
}

Result<void> Socket::listen(int backlog) {
  if (witnessed("listen", [&] { return ::listen(descriptor_, backlog); }) == 0) return {};
  const int code = errno;
  // For the error's words: no call that anybody asked for.
  const Result<SocketAddress> local = nameOf(descriptor_, ::getsockname, Operation::getsockname);
  return failed(Operation::listen, code, local ? socketSubject(descriptor_, *local) : std::string());
}

Result<Accepted> Socket::accept(Timeout timeout) {
  const int flags = SOCK_CLOEXEC | (timeout ? SOCK_NONBLOCK : 0);
  sockaddr_storage storage{};
  auto* address = reinterpret_cast<sockaddr*>(&storage);
  socklen_t length = 0;
  const auto accepted = callInTime({"accept4", descriptor_, POLLIN, timeout_}, [&] {
    length = sizeof storage;
    return accept4(descriptor_, address, &length, flags);
  });
  if (!accepted) return failed(Operation::accept, accepted.error());
  Socket socket(static_cast<int>(*accepted));
  socket.timeout_ = timeout;
  return Accepted{std::move(socket), SocketAddress::fromRaw(address, length)};
}

Result<void> Socket::connect(const SocketAddress& address) {
  const int code = connectEx(address);
  if (code != 0) return failed(Operation::connect, code, socketSubject(descriptor_, address));
  return {};
}

int Socket::connectEx(const SocketAddress& address) {
  int code = 0;
  const auto call = [&] { return ::connect(descriptor_, address.data(), address.length()); };
  do {
    code = witnessed("connect", call) == 0 ? 0 : errno;
    if (code == EINTR && waitIsInterrupted()) return code;
  } while (code == EINTR && address.isUnix());
  // An interrupted connect goes on in the background, as one that is in progress does.
  if (code == EINTR && timeout_ == kNonBlocking) code = EINPROGRESS;
  const bool interrupted = code == EINTR;
  const bool inProgress = code == EINPROGRESS && timeout_ && *timeout_ > nanoseconds(0);
  if (!interrupted && !inProgress) return code;
  if (const int late = waitFor(descriptor_, POLLOUT, Deadline(timeout_))) return late;
  return pendingError(descriptor_);
}

Result<void> Socket::shutdown(ShutdownHow how) {
  const auto call = [&] { return ::shutdown(descriptor_, static_cast<int>(how)); };
  if (witnessed("shutdown", call) != 0) return failed(Operation::shutdown, errno);
  return {};
}

Result<SocketAddress> Socket::localAddress() const {
  return witnessedNameOf(descriptor_, ::getsockname, Operation::getsockname);
}

Result<SocketAddress> Socket::peerAddress() const {
  return witnessedNameOf(descriptor_, ::getpeername, Operation::getpeername);
}

Result<int> Socket::intOption(int level, int name) const {
  int value = 0;
  socklen_t length = sizeof value;
  const auto ask = [&] { return getsockopt(descriptor_, level, name, &value, &length); };
  if (witnessed("getsockopt", ask) != 0) return failed(Operation::getsockopt, errno);
  return value;
}

Result<void> Socket::setIntOption(int level, int name, int value) {
  return setRawOption(level, name, std::as_bytes(std::span(&value, 1)));
}

Result<Bytes> Socket::rawOption(int level, int name, std::size_t maxBytes) const {
  Bytes value(maxBytes);
  auto length = static_cast<socklen_t>(maxBytes);
  const auto ask = [&] { return getsockopt(descriptor_, level, name, value.data(), &length); };
  if (witnessed("getsockopt", ask) != 0) return failed(Operation::getsockopt, errno);
  value.resize(std::min<std::size_t>(length, maxBytes));
  return value;
}

Result<void> Socket::setRawOption(int level, int name, ByteView value) {
  const auto length = static_cast<socklen_t>(value.size());
  const auto set = [&] { return setsockopt(descriptor_, level, name, value.data(), length); };
  if (witnessed("setsockopt", set) != 0) return failed(Operation::setsockopt, errno);
  return {};
}

Result<int> Socket::takeError() {
  return intOption(SOL_SOCKET, SO_ERROR);
}
Result<int> Socket::bytesReadable() const {
  return ioctlInt("ioctl(FIONREAD)", descriptor_, FIONREAD);
}
Result<int> Socket::bytesUnsent() const {
  return ioctlInt("ioctl(SIOCOUTQ)", descriptor_, SIOCOUTQ);
}

Result<void> Socket::setBlocking(bool blocking) {
  return setTimeout(blocking ? Timeout() : kNonBlocking);
}

Result<void> Socket::setTimeout(Timeout timeout) {
  if (timeout && *timeout < nanoseconds(0)) return failed(Operation::fcntl, EINVAL);
  int nonBlocking = timeout ? 1 : 0;
  const auto set = [&] { return ioctl(descriptor_, FIONBIO, &nonBlocking); };
  if (witnessed("ioctl(FIONBIO)", set) != 0) return failed(Operation::ioctl, errno);
  timeout_ = timeout;
  return {};
}

}  // namespace sockbench
