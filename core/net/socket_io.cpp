// Socket's bytes: send, recv and their kin.
#include <poll.h>
#include <sys/sendfile.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <limits>

#include "core/net/socket.h"
#include "core/net/socket_subject.h"
#include "core/net/socket_wait.h"

namespace sockbench {
namespace {

std::unexpected<Error> failed(Operation op, int code, std::string subject = {}, std::size_t bytesDone = 0) {
  Error error = Error::fromErrno(op, code, std::move(subject));
  error.bytesDone = bytesDone;
  return std::unexpected(std::move(error));
}

// Control messages in the kernel's layout.
Bytes packControl(std::span<const ControlMessage> messages) {
  std::size_t size = 0;
  for (const ControlMessage& message : messages) size += CMSG_SPACE(message.data.size());
  Bytes packed(size);
  std::size_t offset = 0;
  for (const ControlMessage& message : messages) {
    cmsghdr header{};
    header.cmsg_len = CMSG_LEN(message.data.size());
    header.cmsg_level = message.level;
    header.cmsg_type = message.type;
    std::memcpy(packed.data() + offset, &header, sizeof header);
    std::ranges::copy(message.data, packed.begin() + static_cast<std::ptrdiff_t>(offset + CMSG_LEN(0)));
    offset += CMSG_SPACE(message.data.size());
  }
  return packed;
}

std::vector<ControlMessage> unpackControl(msghdr& message) {
  std::vector<ControlMessage> unpacked;
  const auto* end = static_cast<const std::byte*>(message.msg_control) + message.msg_controllen;
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr; header = CMSG_NXTHDR(&message, header)) {
    const auto* data = reinterpret_cast<const std::byte*>(CMSG_DATA(header));
    const auto length =
        std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(header->cmsg_len - CMSG_LEN(0)), end - data);
    unpacked.push_back({header->cmsg_level, header->cmsg_type, Bytes(data, data + length)});
  }
  return unpacked;
}

std::vector<iovec> toVectors(std::span<const ByteView> parts) {
  std::vector<iovec> vectors;
  vectors.reserve(parts.size());
  // sendmsg(2) takes the same struct as recvmsg(2) but does not write.
  for (const ByteView part : parts) vectors.push_back({const_cast<std::byte*>(part.data()), part.size()});
  return vectors;
}

// sendfile(2) has no MSG_NOSIGNAL: the signal is held back from this thread, and taken away if it came.
class SigpipeGuard {
 public:
  SigpipeGuard() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending{};
    sigpending(&pending);
    wasPending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~SigpipeGuard() {
    constexpr timespec atOnce{};
    while (!wasPending_ && sigtimedwait(&pipe_, nullptr, &atOnce) < 0 && errno == EINTR) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

 private:
  sigset_t pipe_{};
  sigset_t before_{};
  bool wasPending_ = false;
};

constexpr std::uint64_t kMostFileBytes = 0x7ffff000;  // of one call: sendfile(2)

}  // namespace

Result<std::size_t> Socket::send(ByteView data, int flags) {
  const WaitingCall what{"send", descriptor_, POLLOUT, timeout_, flags};
  const auto sent =
      callInTime(what, [&] { return ::send(descriptor_, data.data(), data.size(), flags | MSG_NOSIGNAL); });
  if (!sent) return failed(Operation::send, sent.error());
  return *sent;
}

Result<void> Socket::sendAll(ByteView data, int flags) {
  const Deadline deadline(timeout_);
  const WaitingCall what{"send", descriptor_, POLLOUT, timeout_, flags};
  std::size_t done = 0;
  // Once even for no bytes at all: that is a datagram too.
  do {
    const ByteView rest = data.subspan(done);
    const auto sent = callInTime(
        what, deadline, [&] { return ::send(descriptor_, rest.data(), rest.size(), flags | MSG_NOSIGNAL); });
    if (!sent) return failed(Operation::send, sent.error(), {}, done);
    done += *sent;
    // A signal that came while some of it went is not told by the kernel.
    if (done < data.size() && waitIsInterrupted()) return failed(Operation::send, EINTR, {}, done);
  } while (done < data.size());
  return {};
}

Result<std::size_t> Socket::sendTo(ByteView data, const SocketAddress& to, int flags) {
  const WaitingCall what{"sendto", descriptor_, POLLOUT, timeout_, flags};
  const auto sent = callInTime(what, [&] {
    return ::sendto(descriptor_, data.data(), data.size(), flags | MSG_NOSIGNAL, to.data(), to.length());
  });
  if (!sent) return failed(Operation::send, sent.error(), socketSubject(descriptor_, to));
  return *sent;
}

Result<std::size_t> Socket::sendMessage(std::span<const ByteView> parts,
                                        std::span<const ControlMessage> control, const SocketAddress& to,
                                        int flags) {
  std::vector<iovec> vectors = toVectors(parts);
  Bytes packed = packControl(control);
  msghdr message{};
  message.msg_name = to.empty() ? nullptr : const_cast<sockaddr*>(to.data());
  message.msg_namelen = to.length();
  message.msg_iov = vectors.data();
  message.msg_iovlen = vectors.size();
  message.msg_control = packed.empty() ? nullptr : packed.data();
  message.msg_controllen = packed.size();
  const WaitingCall what{"sendmsg", descriptor_, POLLOUT, timeout_, flags};
  const auto sent = callInTime(what, [&] { return ::sendmsg(descriptor_, &message, flags | MSG_NOSIGNAL); });
  if (!sent)
    return failed(Operation::send, sent.error(), to.empty() ? std::string() : socketSubject(descriptor_, to));
  return *sent;
}

Result<std::uint64_t> Socket::sendFile(int file, std::uint64_t offset, std::optional<std::uint64_t> count) {
  if (offset > static_cast<std::uint64_t>(std::numeric_limits<off_t>::max()))
    return failed(Operation::sendfile, EINVAL);
  const SigpipeGuard guard;
  const WaitingCall what{"sendfile", descriptor_, POLLOUT, timeout_};
  auto position = static_cast<off_t>(offset);
  std::uint64_t done = 0;
  while (!count || done < *count) {
    const std::uint64_t most = count ? std::min(*count - done, kMostFileBytes) : kMostFileBytes;
    const auto sent = callInTime(what, [&] { return ::sendfile(descriptor_, file, &position, most); });
    if (!sent) return failed(Operation::sendfile, sent.error(), {}, done);
    if (*sent == 0) break;
    done += *sent;
    if ((!count || done < *count) && waitIsInterrupted()) return failed(Operation::sendfile, EINTR, {}, done);
  }
  return done;
}

Result<std::size_t> Socket::recv(std::span<std::byte> into, int flags) {
  const WaitingCall what{"recv", descriptor_, POLLIN, timeout_, flags};
  const auto got = callInTime(what, [&] { return ::recv(descriptor_, into.data(), into.size(), flags); });
  if (!got) return failed(Operation::recv, got.error());
  return *got;
}

Result<Received> Socket::recvFrom(std::span<std::byte> into, int flags) {
  sockaddr_storage storage{};
  auto* address = reinterpret_cast<sockaddr*>(&storage);
  socklen_t length = 0;
  const WaitingCall what{"recvfrom", descriptor_, POLLIN, timeout_, flags};
  const auto got = callInTime(what, [&] {
    length = sizeof storage;
    return ::recvfrom(descriptor_, into.data(), into.size(), flags, address, &length);
  });
  if (!got) return failed(Operation::recv, got.error());
  return Received{*got, SocketAddress::fromRaw(address, length), 0, {}};
}

Result<Received> Socket::recvMessage(std::span<const std::span<std::byte>> into, std::size_t controlBytes,
                                     int flags) {
  std::vector<iovec> vectors;
  vectors.reserve(into.size());
  for (const std::span<std::byte> part : into) vectors.push_back({part.data(), part.size()});
  Bytes control(controlBytes);
  sockaddr_storage storage{};
  msghdr message{};
  const WaitingCall what{"recvmsg", descriptor_, POLLIN, timeout_, flags};
  const auto got = callInTime(what, [&] {
    message = {&storage, sizeof storage, vectors.data(), vectors.size(), control.data(), control.size(), 0};
    return ::recvmsg(descriptor_, &message, flags);
  });
  if (!got) return failed(Operation::recv, got.error());
  const auto from = SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&storage), message.msg_namelen);
  return Received{*got, from, message.msg_flags & ~MSG_CMSG_CLOEXEC, unpackControl(message)};
}

}  // namespace sockbench
