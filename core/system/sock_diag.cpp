#include "core/system/sock_diag.h"

#include <libmnl/libmnl.h>
#include <linux/sock_diag.h>

#include <cerrno>
#include <chrono>
#include <cstring>

namespace sockbench {
namespace {

// The kernel fills at most 32 KiB at a time for a reader with a buffer as large.
constexpr std::size_t kBufferBytes = std::size_t{64} << 10;
constexpr std::chrono::seconds kPatience{10};
constexpr int kAttempts = 3;

std::unexpected<Error> fault(int code) {
  return std::unexpected(Error::fromErrno(Operation::sock_diag, code));
}

Result<Socket> openSocket() {
  Result<Socket> socket = Socket::open(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
  if (!socket) return socket;
  if (const Result<void> limited = socket->setTimeout(kPatience); !limited)
    return std::unexpected(limited.error());
  return socket;
}

// NLMSG_ERROR, and the NLMSG_DONE of a dump that failed, carry a negative errno first; 0: all is well.
int errorOf(const nlmsghdr& message) {
  int code = 0;
  if (mnl_nlmsg_get_payload_len(&message) >= sizeof code)
    std::memcpy(&code, mnl_nlmsg_get_payload(&message), sizeof code);
  return code < 0 ? -code : 0;
}

}  // namespace

Result<void> SockDiag::dump(ByteView body, const std::string& subject, const std::function<void()>& begin,
                            const Take& take) {
  Result<void> outcome;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    begin();
    outcome = exchange(body, NLM_F_DUMP, take);
    if (outcome && interrupted_) outcome = fault(EINTR);
    if (outcome) return outcome;
    outcome.error().subject = subject;
    if (!outcome.error().isErrno(EINTR) && !outcome.error().isErrno(ENOBUFS)) return outcome;
  }
  if (outcome.error().isErrno(EINTR)) {
    outcome.error().detail = "The table changed each time while it was read: sockets may be missing or twice";
  }
  return outcome;
}

Result<void> SockDiag::ask(ByteView body, const std::string& subject, const Take& take) {
  Result<void> outcome = exchange(body, 0, take);
  if (!outcome) outcome.error().subject = subject;
  return outcome;
}

Result<void> SockDiag::exchange(ByteView body, std::uint16_t flags, const Take& take) {
  interrupted_ = false;
  if (!socket_.isOpen()) {
    Result<Socket> socket = openSocket();
    if (!socket) return std::unexpected(socket.error());
    socket_ = std::move(*socket);
  }
  Result<void> outcome = converse(body, flags, take);
  // A dump that was left half read would make the next question EBUSY.
  if (!outcome && !isGiven_) socket_ = Socket();
  return outcome;
}

Result<void> SockDiag::converse(ByteView body, std::uint16_t flags, const Take& take) {
  buffer_.resize(kBufferBytes);
  if (const Result<void> sent = send(body, flags); !sent) return sent;
  for (;;) {
    const Result<std::size_t> size = socket_.recv(buffer_, MSG_TRUNC);
    if (!size) return std::unexpected(size.error());
    if (*size > buffer_.size()) return fault(EMSGSIZE);
    const Result<Progress> progress = takePart(ByteView(buffer_).first(*size), flags != 0, take);
    if (!progress) return std::unexpected(progress.error());
    if (*progress == Progress::done) return {};
  }
}

Result<void> SockDiag::send(ByteView body, std::uint16_t flags) {
  nlmsghdr* header = mnl_nlmsg_put_header(buffer_.data());
  header->nlmsg_type = SOCK_DIAG_BY_FAMILY;
  header->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
  header->nlmsg_seq = ++sequence_;
  std::memcpy(mnl_nlmsg_put_extra_header(header, body.size()), body.data(), body.size());
  return socket_.sendAll(ByteView(buffer_).first(header->nlmsg_len));
}

Result<SockDiag::Progress> SockDiag::takePart(ByteView part, bool dumping, const Take& take) {
  const auto* message = reinterpret_cast<const nlmsghdr*>(part.data());
  int left = static_cast<int>(part.size());
  if (!mnl_nlmsg_ok(message, left)) return fault(EBADMSG);
  for (; mnl_nlmsg_ok(message, left); message = mnl_nlmsg_next(message, &left)) {
    if (message->nlmsg_seq != sequence_) continue;  // the rest of an answer that was given up
    if ((message->nlmsg_flags & NLM_F_DUMP_INTR) != 0) interrupted_ = true;
    if (message->nlmsg_type == NLMSG_ERROR || message->nlmsg_type == NLMSG_DONE) {
      if (const int code = errorOf(*message)) return fault(code);
      return Progress::done;
    }
    if (message->nlmsg_type == NLMSG_OVERRUN) return fault(ENOBUFS);
    if (message->nlmsg_type != SOCK_DIAG_BY_FAMILY) continue;
    take(*message);
    if (!dumping) return Progress::done;
  }
  return Progress::more;
}

}  // namespace sockbench
