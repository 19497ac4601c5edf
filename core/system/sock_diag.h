// SockDiag: questions to the kernel over NETLINK_SOCK_DIAG, and its answers (sock_diag(7), netlink(7)).
#pragma once

#include <libmnl/libmnl.h>
#include <linux/netlink.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/net/socket.h"

namespace sockbench {

// Thread: one at a time.
class SockDiag {
 public:
  // Opens the socket with the first question.
  SockDiag() = default;
  // Asks over `socket`, whatever is at its other end.
  explicit SockDiag(Socket socket) : socket_(std::move(socket)), isGiven_(true) {}

  // `body` follows the message's header (SOCK_DIAG_BY_FAMILY). `take` is given each answer, whose payload is
  // valid until it returns. `subject` names the question in errors.
  using Take = std::function<void(const nlmsghdr& answer)>;

  // Everything of a kind. A dump that the kernel marks as interrupted (the table changed under it) or that
  // overran the buffer is asked for again, three times in all; before each time `begin` is called, to drop
  // what was taken. Errors: the kernel's errno; EINTR when every time was interrupted: what was taken last
  // may then lack or repeat something; ENOBUFS; EMSGSIZE; ETIMEDOUT; EBADMSG for what is no message.
  Result<void> dump(ByteView body, const std::string& subject, const std::function<void()>& begin,
                    const Take& take);

  // One thing. Errors: the kernel's errno, ENOENT when it is not there.
  Result<void> ask(ByteView body, const std::string& subject, const Take& take);

 private:
  enum class Progress { more, done };
  Result<void> exchange(ByteView body, std::uint16_t flags, const Take& take);
  Result<void> converse(ByteView body, std::uint16_t flags, const Take& take);
  Result<void> send(ByteView body, std::uint16_t flags);
  Result<Progress> takePart(ByteView part, bool dumping, const Take& take);

  Socket socket_;
  bool isGiven_ = false;
  Bytes buffer_;
  std::uint32_t sequence_ = 0;
  bool interrupted_ = false;
};

// Calls `use` with each attribute behind the `fixed` bytes of an answer's own structure.
template <class Use>
void forEachAttribute(const nlmsghdr& answer, std::size_t fixed, Use use) {
  const auto call = [](const nlattr* attribute, void* data) {
    (*static_cast<Use*>(data))(attribute);
    return MNL_CB_OK;
  };
  mnl_attr_parse(&answer, static_cast<unsigned>(fixed), call, &use);
}

}  // namespace sockbench
