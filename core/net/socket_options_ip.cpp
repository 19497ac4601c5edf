// IPPROTO_IP: ip(7), linux/in.h.
#include <netinet/in.h>

#include "core/net/socket_option_row.h"

namespace sockbench {
namespace {

using enum OptionKind;

constexpr int kIpLocalPortRange = 51;  // Linux 6.3
constexpr int kIpProtocol = 52;        // Linux 6.4
constexpr int kSoOriginalDst = 80;     // linux/netfilter_ipv4.h, which goes with no other header of sockets

constexpr OptionRow row(std::string_view name, int number, OptionKind kind, std::string_view meaning) {
  return {OptionLevel{IPPROTO_IP, "IPPROTO_IP", AF_INET, kInternet}, name, number, kind, meaning};
}

// A change of the groups that the socket is in.
constexpr OptionRow change(std::string_view name, int number, OptionKind kind, std::string_view meaning) {
  return row(name, number, kind, meaning).on(kUdp).writeOnly();
}

constexpr OptionInfo kOptions[] = {
    change("IP_ADD_MEMBERSHIP", IP_ADD_MEMBERSHIP, membership,
           "Receive what is sent to a multicast group, on the interface that has an address."),
    change("IP_ADD_SOURCE_MEMBERSHIP", IP_ADD_SOURCE_MEMBERSHIP, sourceMembership,
           "Receive what one source sends to a multicast group."),
    row("IP_BIND_ADDRESS_NO_PORT", IP_BIND_ADDRESS_NO_PORT, boolean,
        "Binding to port 0 takes an address only; connect chooses the port.")
        .early(),
    change("IP_BLOCK_SOURCE", IP_BLOCK_SOURCE, sourceMembership,
           "Do not receive what one source sends to a multicast group that was joined."),
    row("IP_CHECKSUM", IP_CHECKSUM, boolean, "A datagram's checksum comes with it as a control message.")
        .on(kUdp),
    change("IP_DROP_MEMBERSHIP", IP_DROP_MEMBERSHIP, membership, "Leave a multicast group that was joined."),
    change("IP_DROP_SOURCE_MEMBERSHIP", IP_DROP_SOURCE_MEMBERSHIP, sourceMembership,
           "Leave one source of a multicast group that was joined."),
    row("IP_FREEBIND", IP_FREEBIND, boolean, "Bind to an address that this machine does not have (yet).")
        .early(),
    row("IP_LOCAL_PORT_RANGE", kIpLocalPortRange, portRange,
        "From which ports one is chosen for this socket; none: the system's own; since Linux 6.3.")
        .early(),
    row("IP_MINTTL", IP_MINTTL, integer, "Drop packets whose TTL is below this; 0 drops none.").range(0, 255),
    row("IP_MTU", IP_MTU, integer, "The path's MTU; ENOTCONN before connect.").unit("bytes").readOnly(),
    row("IP_MTU_DISCOVER", IP_MTU_DISCOVER, choice,
        "May routers cut packets: dont forbid it, want learns the path's MTU, do always forbids, probe "
        "forbids and ignores the path's MTU, interface and omit trust the interface's alone.")
        .named(kPathMtuChoices),
    row("IP_MULTICAST_ALL", IP_MULTICAST_ALL, boolean,
        "Receive from groups that other sockets joined; off: from one's own alone.")
        .on(kUdp),
    row("IP_MULTICAST_IF", IP_MULTICAST_IF, multicastInterface,
        "Where multicast datagrams leave, and with which address; an interface by name reads as 0.0.0.0.")
        .on(kUdp),
    row("IP_MULTICAST_LOOP", IP_MULTICAST_LOOP, boolean,
        "Receivers on this machine get the multicast datagrams that this socket sends.")
        .on(kUdp),
    row("IP_MULTICAST_TTL", IP_MULTICAST_TTL, integer,
        "How many routers a multicast datagram may pass; 1 keeps it on the local network.")
        .range(0, 255)
        .on(kUdp),
    row("IP_PASSSEC", IP_PASSSEC, boolean, "A packet's security label comes with it as a control message.")
        .on(kUdp),
    row("IP_PKTINFO", IP_PKTINFO, boolean,
        "A datagram's interface and own address come with it as a control message.")
        .on(kUdp),
    row("IP_PROTOCOL", kIpProtocol, choice, "The socket's protocol as IP has it; since Linux 6.4.")
        .named(kProtocolChoices)
        .readOnly(),
    row("IP_RECVERR", IP_RECVERR, boolean, "ICMP errors are kept in the error queue, with who sent them."),
    row("IP_RECVERR_RFC4884", IP_RECVERR_RFC4884, boolean,
        "What follows the quoted packet in an ICMP error is told as well (RFC 4884).")
        .on(kUdp),
    row("IP_RECVFRAGSIZE", IP_RECVFRAGSIZE, boolean,
        "The largest fragment's size comes with a datagram as a control message.")
        .on(kUdp),
    row("IP_RECVOPTS", IP_RECVOPTS, boolean, "A packet's IP options come with it as a control message.")
        .on(kUdp),
    row("IP_RECVORIGDSTADDR", IP_RECVORIGDSTADDR, boolean,
        "The address a datagram was sent to comes with it as a control message.")
        .on(kUdp),
    row("IP_RECVTOS", IP_RECVTOS, boolean, "A packet's type of service comes with it as a control message.")
        .on(kUdp),
    row("IP_RECVTTL", IP_RECVTTL, boolean, "A packet's TTL comes with it as a control message.").on(kUdp),
    row("IP_RETOPTS", IP_RETOPTS, boolean,
        "A packet's IP options come with it, turned round for the answer, as a control message.")
        .on(kUdp),
    row("IP_TOS", IP_TOS, integer,
        "The type of service of what is sent: DSCP times four, plus ECN; TCP sees to ECN itself.")
        .range(0, 255),
    row("IP_TRANSPARENT", IP_TRANSPARENT, boolean,
        "Bind to and receive for addresses of others, as a transparent proxy.")
        .early()
        .needs("CAP_NET_ADMIN or CAP_NET_RAW"),
    row("IP_TTL", IP_TTL, integer, "How many routers a packet may pass; default is the system's own value.")
        .range(1, 255)
        .named(kMinusOneIsDefault),
    change("IP_UNBLOCK_SOURCE", IP_UNBLOCK_SOURCE, sourceMembership,
           "Receive again what one source sends to a multicast group."),
    row("IP_UNICAST_IF", IP_UNICAST_IF, interface,
        "Where packets leave when routing leaves it open; none: as routing has it.")
        .networkOrder(),
    row("SO_ORIGINAL_DST", kSoOriginalDst, address,
        "Where a redirected connection was meant to go; ENOENT: it was not redirected, ENOPROTOOPT: "
        "connections are not tracked here.")
        .on(kTcp)
        .readOnly(),
};

}  // namespace

std::span<const OptionInfo> ipv4Options() {
  return kOptions;
}

}  // namespace sockbench
