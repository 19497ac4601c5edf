// InterfaceWatch: tells that an interface or an address of this machine has changed (rtnetlink(7): links,
// IPv4 and IPv6 addresses). What has changed is then read by networkInterfaces().
#pragma once

#include <functional>
#include <memory>

#include "core/base/error.h"

namespace sockbench {

class InterfaceWatch {
 public:
  // A value: something has changed; several changes may be told as one, and one that changed nothing that
  // networkInterfaces() tells is told as well. News that the kernel had no room for (ENOBUFS) is told as a
  // change. An error: the watch is over, and nothing more is told.
  // Called on the watch's own thread; it must neither block, nor throw, nor destroy the watch.
  using Changed = std::function<void(const Result<void>&)>;

  // Watches from now on. Its thread sleeps in poll(2) until there is news. Errors: errno of its socket, of
  // eventfd(2). Thread: any.
  static Result<std::unique_ptr<InterfaceWatch>> begin(Changed changed);

  // Ends it; a call that is under way is waited for, and none follows. Thread: any but the watch's own.
  ~InterfaceWatch();
  InterfaceWatch(const InterfaceWatch&) = delete;
  InterfaceWatch& operator=(const InterfaceWatch&) = delete;

 private:
  struct State;
  explicit InterfaceWatch(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace sockbench
