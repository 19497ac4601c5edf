#include "core/engine/file_send.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace sockbench {
namespace {

Error notRegular(const std::string& path) {
  return Error::fromInput(InputFault::badPath, path, std::nullopt, "it is not a regular file",
                          Operation::open);
}

// O_NONBLOCK: a FIFO that nobody writes to would hold us up before it can be refused.
int openToRead(const std::string& path) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

}  // namespace

Result<std::shared_ptr<FileSend>> FileSend::open(Spec spec) {
  const int descriptor = openToRead(spec.path);
  if (descriptor < 0) return std::unexpected(Error::fromErrno(Operation::open, errno, spec.path));
  struct stat status {};
  const bool known = ::fstat(descriptor, &status) == 0;
  if (!known || !S_ISREG(status.st_mode)) {
    Error error = known ? notRegular(spec.path) : Error::fromErrno(Operation::open, errno, spec.path);
    ::close(descriptor);
    return std::unexpected(std::move(error));
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  const std::uint64_t there = size - std::min(size, spec.offset);
  const std::uint64_t total = spec.length == 0 ? there : std::min(there, spec.length);
  return std::shared_ptr<FileSend>(new FileSend(std::move(spec), descriptor, total));
}

FileSend::FileSend(Spec spec, int descriptor, std::uint64_t total)
    : spec_(std::move(spec)), descriptor_(descriptor), total_(total) {}

FileSend::~FileSend() {
  ::close(descriptor_);
}

std::optional<Error> FileSend::error() const {
  const std::scoped_lock lock(mutex_);
  return error_;
}

void FileSend::cancel() {
  cancelled_ = true;
  const std::scoped_lock lock(mutex_);
  if (poke_) poke_();
}

void FileSend::queued(std::function<void()> poke) {
  const std::scoped_lock lock(mutex_);
  poke_ = std::move(poke);
}

void FileSend::begin(WallNanos now) {
  began_ = now;
  state_ = State::sending;
}

void FileSend::end(State state, WallNanos now, std::optional<Error> error) {
  const std::scoped_lock lock(mutex_);
  error_ = std::move(error);
  poke_ = {};
  ended_ = now;
  state_ = state;
}

}  // namespace sockbench
