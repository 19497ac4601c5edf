// Types of control messages, by level: cmsg(3), ip(7), ipv6(7), unix(7), udp(7), netlink(7), packet(7).
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/tipc.h>
#include <linux/tls.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include "core/calls/call_name_tables.h"

namespace sockbench {
namespace {

using enum NameGroup;

// linux/in6.h, which netinet/in.h leaves no room for.
constexpr int kIpv6FlowInfo = 11;

constexpr NamedNumber kNames[] = {
    {"SCM_RIGHTS", SCM_RIGHTS, controlType, "Descriptors", SOL_SOCKET},
    {"SCM_CREDENTIALS", SCM_CREDENTIALS, controlType, "Process, user and group of the sender", SOL_SOCKET},
    {"SCM_TIMESTAMP", SCM_TIMESTAMP, controlType, "When it arrived: microseconds", SOL_SOCKET},
    {"SCM_TIMESTAMPNS", SCM_TIMESTAMPNS, controlType, "When it arrived: nanoseconds", SOL_SOCKET},
    {"SCM_TIMESTAMPING", SCM_TIMESTAMPING, controlType, "Up to three times: software, none, hardware",
     SOL_SOCKET},
    {"SCM_TIMESTAMPING_OPT_STATS", SCM_TIMESTAMPING_OPT_STATS, controlType, "TCP's figures at the time",
     SOL_SOCKET},
    {"SCM_TIMESTAMPING_PKTINFO", SCM_TIMESTAMPING_PKTINFO, controlType, "Interface and length on the wire",
     SOL_SOCKET},
    {"SCM_TXTIME", SCM_TXTIME, controlType, "When it is to leave", SOL_SOCKET},
    {"SCM_WIFI_STATUS", SCM_WIFI_STATUS, controlType, "Whether the frame was acknowledged", SOL_SOCKET},
    {"SO_RXQ_OVFL", SO_RXQ_OVFL, controlType, "Datagrams dropped since the socket was made", SOL_SOCKET},
    {"SO_MARK", SO_MARK, controlType, "The packet's mark", SOL_SOCKET},
    {"IP_TOS", IP_TOS, controlType, "Type of service", IPPROTO_IP},
    {"IP_TTL", IP_TTL, controlType, "Hops left", IPPROTO_IP},
    {"IP_RECVOPTS", IP_RECVOPTS, controlType, "IP options", IPPROTO_IP},
    {"IP_RETOPTS", IP_RETOPTS, controlType, "IP options, turned for the way back", IPPROTO_IP},
    {"IP_PKTINFO", IP_PKTINFO, controlType, "Interface and address of arrival; of sending: of departure",
     IPPROTO_IP},
    {"IP_RECVERR", IP_RECVERR, controlType, "An entry of the queue of errors", IPPROTO_IP},
    {"IP_RECVORIGDSTADDR", IP_RECVORIGDSTADDR, controlType, "Where it was first sent to", IPPROTO_IP},
    {"IP_CHECKSUM", IP_CHECKSUM, controlType, "Checksum of the payload", IPPROTO_IP},
    {"IP_RECVFRAGSIZE", IP_RECVFRAGSIZE, controlType, "Size of the largest fragment", IPPROTO_IP},
    {"IPV6_2292PKTINFO", IPV6_2292PKTINFO, controlType, "As IPV6_PKTINFO, of RFC 2292", IPPROTO_IPV6},
    {"IPV6_2292HOPLIMIT", IPV6_2292HOPLIMIT, controlType, "As IPV6_HOPLIMIT, of RFC 2292", IPPROTO_IPV6},
    {"IPV6_FLOWINFO", kIpv6FlowInfo, controlType, "Traffic class and flow label", IPPROTO_IPV6},
    {"IPV6_RECVERR", IPV6_RECVERR, controlType, "An entry of the queue of errors", IPPROTO_IPV6},
    {"IPV6_PKTINFO", IPV6_PKTINFO, controlType, "Interface and address of arrival; of sending: of departure",
     IPPROTO_IPV6},
    {"IPV6_HOPLIMIT", IPV6_HOPLIMIT, controlType, "Hops left", IPPROTO_IPV6},
    {"IPV6_HOPOPTS", IPV6_HOPOPTS, controlType, "Hop-by-hop options", IPPROTO_IPV6},
    {"IPV6_RTHDRDSTOPTS", IPV6_RTHDRDSTOPTS, controlType, "Destination options before a routing header",
     IPPROTO_IPV6},
    {"IPV6_RTHDR", IPV6_RTHDR, controlType, "Routing header", IPPROTO_IPV6},
    {"IPV6_DSTOPTS", IPV6_DSTOPTS, controlType, "Destination options", IPPROTO_IPV6},
    {"IPV6_PATHMTU", IPV6_PATHMTU, controlType, "The path's MTU", IPPROTO_IPV6},
    {"IPV6_DONTFRAG", IPV6_DONTFRAG, controlType, "Do not fragment", IPPROTO_IPV6},
    {"IPV6_TCLASS", IPV6_TCLASS, controlType, "Traffic class", IPPROTO_IPV6},
    {"IPV6_RECVORIGDSTADDR", IPV6_RECVORIGDSTADDR, controlType, "Where it was first sent to", IPPROTO_IPV6},
    {"IPV6_RECVFRAGSIZE", IPV6_RECVFRAGSIZE, controlType, "Size of the largest fragment", IPPROTO_IPV6},
    {"TCP_CM_INQ", TCP_CM_INQ, controlType, "Bytes that wait behind these", IPPROTO_TCP},
    {"UDP_SEGMENT", UDP_SEGMENT, controlType, "Size of each datagram of a joined send", IPPROTO_UDP},
    {"UDP_GRO", UDP_GRO, controlType, "Size of each datagram of a joined receive", IPPROTO_UDP},
    {"SCM_CAN_RAW_ERRQUEUE", SCM_CAN_RAW_ERRQUEUE, controlType, "An entry of the queue of errors",
     SOL_CAN_RAW},
    {"SCM_J1939_DEST_ADDR", SCM_J1939_DEST_ADDR, controlType, "Address that it was sent to", SOL_CAN_J1939},
    {"SCM_J1939_DEST_NAME", SCM_J1939_DEST_NAME, controlType, "Name that it was sent to", SOL_CAN_J1939},
    {"SCM_J1939_PRIO", SCM_J1939_PRIO, controlType, "Priority", SOL_CAN_J1939},
    {"SCM_J1939_ERRQUEUE", SCM_J1939_ERRQUEUE, controlType, "An entry of the queue of errors", SOL_CAN_J1939},
    {"PACKET_AUXDATA", PACKET_AUXDATA, controlType, "Status, lengths and VLAN tag of the frame", SOL_PACKET},
    {"PACKET_TX_TIMESTAMP", PACKET_TX_TIMESTAMP, controlType, "An entry of the queue of errors", SOL_PACKET},
    {"NETLINK_PKTINFO", NETLINK_PKTINFO, controlType, "Multicast group of the message", SOL_NETLINK},
    {"NETLINK_LISTEN_ALL_NSID", NETLINK_LISTEN_ALL_NSID, controlType, "Network namespace of the message",
     SOL_NETLINK},
    {"ALG_SET_IV", ALG_SET_IV, controlType, "Initialisation vector", SOL_ALG},
    {"ALG_SET_OP", ALG_SET_OP, controlType, "Encrypt or decrypt", SOL_ALG},
    {"ALG_SET_AEAD_ASSOCLEN", ALG_SET_AEAD_ASSOCLEN, controlType, "Length of the associated data", SOL_ALG},
    {"TIPC_ERRINFO", TIPC_ERRINFO, controlType, "Why a message came back", SOL_TIPC},
    {"TIPC_RETDATA", TIPC_RETDATA, controlType, "The message that came back", SOL_TIPC},
    {"TIPC_DESTNAME", TIPC_DESTNAME, controlType, "Name that it was sent to", SOL_TIPC},
    {"TLS_SET_RECORD_TYPE", TLS_SET_RECORD_TYPE, controlType, "Type of the record that is sent", SOL_TLS},
    {"TLS_GET_RECORD_TYPE", TLS_GET_RECORD_TYPE, controlType, "Type of the record that has come", SOL_TLS},
};

}  // namespace

std::span<const NamedNumber> controlNames() {
  return kNames;
}

}  // namespace sockbench
