// DescriptorWatch: readiness of one descriptor, of any family and type. The descriptor belongs to somebody
// else. Thread: the worker.
#pragma once

#include <asio/posix/stream_descriptor.hpp>
#include <memory>
#include <system_error>
#include <utility>

#include "core/engine/detail/worker.h"

namespace sockbench::detail {

class DescriptorWatch {
 public:
  explicit DescriptorWatch(Worker& worker) : worker_(worker), descriptor_(worker.io()) {}
  ~DescriptorWatch() { close(); }

  // Errors: what epoll_ctl(2) and ioctl(2) say.
  std::error_code open(int fd) {
    std::error_code ec;
    descriptor_.assign(fd, ec);
    // Left to asio's first wait, a failure of this would be told to that wait, which could only be silent.
    if (!ec) descriptor_.non_blocking(true, ec);
    return ec;
  }
  // Forgets the descriptor without closing it; what waits is never called.
  void close() {
    if (descriptor_.is_open()) descriptor_.release();
  }
  bool isOpen() const { return descriptor_.is_open(); }

  // Calls `(owner.*then)()` as one turn of the worker when the descriptor is ready. One wait of a kind at a
  // time: a second one is ignored while the first waits. `owner` must own this watch.
  template <class Owner>
  void whenReadable(std::shared_ptr<Owner> owner, void (Owner::*then)()) {
    whenReceivable(std::move(owner), then, false);
  }
  // The same for urgent data, too (EPOLLPRI): it does not make a descriptor readable.
  template <class Owner>
  void whenReadableOrUrgent(std::shared_ptr<Owner> owner, void (Owner::*then)()) {
    whenReceivable(std::move(owner), then, true);
  }
  template <class Owner>
  void whenWritable(std::shared_ptr<Owner> owner, void (Owner::*then)()) {
    wait(asio::posix::descriptor_base::wait_write, writing_, std::move(owner), then);
  }
  // An error or a hang-up (EPOLLERR, EPOLLHUP), or urgent data. The same kind of wait as the urgent one
  // above.
  template <class Owner>
  void whenBroken(std::shared_ptr<Owner> owner, void (Owner::*then)()) {
    wait(asio::posix::descriptor_base::wait_error, breaking_, std::move(owner), then);
  }

 private:
  template <class Owner>
  void whenReceivable(std::shared_ptr<Owner> owner, void (Owner::*then)(), bool urgent) {
    if (worker_.mayReceive()) {
      if (urgent) whenBroken(owner, then);
      wait(asio::posix::descriptor_base::wait_read, reading_, std::move(owner), then);
    } else if (!std::exchange(held_, true)) {
      worker_.whenResumed([this, owner = std::move(owner), then, urgent] {
        held_ = false;
        whenReceivable(owner, then, urgent);
      });
    }
  }
  template <class Owner>
  void wait(asio::posix::descriptor_base::wait_type type, bool& armed, std::shared_ptr<Owner> owner,
            void (Owner::*then)()) {
    if (armed || !descriptor_.is_open()) return;
    armed = true;
    descriptor_.async_wait(type, [this, &armed, owner = std::move(owner), then](const std::error_code& ec) {
      armed = false;
      // A wait that had succeeded may still be on its way here when the watch is closed.
      if (ec || !descriptor_.is_open()) return;
      worker_.turn([&] { ((*owner).*then)(); });
    });
  }

  Worker& worker_;
  asio::posix::stream_descriptor descriptor_;
  bool reading_ = false;
  bool writing_ = false;
  bool breaking_ = false;
  bool held_ = false;  // a wait for reading itself waits for Worker::resumeReceiving()
};

}  // namespace sockbench::detail
