#include "core/resolve/interface_watch.h"

#include <linux/rtnetlink.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

#include "core/resolve/rtnetlink.h"

namespace sockbench {

namespace {

// A descriptor that becomes readable when the thread is to end.
class StopSignal {
 public:
  StopSignal() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  ~StopSignal() {
    if (fd_ >= 0) ::close(fd_);
  }
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;
  int fileno() const { return fd_; }
  void give() const { ::eventfd_write(fd_, 1); }

 private:
  int fd_;
};

Result<void> failure(int code) {
  return std::unexpected(Error::fromErrno(Operation::rtnetlink, code));
}

}  // namespace

struct InterfaceWatch::State {
  MnlSocket socket;
  Changed changed;
  StopSignal stop;
  std::thread thread;

  void run() const;
  int readAll() const;  // 0, or the errno that ends the watch
};

// What the news says is read afresh by whoever is told.
int InterfaceWatch::State::readAll() const {
  std::array<char, 8192> news;
  for (;;) {
    if (mnl_socket_recvfrom(socket.get(), news.data(), news.size()) >= 0) continue;
    if (errno == EAGAIN) return 0;
    // Some was lost (ENOBUFS), or is longer than the room it is thrown away in (ENOSPC).
    if (errno != ENOBUFS && errno != ENOSPC && errno != EINTR) return errno;
  }
}

void InterfaceWatch::State::run() const {
  std::array<pollfd, 2> wait{{{mnl_socket_get_fd(socket.get()), POLLIN, 0}, {stop.fileno(), POLLIN, 0}}};
  for (;;) {
    if (::poll(wait.data(), wait.size(), -1) < 0) {
      if (errno == EINTR) continue;
      return changed(failure(errno));
    }
    if (wait[1].revents != 0) return;
    if (const int code = readAll(); code != 0) return changed(failure(code));
    changed({});
  }
}

InterfaceWatch::InterfaceWatch(std::unique_ptr<State> state) : state_(std::move(state)) {}

InterfaceWatch::~InterfaceWatch() {
  state_->stop.give();
  state_->thread.join();
}

Result<std::unique_ptr<InterfaceWatch>> InterfaceWatch::begin(Changed changed) {
  auto socket = openRtNetlink(RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR, SOCK_NONBLOCK);
  if (!socket) return std::unexpected(socket.error());
  auto state = std::make_unique<State>();
  if (state->stop.fileno() < 0) return std::unexpected(failure(errno).error());
  state->socket = std::move(*socket);
  state->changed = std::move(changed);
  try {
    state->thread = std::thread([watch = state.get()] { watch->run(); });
  } catch (const std::system_error& error) {
    return std::unexpected(failure(error.code().value()).error());
  }
  return std::unique_ptr<InterfaceWatch>(new InterfaceWatch(std::move(state)));
}

}  // namespace sockbench
