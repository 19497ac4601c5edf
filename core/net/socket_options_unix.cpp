// SOL_SOCKET, what UNIX sockets alone have: unix(7).
#include <sys/socket.h>

#include "core/net/socket_option_row.h"

namespace sockbench {
namespace {

using enum OptionKind;

constexpr int kSoPassPidfd = 76;   // Linux 6.5
constexpr int kSoPassRights = 83;  // Linux 6.16

constexpr OptionRow row(std::string_view name, int number, OptionKind kind, std::string_view meaning) {
  return {OptionLevel{SOL_SOCKET, "SOL_SOCKET", AF_UNIX, kUnix}, name, number, kind, meaning};
}

constexpr OptionInfo kOptions[] = {
    row("SO_PASSCRED", SO_PASSCRED, boolean,
        "The sender's process, user and group come with each message (SCM_CREDENTIALS)."),
    row("SO_PASSPIDFD", kSoPassPidfd, boolean,
        "A descriptor of the sender's process comes with each message (SCM_PIDFD); since Linux 6.5."),
    row("SO_PASSRIGHTS", kSoPassRights, boolean,
        "Take descriptors that peers pass (SCM_RIGHTS), as at first; off: they are refused EPERM; since "
        "Linux 6.16."),
    row("SO_PASSSEC", SO_PASSSEC, boolean, "The sender's security label comes with each message."),
    row("SO_PEERCRED", SO_PEERCRED, credentials,
        "Process, user and group of the peer, as they were when it connected or listened.")
        .readOnly(),
    row("SO_PEERGROUPS", SO_PEERGROUPS, groups, "The supplementary groups of the peer; ENODATA: no peer.")
        .readOnly(),
    row("SO_PEERSEC", SO_PEERSEC, text, "The peer's security label; ENOPROTOOPT: this system has none.")
        .readOnly(),
};

}  // namespace

std::span<const OptionInfo> unixOptions() {
  return kOptions;
}

}  // namespace sockbench
