// What stands at a UNIX socket's path, and whose it is.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/net/socket.h"
#include "core/net/socket_address.h"

namespace sockbench::detail {

// Removes the file at `address` if, and only if, it is a socket of our user's that nobody listens on any more
// (lstat(2) says a socket, its owner is our effective user, and connect(2) is refused). True when it was
// removed; abstract and unnamed addresses: false.
bool removeDeadSocket(const SocketAddress& address, int socketType);

// The file that a bind made; removed on destruction at the latest, if it is still that very file.
class BoundPath {
 public:
  BoundPath() = default;
  explicit BoundPath(const SocketAddress& address);  // call right after bind(2); nothing for other addresses
  // Once. Errors: lstat(2)'s or unlink(2)'s errno: the file stays. One that is there no more is none.
  Result<void> remove();
  ~BoundPath();
  BoundPath(BoundPath&& other) noexcept;
  BoundPath& operator=(BoundPath&& other) noexcept;

 private:
  std::string path_;
  std::optional<Error> unknown_;  // why the file could not be told from others when it was made
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

// bind(2), once more after removeDeadSocket() when the path was taken. Errors: bind's, with the address as
// subject.
Result<BoundPath> bindSocket(Socket& socket, const SocketAddress& address, int socketType);

}  // namespace sockbench::detail
