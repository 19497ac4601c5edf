#include "core/engine/detail/unix_path.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace sockbench::detail {
namespace {

std::string filePath(const SocketAddress& address) {
  std::string path = address.unixPath();
  if (path.starts_with('\0')) path.clear();
  return path;
}

bool isOurSocketFile(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 && S_ISSOCK(info.st_mode) && info.st_uid == ::geteuid();
}

}  // namespace

bool removeDeadSocket(const SocketAddress& address, int socketType) {
  const std::string path = filePath(address);
  if (path.empty() || !isOurSocketFile(path)) return false;
  auto probe = Socket::open(AF_UNIX, socketType);
  if (!probe || !probe->setBlocking(false)) return false;
  const auto connected = probe->connect(address);
  if (connected || !connected.error().isErrno(ECONNREFUSED)) return false;
  return ::unlink(path.c_str()) == 0;
}

BoundPath::BoundPath(const SocketAddress& address) : path_(filePath(address)) {
  struct stat info {};
  if (path_.empty()) return;
  if (::lstat(path_.c_str(), &info) != 0) {
    if (errno != ENOENT) unknown_ = Error::fromErrno(Operation::lstat, errno, path_);
    path_.clear();
    return;
  }
  device_ = info.st_dev;
  inode_ = info.st_ino;
}

BoundPath::~BoundPath() {
  static_cast<void>(remove());
}

BoundPath::BoundPath(BoundPath&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      unknown_(std::exchange(other.unknown_, {})),
      device_(other.device_),
      inode_(other.inode_) {}

BoundPath& BoundPath::operator=(BoundPath&& other) noexcept {
  if (this != &other) {
    static_cast<void>(remove());
    path_ = std::exchange(other.path_, {});
    unknown_ = std::exchange(other.unknown_, {});
    device_ = other.device_;
    inode_ = other.inode_;
  }
  return *this;
}

Result<void> BoundPath::remove() {
  if (const auto unknown = std::exchange(unknown_, {})) return std::unexpected(*unknown);
  const std::string path = std::exchange(path_, {});
  if (path.empty()) return {};
  const auto failed = [&](Operation op) -> Result<void> {
    if (errno == ENOENT) return {};
    return std::unexpected(Error::fromErrno(op, errno, path));
  };
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return failed(Operation::lstat);
  if (!S_ISSOCK(info.st_mode) || info.st_dev != device_ || info.st_ino != inode_) return {};
  return ::unlink(path.c_str()) == 0 ? Result<void>() : failed(Operation::unlink);
}

Result<BoundPath> bindSocket(Socket& socket, const SocketAddress& address, int socketType) {
  auto done = socket.bind(address);
  if (!done && done.error().isErrno(EADDRINUSE) && removeDeadSocket(address, socketType))
    done = socket.bind(address);
  if (done) return BoundPath(address);
  done.error().subject = address.text();
  return std::unexpected(done.error());
}

}  // namespace sockbench::detail
