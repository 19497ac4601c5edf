#include "core/resolve/rtnetlink.h"

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <cerrno>
#include <vector>

namespace sockbench {

namespace {

constexpr std::size_t kReceiveBytes = 32768;  // the kernel fills no more in a part of an answer
constexpr int kMostTries = 10;

std::unexpected<Error> failure(int code) {
  return std::unexpected(Error::fromErrno(Operation::rtnetlink, code));
}

int handOn(const nlmsghdr* message, void* each) {
  (*static_cast<const std::function<void(const nlmsghdr*)>*>(each))(message);
  return MNL_CB_OK;
}

// 0, or an errno: EINTR when the answer is not of one moment (NLM_F_DUMP_INTR).
int ask(mnl_socket* socket, std::uint16_t type, unsigned sequence,
        const std::function<void(const nlmsghdr*)>& each) {
  std::vector<char> buffer(kReceiveBytes);
  nlmsghdr* request = mnl_nlmsg_put_header(buffer.data());
  request->nlmsg_type = type;
  request->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  request->nlmsg_seq = sequence;
  static_cast<rtgenmsg*>(mnl_nlmsg_put_extra_header(request, sizeof(rtgenmsg)))->rtgen_family = AF_UNSPEC;
  if (mnl_socket_sendto(socket, request, request->nlmsg_len) < 0) return errno;
  const unsigned port = mnl_socket_get_portid(socket);
  for (;;) {
    const ssize_t got = mnl_socket_recvfrom(socket, buffer.data(), buffer.size());
    if (got < 0) return errno;
    const int more = mnl_cb_run(buffer.data(), static_cast<std::size_t>(got), sequence, port, handOn,
                                const_cast<std::function<void(const nlmsghdr*)>*>(&each));
    if (more < 0) return errno;
    if (more == MNL_CB_STOP) return 0;
  }
}

}  // namespace

Result<MnlSocket> openRtNetlink(unsigned groups, int flags) {
  MnlSocket socket(mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC | flags));
  if (!socket || mnl_socket_bind(socket.get(), groups, MNL_SOCKET_AUTOPID) < 0) return failure(errno);
  return socket;
}

Result<void> dumpRtNetlink(std::uint16_t type, const std::function<void()>& begin,
                           const std::function<void(const nlmsghdr*)>& each) {
  int code = EINTR;
  // What is left of an answer that was broken off goes with its socket.
  for (int attempt = 0; code == EINTR && attempt < kMostTries; ++attempt) {
    const Result<MnlSocket> socket = openRtNetlink(0, 0);
    if (!socket) return std::unexpected(socket.error());
    begin();
    code = ask(socket->get(), type, static_cast<unsigned>(attempt + 1), each);
  }
  if (code != 0) return failure(code);
  return {};
}

}  // namespace sockbench
