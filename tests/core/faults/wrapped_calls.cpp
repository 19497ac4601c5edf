// What the linker puts in the place of the system calls of a program that takes part (see fault_plan.h).
#include <poll.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdarg>

#include "tests/core/faults/fault_plan.h"

using sockbench::faults::Call;
using sockbench::faults::take;

namespace {

// -1 with errno when the plan says so, else what the kernel says.
template <class Real, class... Arguments>
auto callOrFail(Call call, int descriptor, Real real, Arguments... arguments) {
  using Answer = decltype(real(arguments...));
  if (const int error = take(call, descriptor)) {
    errno = error;
    return static_cast<Answer>(-1);
  }
  return real(arguments...);
}

bool isSocket(int descriptor) {
  struct stat about {};
  return ::fstat(descriptor, &about) == 0 && S_ISSOCK(about.st_mode);
}

}  // namespace

// NOLINTBEGIN(bugprone-reserved-identifier): the names are ld's.
extern "C" {

#define WRAP(name, call, descriptor, answer, parameters, ...)        \
  answer __real_##name parameters;                                   \
  answer __wrap_##name parameters;                                   \
  answer __wrap_##name parameters {                                  \
    return callOrFail(call, descriptor, __real_##name, __VA_ARGS__); \
  }

WRAP(socket, Call::socket, -1, int, (int family, int type, int protocol), family, type, protocol)
WRAP(socketpair, Call::socketpair, -1, int, (int family, int type, int protocol, int* ends), family, type,
     protocol, ends)
WRAP(bind, Call::bind, fd, int, (int fd, const sockaddr* address, socklen_t length), fd, address, length)
WRAP(listen, Call::listen, fd, int, (int fd, int backlog), fd, backlog)
WRAP(accept4, Call::accept4, fd, int, (int fd, sockaddr* address, socklen_t* length, int flags), fd, address,
     length, flags)
WRAP(shutdown, Call::shutdown, fd, int, (int fd, int how), fd, how)
WRAP(send, Call::send, fd, ssize_t, (int fd, const void* data, size_t size, int flags), fd, data, size, flags)
WRAP(sendto, Call::sendto, fd, ssize_t,
     (int fd, const void* data, size_t size, int flags, const sockaddr* to, socklen_t length), fd, data, size,
     flags, to, length)
WRAP(sendmsg, Call::sendmsg, fd, ssize_t, (int fd, const msghdr* message, int flags), fd, message, flags)
WRAP(sendmmsg, Call::sendmmsg, fd, int, (int fd, mmsghdr* messages, unsigned count, int flags), fd, messages,
     count, flags)
WRAP(sendfile, Call::sendfile, fd, ssize_t, (int fd, int file, off_t* offset, size_t count), fd, file, offset,
     count)
WRAP(recv, Call::recv, fd, ssize_t, (int fd, void* into, size_t size, int flags), fd, into, size, flags)
WRAP(recvfrom, Call::recvfrom, fd, ssize_t,
     (int fd, void* into, size_t size, int flags, sockaddr* from, socklen_t* length), fd, into, size, flags,
     from, length)
WRAP(recvmsg, Call::recvmsg, fd, ssize_t, (int fd, msghdr* message, int flags), fd, message, flags)
WRAP(recvmmsg, Call::recvmmsg, fd, int,
     (int fd, mmsghdr* messages, unsigned count, int flags, timespec* timeout), fd, messages, count, flags,
     timeout)
WRAP(getsockopt, Call::getsockopt, fd, int, (int fd, int level, int name, void* value, socklen_t* length), fd,
     level, name, value, length)
WRAP(setsockopt, Call::setsockopt, fd, int,
     (int fd, int level, int name, const void* value, socklen_t length), fd, level, name, value, length)
WRAP(getsockname, Call::getsockname, fd, int, (int fd, sockaddr* address, socklen_t* length), fd, address,
     length)
WRAP(getpeername, Call::getpeername, fd, int, (int fd, sockaddr* address, socklen_t* length), fd, address,
     length)
WRAP(poll, Call::poll, fds->fd, int, (pollfd * fds, nfds_t count, int timeout), fds, count, timeout)
WRAP(ppoll, Call::poll, fds->fd, int,
     (pollfd * fds, nfds_t count, const timespec* timeout, const sigset_t* mask), fds, count, timeout, mask)
WRAP(epoll_create1, Call::epollCreate, -1, int, (int flags), flags)
WRAP(eventfd, Call::eventfd, -1, int, (unsigned count, int flags), count, flags)
WRAP(timerfd_create, Call::timerfdCreate, -1, int, (int clock, int flags), clock, flags)
WRAP(lstat, Call::lstat, -1, int, (const char* path, struct stat* about), path, about)
WRAP(unlink, Call::unlink, -1, int, (const char* path), path)

#undef WRAP

int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd) {
  const int error = take(Call::close, fd);
  const int closed = __real_close(fd);
  if (error == 0) return closed;
  errno = error;
  return -1;
}

int __real_connect(int fd, const sockaddr* address, socklen_t length);
int __wrap_connect(int fd, const sockaddr* address, socklen_t length);
int __wrap_connect(int fd, const sockaddr* address, socklen_t length) {
  const int error = take(Call::connect, fd);
  if (error == 0) return __real_connect(fd, address, length);
  // A UNIX connect that is interrupted has waited for room in the backlog: nothing has been begun.
  if (error == EINTR && address->sa_family != AF_UNIX) static_cast<void>(__real_connect(fd, address, length));
  errno = error;
  return -1;
}

int __real_epoll_ctl(int epoll, int what, int fd, epoll_event* event);
int __wrap_epoll_ctl(int epoll, int what, int fd, epoll_event* event);
int __wrap_epoll_ctl(int epoll, int what, int fd, epoll_event* event) {
  if (what != EPOLL_CTL_ADD || !isSocket(fd)) return __real_epoll_ctl(epoll, what, fd, event);
  return callOrFail(Call::epollAdd, fd, __real_epoll_ctl, epoll, what, fd, event);
}

int __real_ioctl(int fd, unsigned long request, void* argument);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void* argument = va_arg(rest, void*);
  va_end(rest);
  return callOrFail(Call::ioctl, fd, __real_ioctl, fd, request, argument);
}

int __real_fcntl(int fd, int command, void* argument);
int __wrap_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...) {
  va_list rest;
  va_start(rest, command);
  void* argument = va_arg(rest, void*);
  va_end(rest);
  return callOrFail(Call::fcntl, fd, __real_fcntl, fd, command, argument);
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier)
