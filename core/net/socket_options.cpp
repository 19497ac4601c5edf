// The table of socket options.
#include "core/net/socket_options.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <array>
#include <limits>

namespace sockbench {
namespace {

using enum OptionKind;
using enum OptionTime;

constexpr long long kIntMax = std::numeric_limits<int>::max();
constexpr long long kMostSeconds = 1'000'000'000;
constexpr bool kRead = true;
constexpr bool kWrite = true;

constexpr OptionInfo forSocket(std::string_view name, int number, OptionKind kind, long long max,
                               OptionTime when, std::string_view unit, std::string_view meaning) {
  return {name, SOL_SOCKET, "SOL_SOCKET", number, kind, 0, max, kRead, kWrite, when, unit, meaning};
}

constexpr OptionInfo forStatus(std::string_view name, int number, std::string_view meaning) {
  OptionInfo option{name,    SOL_SOCKET, "SOL_SOCKET", number, integer, 0,
                    kIntMax, kRead,      !kWrite,      any,    "",      meaning};
  option.takesAway = number == SO_ERROR;
  return option;
}

constexpr OptionInfo forTcp(std::string_view name, int number, OptionKind kind, long long min, long long max,
                            OptionTime when, std::string_view unit, std::string_view meaning) {
  OptionInfo option{name, IPPROTO_TCP, "IPPROTO_TCP", number, kind, min,
                    max,  kRead,       kWrite,        when,   unit, meaning};
  option.transports = 1U << static_cast<unsigned>(Transport::tcp);
  return option;
}

constexpr OptionInfo forIp(std::string_view name, int number, OptionKind kind, long long min, long long max,
                           std::string_view meaning) {
  OptionInfo option{name, IPPROTO_IP,         "IPPROTO_IP", number, kind, min,
                    max,  kind != membership, kWrite,       any,    "",   meaning};
  option.family = AF_INET;
  return option;
}

constexpr OptionInfo forIpv6(std::string_view name, int number, OptionKind kind, long long min, long long max,
                             OptionTime when, std::string_view meaning) {
  OptionInfo option{name, IPPROTO_IPV6,       "IPPROTO_IPV6", number, kind, min,
                    max,  kind != membership, kWrite,         when,   "",   meaning};
  option.family = AF_INET6;
  return option;
}

constexpr std::array kOptions{
    forIpv6("IPV6_JOIN_GROUP", IPV6_JOIN_GROUP, membership, 0, 0, any,
            "Receive what is sent to a multicast group, on one interface."),
    forIpv6("IPV6_LEAVE_GROUP", IPV6_LEAVE_GROUP, membership, 0, 0, any,
            "Leave a multicast group that was joined."),
    forIpv6("IPV6_MULTICAST_HOPS", IPV6_MULTICAST_HOPS, integer, -1, 255, any,
            "How many routers a multicast datagram may pass; -1 is the system's own value."),
    forIpv6("IPV6_MULTICAST_LOOP", IPV6_MULTICAST_LOOP, boolean, 0, 1, any,
            "Receivers on this machine get the multicast datagrams that this socket sends."),
    forIpv6("IPV6_TCLASS", IPV6_TCLASS, integer, -1, 255, any,
            "The traffic class of what is sent: DSCP times four, plus ECN; -1 is the system's own value."),
    forIpv6("IPV6_UNICAST_HOPS", IPV6_UNICAST_HOPS, integer, -1, 255, any,
            "How many routers a packet may pass; -1 is the system's own value."),
    forIpv6("IPV6_V6ONLY", IPV6_V6ONLY, boolean, 0, 1, beforeBind,
            "Serve IPv6 alone; off: serve IPv4 through mapped addresses too (dual stack)."),
    forIp("IP_ADD_MEMBERSHIP", IP_ADD_MEMBERSHIP, membership, 0, 0,
          "Receive what is sent to a multicast group, on the interface that has an address."),
    forIp("IP_DROP_MEMBERSHIP", IP_DROP_MEMBERSHIP, membership, 0, 0,
          "Leave a multicast group that was joined."),
    forIp("IP_MULTICAST_LOOP", IP_MULTICAST_LOOP, boolean, 0, 1,
          "Receivers on this machine get the multicast datagrams that this socket sends."),
    forIp("IP_MULTICAST_TTL", IP_MULTICAST_TTL, integer, 0, 255,
          "How many routers a multicast datagram may pass; 1 keeps it on the local network."),
    forIp("IP_TOS", IP_TOS, integer, 0, 255,
          "The type of service of what is sent: DSCP times four, plus ECN."),
    forIp("IP_TTL", IP_TTL, integer, 1, 255, "How many routers a packet may pass."),
    forSocket("SO_BINDTODEVICE", SO_BINDTODEVICE, text, 0, beforeBind, "",
              "Use this interface alone; empty: any interface."),
    forSocket("SO_BROADCAST", SO_BROADCAST, boolean, 1, any, "", "Allow datagrams to broadcast addresses."),
    forStatus("SO_ERROR", SO_ERROR, "The error that waits to be reported; reading clears it."),
    forSocket("SO_KEEPALIVE", SO_KEEPALIVE, boolean, 1, any, "",
              "Probe an idle connection, so that a dead peer is noticed."),
    forSocket("SO_LINGER", SO_LINGER, linger, kIntMax, any, "s",
              "How long close waits for unsent data; on,0 resets the connection (RST)."),
    forSocket("SO_RCVBUF", SO_RCVBUF, integer, kIntMax, beforeBind, "bytes",
              "The receive buffer; the kernel doubles the value and keeps it under net.core.rmem_max."),
    forSocket("SO_RCVTIMEO", SO_RCVTIMEO, duration, kMostSeconds, any, "s",
              "How long a blocking receive or accept waits before EAGAIN; 0 is for ever."),
    forSocket("SO_REUSEADDR", SO_REUSEADDR, boolean, 1, beforeBind, "",
              "Bind although an earlier connection of this address is still in TIME_WAIT."),
    forSocket("SO_REUSEPORT", SO_REUSEPORT, boolean, 1, beforeBind, "",
              "Let several sockets of one user share an address; the kernel spreads what arrives."),
    forSocket("SO_SNDBUF", SO_SNDBUF, integer, kIntMax, beforeBind, "bytes",
              "The send buffer; the kernel doubles the value and keeps it under net.core.wmem_max."),
    forSocket("SO_SNDTIMEO", SO_SNDTIMEO, duration, kMostSeconds, any, "s",
              "How long a blocking send or connect waits before EAGAIN; 0 is for ever."),
    forStatus("SO_TYPE", SO_TYPE, "The socket's type: 1 stream, 2 datagram, 3 raw, 5 seqpacket."),
    forTcp("TCP_CONGESTION", TCP_CONGESTION, text, 0, 0, any, "",
           "The congestion control algorithm, such as cubic or reno."),
    forTcp("TCP_DEFER_ACCEPT", TCP_DEFER_ACCEPT, integer, 0, kIntMax, any, "s",
           "Wake the listener only when data has come, for at most this long; the kernel rounds it up."),
    forTcp("TCP_FASTOPEN", TCP_FASTOPEN, integer, 0, kIntMax, any, "",
           "How many Fast Open requests a listener holds; 0 is none."),
    forTcp("TCP_KEEPCNT", TCP_KEEPCNT, integer, 1, 127, any, "",
           "How many unanswered keep-alive probes end a connection."),
    forTcp("TCP_KEEPIDLE", TCP_KEEPIDLE, integer, 1, 32767, any, "s",
           "How long a connection is idle before the first keep-alive probe."),
    forTcp("TCP_KEEPINTVL", TCP_KEEPINTVL, integer, 1, 32767, any, "s",
           "The time between two keep-alive probes."),
    forTcp("TCP_MAXSEG", TCP_MAXSEG, integer, 88, 32767, beforeBind, "bytes",
           "The largest segment; reading tells the one in use."),
    forTcp("TCP_NODELAY", TCP_NODELAY, boolean, 0, 1, any, "",
           "Send small pieces at once, without Nagle's waiting for acknowledgements."),
    forTcp("TCP_QUICKACK", TCP_QUICKACK, boolean, 0, 1, any, "",
           "Acknowledge at once; the kernel falls back by itself later."),
    forTcp("TCP_USER_TIMEOUT", TCP_USER_TIMEOUT, integer, 0, kIntMax, any, "ms",
           "How long sent data may stay unacknowledged before the connection ends; 0 is the system's value."),
};

static_assert(std::ranges::is_sorted(kOptions, {}, &OptionInfo::name));

}  // namespace

bool OptionInfo::applies(int socketFamily, Transport transport) const {
  return (family == 0 || family == socketFamily) &&
         (transports >> static_cast<unsigned>(transport) & 1U) != 0;
}

std::span<const OptionInfo> socketOptions() {
  return kOptions;
}

const OptionInfo* findSocketOption(std::string_view name) {
  const auto found = std::ranges::lower_bound(kOptions, name, {}, &OptionInfo::name);
  return found != kOptions.end() && found->name == name ? &*found : nullptr;
}

}  // namespace sockbench
