// IPPROTO_TCP: tcp(7), netinet/tcp.h.
#include <netinet/in.h>
#include <netinet/tcp.h>

#include "core/net/socket_option_row.h"

namespace sockbench {
namespace {

using enum OptionKind;

constexpr int kTcpIsMptcp = 43;      // Linux 6.8
constexpr int kTcpRtoMaxMs = 44;     // Linux 6.15
constexpr int kTcpRtoMinUs = 45;     // Linux 6.17
constexpr int kTcpDelackMaxUs = 46;  // Linux 6.17

constexpr OptionChoice kNone[] = {{"none", ~0ULL}};

constexpr OptionRow row(std::string_view name, int number, OptionKind kind, std::string_view meaning) {
  return {OptionLevel{IPPROTO_TCP, "IPPROTO_TCP", 0, kTcp}, name, number, kind, meaning};
}

constexpr OptionInfo kOptions[] = {
    row("TCP_CONGESTION", TCP_CONGESTION, text, "The congestion control algorithm, such as cubic or reno."),
    row("TCP_CORK", TCP_CORK, boolean,
        "Send full segments only, until it is turned off again or 200 ms have passed."),
    row("TCP_DEFER_ACCEPT", TCP_DEFER_ACCEPT, integer,
        "Wake the listener only when data has come, for at most this long; the kernel rounds it up.")
        .unit("s"),
    row("TCP_DELACK_MAX_US", kTcpDelackMaxUs, integer,
        "The longest delay of an acknowledgement, in steps of the kernel's clock, at least two of them; "
        "since "
        "Linux 6.17.")
        .range(1, 200'000)
        .unit("us"),
    row("TCP_FASTOPEN", TCP_FASTOPEN, integer,
        "How many Fast Open requests a listener holds, at most net.core.somaxconn; 0 is none."),
    row("TCP_FASTOPEN_CONNECT", TCP_FASTOPEN_CONNECT, boolean,
        "The first data goes with the SYN when a cookie is known; set before connect.")
        .early(),
    row("TCP_FASTOPEN_NO_COOKIE", TCP_FASTOPEN_NO_COOKIE, boolean,
        "Fast Open without cookies; set before connect or listen.")
        .early(),
    row("TCP_INFO", TCP_INFO, tcpInfo, "How the connection does: state, times, losses, amounts.").readOnly(),
    row("TCP_INQ", TCP_INQ, boolean,
        "The number of bytes that wait comes with each receive as a control message."),
    row("TCP_IS_MPTCP", kTcpIsMptcp, boolean,
        "Whether the connection is part of a Multipath TCP one; since Linux 6.8.")
        .readOnly(),
    row("TCP_KEEPCNT", TCP_KEEPCNT, integer, "How many unanswered keep-alive probes end a connection.")
        .range(1, 127),
    row("TCP_KEEPIDLE", TCP_KEEPIDLE, integer,
        "How long a connection is idle before the first keep-alive probe.")
        .range(1, 32767)
        .unit("s"),
    row("TCP_KEEPINTVL", TCP_KEEPINTVL, integer, "The time between two keep-alive probes.")
        .range(1, 32767)
        .unit("s"),
    row("TCP_LINGER2", TCP_LINGER2, integer,
        "How long a closed connection waits for the peer's end (FIN_WAIT2); 0 is net.ipv4.tcp_fin_timeout, "
        "none is not at all.")
        .range(0, 120)
        .unit("s")
        .named(kNone),
    row("TCP_MAXSEG", TCP_MAXSEG, integer,
        "The largest segment; reading tells the one in use; default leaves it to the kernel.")
        .range(88, 32767)
        .unit("bytes")
        .early()
        .named(kZeroIsDefault),
    row("TCP_NODELAY", TCP_NODELAY, boolean,
        "Send small pieces at once, without Nagle's waiting for acknowledgements."),
    row("TCP_NOTSENT_LOWAT", TCP_NOTSENT_LOWAT, integer,
        "Writable only below this many unsent bytes; 0 is net.ipv4.tcp_notsent_lowat.")
        .range(0, kUnsignedMax)
        .unit("bytes"),
    row("TCP_QUICKACK", TCP_QUICKACK, boolean, "Acknowledge at once; the kernel falls back by itself later."),
    row("TCP_RTO_MAX_MS", kTcpRtoMaxMs, integer,
        "The longest time between two retransmissions; since Linux 6.15.")
        .range(1000, 120'000)
        .unit("ms"),
    row("TCP_RTO_MIN_US", kTcpRtoMinUs, integer,
        "The shortest time to a retransmission, in steps of the kernel's clock, at least two of them; since "
        "Linux 6.17.")
        .range(1, 200'000)
        .unit("us"),
    row("TCP_SYNCNT", TCP_SYNCNT, integer, "How many times connect repeats an unanswered SYN.")
        .range(1, 127)
        .early(),
    row("TCP_THIN_LINEAR_TIMEOUTS", TCP_THIN_LINEAR_TIMEOUTS, boolean,
        "A connection that sends little repeats lost data without growing delays."),
    row("TCP_TX_DELAY", TCP_TX_DELAY, integer, "Delay each outgoing segment, to try a slow path.")
        .range(0, 268'435'455)
        .unit("us"),
    row("TCP_USER_TIMEOUT", TCP_USER_TIMEOUT, integer,
        "How long sent data may stay unacknowledged before the connection ends; 0 is the system's value.")
        .unit("ms"),
    row("TCP_WINDOW_CLAMP", TCP_WINDOW_CLAMP, integer,
        "The largest receive window told to the peer; the kernel raises small values; 0 is none.")
        .unit("bytes")
        .early(),
};

}  // namespace

std::span<const OptionInfo> tcpOptions() {
  return kOptions;
}

}  // namespace sockbench
