// IPPROTO_IPV6: ipv6(7), linux/in6.h, RFC 3493, RFC 3542, RFC 5014.
#include <netinet/in.h>

#include "core/net/socket_option_row.h"

namespace sockbench {
namespace {

using enum OptionKind;

// linux/in6.h, which does not go with netinet/in.h.
constexpr int kIpv6FlowInfo = 11;
constexpr int kIpv6FlowInfoSend = 33;
constexpr int kIp6tOriginalDst = 80;

constexpr OptionChoice kPreferences[] = {{"tmp", 0x0001},   {"public", 0x0002}, {"pubtmp-default", 0x0100},
                                         {"coa", 0x0004},   {"home", 0x0400},   {"cga", 0x0008},
                                         {"noncga", 0x0800}};

constexpr OptionRow row(std::string_view name, int number, OptionKind kind, std::string_view meaning) {
  return {OptionLevel{IPPROTO_IPV6, "IPPROTO_IPV6", AF_INET6, kInternet}, name, number, kind, meaning};
}

// A change of the groups that the socket is in.
constexpr OptionRow change(std::string_view name, int number, OptionKind kind, std::string_view meaning) {
  return row(name, number, kind, meaning).on(kUdp).writeOnly();
}

constexpr OptionInfo kOptions[] = {
    row("IP6T_SO_ORIGINAL_DST", kIp6tOriginalDst, address,
        "Where a redirected connection was meant to go; ENOENT: it was not redirected, ENOPROTOOPT: "
        "connections are not tracked here.")
        .on(kTcp)
        .readOnly(),
    row("IPV6_ADDR_PREFERENCES", IPV6_ADDR_PREFERENCES, flags,
        "Which kind of source address is chosen (RFC 5014): tmp, public or pubtmp-default, coa or home, cga "
        "or noncga; reading adds the defaults.")
        .named(kPreferences),
    row("IPV6_AUTOFLOWLABEL", IPV6_AUTOFLOWLABEL, boolean, "The kernel gives each flow a label."),
    row("IPV6_DONTFRAG", IPV6_DONTFRAG, boolean, "Datagrams above the path's MTU are refused, not cut.")
        .on(kUdp),
    row("IPV6_FLOWINFO", kIpv6FlowInfo, boolean,
        "A packet's flow label and class come with it as a control message.")
        .on(kUdp),
    row("IPV6_FLOWINFO_SEND", kIpv6FlowInfoSend, boolean,
        "The flow label of the address one sends or connects to is used."),
    row("IPV6_FREEBIND", IPV6_FREEBIND, boolean, "Bind to an address that this machine does not have (yet).")
        .early(),
    change("IPV6_JOIN_ANYCAST", IPV6_JOIN_ANYCAST, anycast,
           "Answer for an anycast address on one interface; EADDRNOTAVAIL: its network is not there.")
        .needs("CAP_NET_ADMIN"),
    change("IPV6_JOIN_GROUP", IPV6_JOIN_GROUP, membership,
           "Receive what is sent to a multicast group, on one interface."),
    change("IPV6_LEAVE_ANYCAST", IPV6_LEAVE_ANYCAST, anycast, "Leave an anycast address that was joined."),
    change("IPV6_LEAVE_GROUP", IPV6_LEAVE_GROUP, membership, "Leave a multicast group that was joined."),
    row("IPV6_MINHOPCOUNT", IPV6_MINHOPCOUNT, integer,
        "Drop packets whose hop limit is below this; 0 drops none.")
        .range(0, 255),
    row("IPV6_MTU", IPV6_MTU, integer,
        "The largest packet that is sent; reading tells the path's, ENOTCONN before connect.")
        .range(1280, kIntMax)
        .unit("bytes")
        .named(kZeroIsDefault),
    row("IPV6_MTU_DISCOVER", IPV6_MTU_DISCOVER, choice,
        "May packets be cut on sending: dont, want by the path's MTU, do never, probe ignores the path's "
        "MTU, "
        "interface and omit trust the interface's alone.")
        .named(kPathMtuChoices),
    row("IPV6_MULTICAST_ALL", IPV6_MULTICAST_ALL, boolean,
        "Receive from groups that other sockets joined; off: from one's own alone.")
        .on(kUdp),
    row("IPV6_MULTICAST_HOPS", IPV6_MULTICAST_HOPS, integer,
        "How many routers a multicast datagram may pass; -1 is the system's own value.")
        .range(-1, 255)
        .on(kUdp),
    row("IPV6_MULTICAST_IF", IPV6_MULTICAST_IF, interface,
        "Where multicast datagrams leave; none: as routing has it.")
        .on(kUdp),
    row("IPV6_MULTICAST_LOOP", IPV6_MULTICAST_LOOP, boolean,
        "Receivers on this machine get the multicast datagrams that this socket sends.")
        .on(kUdp),
    row("IPV6_PATHMTU", IPV6_PATHMTU, pathMtu, "The path's MTU; ENOTCONN before connect.")
        .unit("bytes")
        .readOnly(),
    row("IPV6_RECVDSTOPTS", IPV6_RECVDSTOPTS, boolean,
        "A packet's destination options come with it as a control message.")
        .on(kUdp),
    row("IPV6_RECVERR", IPV6_RECVERR, boolean,
        "ICMP errors are kept in the error queue, with who sent them."),
    row("IPV6_RECVERR_RFC4884", IPV6_RECVERR_RFC4884, boolean,
        "What follows the quoted packet in an ICMP error is told as well (RFC 4884).")
        .on(kUdp),
    row("IPV6_RECVFRAGSIZE", IPV6_RECVFRAGSIZE, boolean,
        "The largest fragment's size comes with a datagram as a control message.")
        .on(kUdp),
    row("IPV6_RECVHOPLIMIT", IPV6_RECVHOPLIMIT, boolean,
        "A packet's hop limit comes with it as a control message.")
        .on(kUdp),
    row("IPV6_RECVHOPOPTS", IPV6_RECVHOPOPTS, boolean,
        "A packet's hop-by-hop options come with it as a control message.")
        .needs("CAP_NET_RAW")
        .on(kUdp),
    row("IPV6_RECVORIGDSTADDR", IPV6_RECVORIGDSTADDR, boolean,
        "The address a datagram was sent to comes with it as a control message.")
        .on(kUdp),
    row("IPV6_RECVPATHMTU", IPV6_RECVPATHMTU, boolean,
        "A change of the path's MTU is told as a control message.")
        .on(kUdp),
    row("IPV6_RECVPKTINFO", IPV6_RECVPKTINFO, boolean,
        "A datagram's interface and own address come with it as a control message.")
        .on(kUdp),
    row("IPV6_RECVRTHDR", IPV6_RECVRTHDR, boolean,
        "A packet's routing header comes with it as a control message.")
        .on(kUdp),
    row("IPV6_RECVTCLASS", IPV6_RECVTCLASS, boolean,
        "A packet's traffic class comes with it as a control message.")
        .on(kUdp),
    row("IPV6_TCLASS", IPV6_TCLASS, integer,
        "The traffic class of what is sent: DSCP times four, plus ECN, which TCP sees to itself; -1 is the "
        "system's own value.")
        .range(-1, 255),
    row("IPV6_TRANSPARENT", IPV6_TRANSPARENT, boolean,
        "Bind to and receive for addresses of others, as a transparent proxy.")
        .early()
        .needs("CAP_NET_ADMIN or CAP_NET_RAW"),
    row("IPV6_UNICAST_HOPS", IPV6_UNICAST_HOPS, integer,
        "How many routers a packet may pass; -1 is the system's own value.")
        .range(-1, 255),
    row("IPV6_UNICAST_IF", IPV6_UNICAST_IF, interface,
        "Where packets leave when routing leaves it open; none: as routing has it.")
        .networkOrder(),
    row("IPV6_V6ONLY", IPV6_V6ONLY, boolean,
        "Serve IPv6 alone; off: serve IPv4 through mapped addresses too (dual stack).")
        .early(),
    change("MCAST_BLOCK_SOURCE", MCAST_BLOCK_SOURCE, sourceMembership,
           "Do not receive what one source sends to an IPv6 group that was joined."),
    change("MCAST_JOIN_SOURCE_GROUP", MCAST_JOIN_SOURCE_GROUP, sourceMembership,
           "Receive what one source sends to an IPv6 group; IP_ADD_SOURCE_MEMBERSHIP does it for IPv4."),
    change("MCAST_LEAVE_SOURCE_GROUP", MCAST_LEAVE_SOURCE_GROUP, sourceMembership,
           "Leave one source of an IPv6 group that was joined."),
    change("MCAST_UNBLOCK_SOURCE", MCAST_UNBLOCK_SOURCE, sourceMembership,
           "Receive again what one source sends to an IPv6 group."),
};

}  // namespace

std::span<const OptionInfo> ipv6Options() {
  return kOptions;
}

}  // namespace sockbench
