// SOL_SOCKET: socket(7), asm-generic/socket.h.
#include <linux/net_tstamp.h>
#include <sys/socket.h>

#include "core/net/socket_option_row.h"

namespace sockbench {
namespace {

using enum OptionKind;

constexpr int kSoRcvPriority = 82;  // Linux 6.14

constexpr OptionChoice kFamilies[] = {{"AF_UNIX", AF_UNIX}, {"AF_INET", AF_INET}, {"AF_INET6", AF_INET6}};
constexpr OptionChoice kTypes[] = {{"SOCK_STREAM", SOCK_STREAM},
                                   {"SOCK_DGRAM", SOCK_DGRAM},
                                   {"SOCK_RAW", SOCK_RAW},
                                   {"SOCK_SEQPACKET", SOCK_SEQPACKET}};
constexpr OptionChoice kLocks[] = {{"send", SOCK_SNDBUF_LOCK}, {"receive", SOCK_RCVBUF_LOCK}};
constexpr OptionChoice kUnlimited[] = {{"unlimited", ~0ULL}};
constexpr OptionChoice kOff[] = {{"off", ~0ULL}};
constexpr OptionChoice kAnyCpu[] = {{"any", ~0ULL}};
constexpr OptionChoice kTimestamps[] = {
    {"tx-hardware", SOF_TIMESTAMPING_TX_HARDWARE},   {"tx-software", SOF_TIMESTAMPING_TX_SOFTWARE},
    {"rx-hardware", SOF_TIMESTAMPING_RX_HARDWARE},   {"rx-software", SOF_TIMESTAMPING_RX_SOFTWARE},
    {"software", SOF_TIMESTAMPING_SOFTWARE},         {"sys-hardware", SOF_TIMESTAMPING_SYS_HARDWARE},
    {"raw-hardware", SOF_TIMESTAMPING_RAW_HARDWARE}, {"opt-id", SOF_TIMESTAMPING_OPT_ID},
    {"tx-sched", SOF_TIMESTAMPING_TX_SCHED},         {"tx-ack", SOF_TIMESTAMPING_TX_ACK},
    {"opt-cmsg", SOF_TIMESTAMPING_OPT_CMSG},         {"opt-tsonly", SOF_TIMESTAMPING_OPT_TSONLY},
    {"opt-stats", SOF_TIMESTAMPING_OPT_STATS},       {"opt-pktinfo", SOF_TIMESTAMPING_OPT_PKTINFO},
    {"opt-tx-swhw", SOF_TIMESTAMPING_OPT_TX_SWHW},   {"bind-phc", SOF_TIMESTAMPING_BIND_PHC},
};

constexpr OptionRow row(std::string_view name, int number, OptionKind kind, std::string_view meaning) {
  return {OptionLevel{SOL_SOCKET, "SOL_SOCKET", 0, kAnyTransport}, name, number, kind, meaning};
}

constexpr OptionInfo kOptions[] = {
    row("SO_ACCEPTCONN", SO_ACCEPTCONN, boolean, "Whether the socket listens.").readOnly(),
    row("SO_BINDTODEVICE", SO_BINDTODEVICE, text, "Use this interface alone; empty: any interface.")
        .early()
        .on(kInternet),
    row("SO_BINDTOIFINDEX", SO_BINDTOIFINDEX, interface, "Use this interface alone; none: any interface.")
        .early()
        .on(kInternet),
    row("SO_BROADCAST", SO_BROADCAST, boolean, "Allow datagrams to broadcast addresses.").on(kUdp),
    row("SO_BUF_LOCK", SO_BUF_LOCK, flags,
        "Which buffers the kernel leaves at their size; it is set by SO_SNDBUF and SO_RCVBUF too.")
        .named(kLocks),
    row("SO_BUSY_POLL", SO_BUSY_POLL, integer,
        "How long a receive spins on the network card's queue for data; 0 is not at all; more than the "
        "system's own needs CAP_NET_ADMIN.")
        .unit("us")
        .on(kInternet),
    row("SO_BUSY_POLL_BUDGET", SO_BUSY_POLL_BUDGET, integer,
        "The most packets that one busy poll takes; more than the system's own needs CAP_NET_ADMIN.")
        .range(0, 65535)
        .writeOnly()
        .on(kInternet),
    row("SO_CNX_ADVICE", SO_CNX_ADVICE, integer,
        "1 tells the kernel that the path seems broken, so that it looks for another.")
        .range(1, 1)
        .writeOnly()
        .on(kInternet),
    row("SO_COOKIE", SO_COOKIE, wide, "The socket's number in the kernel, as ss shows it.").readOnly(),
    row("SO_DEBUG", SO_DEBUG, boolean,
        "Keep debugging records; Linux keeps none today, and answers EACCES where the right is missing.")
        .needs("CAP_NET_ADMIN"),
    row("SO_DOMAIN", SO_DOMAIN, choice, "The socket's family.").named(kFamilies).readOnly(),
    row("SO_DONTROUTE", SO_DONTROUTE, boolean, "Send to hosts on the local network only, past no router.")
        .on(kInternet),
    row("SO_ERROR", SO_ERROR, integer, "The error that waits to be reported; reading clears it.")
        .readOnly()
        .takenAway(),
    row("SO_INCOMING_CPU", SO_INCOMING_CPU, integer,
        "The processor that handled the last packet; set on a listener of a SO_REUSEPORT group, the one it "
        "serves.")
        .named(kAnyCpu)
        .on(kInternet),
    row("SO_INCOMING_NAPI_ID", SO_INCOMING_NAPI_ID, integer,
        "The receive queue of the last packet; 0 is unknown.")
        .range(0, kUnsignedMax)
        .readOnly()
        .on(kInternet),
    row("SO_KEEPALIVE", SO_KEEPALIVE, boolean, "Probe an idle connection, so that a dead peer is noticed.")
        .on(kTcp),
    row("SO_LINGER", SO_LINGER, linger,
        "How long close waits for unsent data; on,0 resets the connection (RST).")
        .unit("s")
        .on(kTcp),
    row("SO_MARK", SO_MARK, integer, "A number on each packet for routing rules and firewalls; 0 is none.")
        .range(0, kUnsignedMax)
        .needs("CAP_NET_ADMIN or CAP_NET_RAW")
        .on(kInternet),
    row("SO_MAX_PACING_RATE", SO_MAX_PACING_RATE, wide,
        "The most that TCP sends in a second; unlimited at first.")
        .unit("bytes/s")
        .named(kUnlimited)
        .on(kInternet),
    row("SO_MEMINFO", SO_MEMINFO, memory, "What the socket's buffers hold, and what was dropped.").readOnly(),
    row("SO_NETNS_COOKIE", SO_NETNS_COOKIE, wide, "The number of the socket's network namespace.").readOnly(),
    row("SO_NO_CHECK", SO_NO_CHECK, boolean, "Send UDP over IPv4 without checksums.").on(kUdp),
    row("SO_OOBINLINE", SO_OOBINLINE, boolean, "Urgent data arrives in its place among the rest.")
        .on(kTcp | kUnixStream),
    row("SO_PEEK_OFF", SO_PEEK_OFF, integer,
        "Where the next MSG_PEEK reads, moved on by each; off: always at the beginning.")
        .named(kOff)
        .unit("bytes"),
    row("SO_PREFER_BUSY_POLL", SO_PREFER_BUSY_POLL, boolean,
        "Let busy polling go before the network card's interrupts.")
        .needs("CAP_NET_ADMIN")
        .on(kInternet),
    row("SO_PRIORITY", SO_PRIORITY, integer,
        "The priority of what is sent in the interface's queue; above 6 needs CAP_NET_ADMIN.")
        .on(kInternet),
    row("SO_PROTOCOL", SO_PROTOCOL, choice, "The socket's protocol; 0 for UNIX sockets.")
        .named(kProtocolChoices)
        .readOnly(),
    row("SO_RCVBUF", SO_RCVBUF, integer,
        "The receive buffer; the kernel doubles the value and keeps it under net.core.rmem_max.")
        .unit("bytes")
        .early(),
    row("SO_RCVBUFFORCE", SO_RCVBUFFORCE, integer,
        "As SO_RCVBUF, over net.core.rmem_max; SO_RCVBUF reads what it did.")
        .unit("bytes")
        .early()
        .needs("CAP_NET_ADMIN")
        .writeOnly(),
    row("SO_RCVLOWAT", SO_RCVLOWAT, integer,
        "Readable from this many bytes on; TCP takes at most half its receive buffer, and 0 is 1.")
        .range(1, kIntMax)
        .unit("bytes"),
    row("SO_RCVMARK", SO_RCVMARK, boolean, "A packet's mark comes with it as a control message.")
        .needs("CAP_NET_ADMIN or CAP_NET_RAW")
        .on(kInternet),
    row("SO_RCVPRIORITY", kSoRcvPriority, boolean,
        "A packet's priority comes with it as a control message; since Linux 6.14.")
        .on(kInternet),
    row("SO_RCVTIMEO", SO_RCVTIMEO, duration,
        "How long a blocking receive or accept waits before EAGAIN; 0 is for ever.")
        .unit("s"),
    row("SO_RESERVE_MEM", SO_RESERVE_MEM, integer,
        "Memory kept for this socket; only in a memory cgroup, else EOPNOTSUPP.")
        .unit("bytes")
        .on(kInternet),
    row("SO_REUSEADDR", SO_REUSEADDR, boolean,
        "Bind although an earlier connection of this address is still in TIME_WAIT.")
        .early(),
    row("SO_REUSEPORT", SO_REUSEPORT, boolean,
        "Let several sockets of one user share an address; the kernel spreads what arrives.")
        .early()
        .on(kInternet),
    row("SO_RXQ_OVFL", SO_RXQ_OVFL, boolean,
        "The number of dropped datagrams comes with the next as a control message.")
        .on(kUdp),
    row("SO_SELECT_ERR_QUEUE", SO_SELECT_ERR_QUEUE, boolean,
        "The error queue wakes poll for exceptional conditions (POLLPRI)."),
    row("SO_SNDBUF", SO_SNDBUF, integer,
        "The send buffer; the kernel doubles the value and keeps it under net.core.wmem_max.")
        .unit("bytes")
        .early(),
    row("SO_SNDBUFFORCE", SO_SNDBUFFORCE, integer,
        "As SO_SNDBUF, over net.core.wmem_max; SO_SNDBUF reads what it did.")
        .unit("bytes")
        .early()
        .needs("CAP_NET_ADMIN")
        .writeOnly(),
    row("SO_SNDLOWAT", SO_SNDLOWAT, integer, "Always 1 on Linux.").unit("bytes").readOnly(),
    row("SO_SNDTIMEO", SO_SNDTIMEO, duration,
        "How long a blocking send or connect waits before EAGAIN; 0 is for ever.")
        .unit("s"),
    row("SO_TIMESTAMP", SO_TIMESTAMP, boolean,
        "The time of arrival comes with each datagram, in microseconds; takes the place of SO_TIMESTAMPNS."),
    row("SO_TIMESTAMPING", SO_TIMESTAMPING, flags,
        "Which times are taken (rx-, tx-) and which are told (software, raw-hardware).")
        .named(kTimestamps),
    row("SO_TIMESTAMPNS", SO_TIMESTAMPNS, boolean,
        "The time of arrival comes with each datagram, in nanoseconds; takes the place of SO_TIMESTAMP."),
    row("SO_TXREHASH", SO_TXREHASH, integer,
        "1: look for another path when a connection stalls; default is net.core.txrehash, read as what it "
        "is.")
        .range(0, 1)
        .named(kMinusOneIsDefault)
        .on(kTcp),
    row("SO_TYPE", SO_TYPE, choice, "The socket's type.").named(kTypes).readOnly(),
    row("SO_ZEROCOPY", SO_ZEROCOPY, boolean, "Allow sends with MSG_ZEROCOPY.").on(kInternet),
};

}  // namespace

std::span<const OptionInfo> generalOptions() {
  return kOptions;
}

}  // namespace sockbench
