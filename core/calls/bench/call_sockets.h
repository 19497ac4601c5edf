// CallSockets: the sockets of a bench by their handles, and descriptors that came and that nobody took.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/calls/call_bench.h"
#include "core/calls/call_socket.h"

namespace sockbench {

// Thread: one at a time.
class CallSockets {
 public:
  CallSockets(std::size_t most, bool keepsClosed) : most_(most), keepsClosed_(keepsClosed) {}

  // A new handle; nullptr, and the socket is closed: there are too many.
  std::shared_ptr<CallSocket> add(Socket socket, int family, int type, int protocol);
  CallHandle unusedHandle() { return {++last_}; }
  // nullptr: unknown or closing, and closed where those are not kept.
  std::shared_ptr<CallSocket> find(CallHandle handle) const;
  std::shared_ptr<CallSocket> known(CallHandle handle) const;  // closing ones, too
  // Nobody finds it any more; its descriptor is still there. False: nobody did.
  bool hide(CallHandle handle);
  // Its descriptor, which is the caller's from now on. -1: it was not hidden.
  int take(CallHandle handle);
  std::vector<CallHandle> open() const;  // those that are found, in order

  std::optional<CallSocketFacts> facts(CallHandle handle) const;

  // A descriptor that is to be closed in the end, unless a socket that is added has it by then.
  void keep(int descriptor);
  void closeKept();

 private:
  struct Entry {
    std::shared_ptr<CallSocket> socket;
    bool isHidden = false;
  };
  // What a descriptor stands for; another one may have its number by the time it is to be closed.
  struct Kept {
    int descriptor;
    dev_t device;
    ino_t inode;
  };

  static constexpr std::size_t kMostClosed = 10'000;

  std::shared_ptr<CallSocket> findOpen(CallHandle handle) const;

  std::size_t most_;
  bool keepsClosed_;
  std::uint64_t last_ = 0;
  std::map<CallHandle, Entry> entries_;
  std::map<CallHandle, std::shared_ptr<CallSocket>> closed_;  // without a descriptor
  std::vector<Kept> kept_;
};

// Family, type and protocol as the kernel tells them of a descriptor; `asked` where it does not.
struct SocketKind {
  int family = 0;
  int type = 0;
  int protocol = 0;
};
SocketKind kindOf(int descriptor, SocketKind asked);

// Its two ends as they are now, without a word to the thread's witness. Empty: none, or unknown.
SocketAddress localEnd(int descriptor);
SocketAddress peerEnd(int descriptor);

}  // namespace sockbench
