#include "core/capture/read/byte_source.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace sockbench {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;
// The beginning is read in small pieces, so that the first rows need not wait for much of the file.
constexpr std::size_t kFirstReadBytes = std::size_t{64} << 10;

}  // namespace

ByteSource::ByteSource(int descriptor, std::string name, bool waits)
    : descriptor_(descriptor),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      name_(std::move(name)),
      waits_(waits),
      buffer_(kBufferBytes) {}

ByteSource::~ByteSource() {
  ::close(descriptor_);
  if (wake_ >= 0) ::close(wake_);
}

void ByteSource::stop() {
  stopped_ = true;
  const std::uint64_t one = 1;
  if (wake_ >= 0) static_cast<void>(!::write(wake_, &one, sizeof one));
}

// False: stopped.
bool ByteSource::waitForBytes() {
  std::array<pollfd, 2> watched{{{descriptor_, POLLIN, 0}, {wake_, POLLIN, 0}}};
  if (::poll(watched.data(), watched.size(), 0) == 0) {
    if (waiting_) waiting_();
    while (::poll(watched.data(), watched.size(), -1) < 0 && errno == EINTR) continue;
  }
  return !stopped_;
}

Result<bool> ByteSource::fill() {
  const std::size_t most = position_ < kFirstReadBytes ? kFirstReadBytes : buffer_.size();
  for (;;) {
    if (stopped_ || (waits_ && !waitForBytes()))
      return std::unexpected(Error::fromErrno(Operation::read, ECANCELED, name_));
    const ssize_t got = ::read(descriptor_, buffer_.data() + end_, std::min(most, buffer_.size() - end_));
    if (got >= 0) {
      end_ += static_cast<std::size_t>(got);
      return got > 0;
    }
    if (errno == EINTR || errno == EAGAIN) continue;
    return std::unexpected(Error::fromErrno(Operation::read, errno, name_));
  }
}

Result<ByteView> ByteSource::peek(std::size_t count) {
  if (end_ - begin_ < count && begin_ + count > buffer_.size()) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    if (buffer_.size() < count) buffer_.resize(count);
  }
  while (end_ - begin_ < count) {
    const Result<bool> more = fill();
    if (!more) return std::unexpected(more.error());
    if (!*more) break;
  }
  return ByteView(buffer_).subspan(begin_, std::min(count, end_ - begin_));
}

Result<ByteView> ByteSource::peekSome(std::size_t most) {
  const Result<ByteView> first = peek(1);
  return first ? ByteView(buffer_).subspan(begin_, std::min(most, end_ - begin_)) : first;
}

void ByteSource::skip(std::size_t count) {
  begin_ += count;
  position_ += count;
  if (begin_ == end_) begin_ = end_ = 0;
}

}  // namespace sockbench
