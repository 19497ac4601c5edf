#include "core/net/error_queue.h"

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "core/net/icmp_text.h"

namespace sockbench {
namespace {

constexpr std::size_t kMostPayload = 2048;
constexpr std::size_t kControlBytes = 512;

ErrorOrigin originOf(std::uint8_t origin) {
  switch (origin) {
    case SO_EE_ORIGIN_LOCAL:
      return ErrorOrigin::local;
    case SO_EE_ORIGIN_ICMP:
      return ErrorOrigin::icmp;
    case SO_EE_ORIGIN_ICMP6:
      return ErrorOrigin::icmp6;
    default:
      return ErrorOrigin::other;
  }
}

bool isExtendedError(const cmsghdr& message) {
  return (message.cmsg_level == IPPROTO_IP && message.cmsg_type == IP_RECVERR) ||
         (message.cmsg_level == IPPROTO_IPV6 && message.cmsg_type == IPV6_RECVERR);
}

// The kernel leaves the family 0 where nobody but ourselves says so.
SocketAddress addressIn(ByteView bytes) {
  sockaddr_storage storage{};
  std::memcpy(&storage, bytes.data(), std::min(bytes.size(), sizeof storage));
  const std::size_t wanted = storage.ss_family == AF_INET    ? sizeof(sockaddr_in)
                             : storage.ss_family == AF_INET6 ? sizeof(sockaddr_in6)
                                                             : 0;
  if (wanted == 0 || bytes.size() < wanted) return {};
  return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&storage), static_cast<socklen_t>(wanted))
      .withPort(0);
}

void read(ByteView bytes, QueuedError& error) {
  sock_extended_err told{};
  std::memcpy(&told, bytes.data(), sizeof told);
  error.code = static_cast<int>(told.ee_errno);
  error.origin = originOf(told.ee_origin);
  error.type = told.ee_type;
  error.icmpCode = told.ee_code;
  if (error.code == EMSGSIZE) error.mtu = told.ee_info;
  error.offender = addressIn(bytes.subspan(sizeof told));
}

}  // namespace

std::string QueuedError::text() const {
  if (origin == ErrorOrigin::other) return {};
  if (origin == ErrorOrigin::local)
    return mtu > 0 ? "more than the " + std::to_string(mtu) + " bytes (MTU) that the way takes"
                   : std::string();
  std::string words = origin == ErrorOrigin::icmp ? icmpText(type, icmpCode) : icmp6Text(type, icmpCode);
  if (mtu > 0) words += ": at most " + std::to_string(mtu) + " bytes (MTU)";
  return offender.empty() ? words : words + ", told by " + offender.ip();
}

std::optional<QueuedError> queuedErrorIn(const cmsghdr& message) {
  const auto* data = reinterpret_cast<const std::byte*>(CMSG_DATA(&message));
  const ByteView bytes(data, message.cmsg_len - CMSG_LEN(0));
  if (!isExtendedError(message) || bytes.size() < sizeof(sock_extended_err)) return std::nullopt;
  QueuedError error{.origin = ErrorOrigin::other, .offender = {}, .destination = {}, .payload = {}};
  read(bytes, error);
  return error;
}

Result<std::optional<QueuedError>> takeQueuedError(const Socket& socket) {
  std::array<std::byte, kMostPayload> payload;
  alignas(cmsghdr) std::array<std::byte, kControlBytes> control;
  sockaddr_storage destination{};
  iovec vector{payload.data(), payload.size()};
  msghdr message{};
  ssize_t got = 0;
  do {
    message = {&destination, sizeof destination, &vector, 1, control.data(), control.size(), 0};
    got = ::recvmsg(socket.fileno(), &message, MSG_ERRQUEUE | MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < 0 && errno == EAGAIN) return std::nullopt;
  if (got < 0) return std::unexpected(Error::fromErrno(Operation::recv, errno));
  QueuedError error{.origin = ErrorOrigin::other, .offender = {}, .destination = {}, .payload = {}};
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part))
    if (auto told = queuedErrorIn(*part)) error = *std::move(told);
  error.payload.assign(payload.begin(), payload.begin() + got);
  error.destination =
      SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&destination), message.msg_namelen);
  return error;
}

}  // namespace sockbench
