#include "core/capture/capture_output.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <utility>

namespace sockbench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{2};

Error failure(Operation op, int code, const std::string& name) {
  return Error::fromErrno(op, code, name);
}

// Where a write to it would go. Another program may have written to a descriptor that is taken over.
std::int64_t positionOf(int descriptor, const struct stat& what) {
  if (!S_ISREG(what.st_mode)) return -1;
  const int flags = ::fcntl(descriptor, F_GETFL);
  if (flags >= 0 && (flags & O_APPEND) != 0) return what.st_size;
  return ::lseek(descriptor, 0, SEEK_CUR);
}

}  // namespace

CaptureOutput::CaptureOutput(int descriptor, Kind kind, std::int64_t base, int wake, std::string name)
    : descriptor_(descriptor), kind_(kind), base_(base), wake_(wake), name_(std::move(name)) {}

CaptureOutput::CaptureOutput(CaptureOutput&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      kind_(other.kind_),
      base_(other.base_),
      wake_(std::exchange(other.wake_, -1)),
      deadline_(other.deadline_),
      ownsPath_(other.ownsPath_),
      name_(std::move(other.name_)) {}

CaptureOutput::~CaptureOutput() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (wake_ >= 0) ::close(wake_);
}

Result<CaptureOutput> CaptureOutput::create(const std::string& path, bool replace) {
  // A FIFO that nobody reads says ENXIO instead of waiting.
  const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | (replace ? O_TRUNC : O_EXCL);
  const int descriptor = ::open(path.c_str(), flags, 0666);
  if (descriptor < 0) return std::unexpected(failure(Operation::open, errno, path));
  Result<CaptureOutput> output = take(descriptor, path);
  if (output) output->ownsPath_ = output->kind_ == Kind::file;
  return output;
}

Result<CaptureOutput> CaptureOutput::take(int descriptor, std::string name) {
  struct stat what {};
  const int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake < 0 || ::fstat(descriptor, &what) != 0) {
    const int code = errno;
    ::close(descriptor);
    if (wake >= 0) ::close(wake);
    return std::unexpected(failure(Operation::open, code, name));
  }
  Kind kind = Kind::file;
  if (S_ISFIFO(what.st_mode)) kind = Kind::pipe;
  if (S_ISSOCK(what.st_mode)) kind = Kind::socket;
  return CaptureOutput(descriptor, kind, positionOf(descriptor, what), wake, std::move(name));
}

void CaptureOutput::hurry() {
  const std::uint64_t one = 1;
  static_cast<void>(::write(wake_, &one, sizeof one));
}

// False: nobody has read in time.
bool CaptureOutput::waitForRoom() {
  std::array<pollfd, 2> both{{{descriptor_, POLLOUT, 0}, {wake_, POLLIN, 0}}};
  for (;;) {
    int timeout = -1;
    if (deadline_) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline_ - Clock::now()).count();
      if (left <= 0) return false;
      timeout = static_cast<int>(left);
    }
    const int ready = ::poll(both.data(), deadline_ ? 1 : 2, timeout);
    if (ready <= 0) continue;
    if (!deadline_ && both[1].revents != 0) deadline_ = Clock::now() + kPatience;
    if (both[0].revents != 0) return true;
  }
}

// No more than goes in without waiting. The description of a pipe may be shared (standard output), so that it
// cannot be made non-blocking; where poll(2) sees room in one, PIPE_BUF bytes fit.
long CaptureOutput::writeSome(std::string_view bytes) {
  if (kind_ == Kind::socket) {
    return ::send(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  }
  const std::size_t most = kind_ == Kind::pipe ? std::min<std::size_t>(bytes.size(), PIPE_BUF) : bytes.size();
  return ::write(descriptor_, bytes.data(), most);
}

CaptureOutput::Written CaptureOutput::write(std::string_view bytes) {
  Written written;
  while (written.bytes < bytes.size()) {
    if (kind_ != Kind::file && !waitForRoom()) {
      written.error = failure(Operation::write, ETIMEDOUT, name_);
      break;
    }
    const long some = writeSome(bytes.substr(written.bytes));
    if (some >= 0) {
      written.bytes += static_cast<std::size_t>(some);
    } else if (errno != EINTR && errno != EAGAIN) {
      written.error = failure(Operation::write, errno, name_);
      break;
    }
  }
  return written;
}

void CaptureOutput::cut(std::uint64_t size) {
  if (base_ < 0) return;
  const off_t end = base_ + static_cast<off_t>(size);
  // Who shares the descriptor writes on from there: not behind a hole.
  if (::ftruncate(descriptor_, end) == 0) static_cast<void>(::lseek(descriptor_, end, SEEK_SET));
}

std::optional<Error> CaptureOutput::missing() const {
  struct stat what {};
  if (!ownsPath_ || ::fstat(descriptor_, &what) != 0 || what.st_nlink > 0) return std::nullopt;
  Error error = failure(Operation::write, ENOENT, name_);
  error.detail = "the file, or a folder above it, was removed while it was written";
  return error;
}

std::optional<Error> CaptureOutput::sync() {
  if (kind_ != Kind::file || ::fsync(descriptor_) == 0) return std::nullopt;
  if (errno == EINVAL || errno == EROFS) return std::nullopt;  // a device that has nothing to sync
  return failure(Operation::fsync, errno, name_);
}

}  // namespace sockbench
