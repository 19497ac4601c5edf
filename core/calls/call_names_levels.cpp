// Levels of options and of control messages: getsockopt(2), cmsg(3).
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include "core/calls/call_name_tables.h"

namespace sockbench {
namespace {

using enum NameGroup;

constexpr NamedNumber kNames[] = {
    {"SOL_SOCKET", SOL_SOCKET, level, "Of every socket"},
    {"IPPROTO_IP", IPPROTO_IP, level, "IPv4"},
    {"IPPROTO_ICMP", IPPROTO_ICMP, level, "Raw ICMP"},
    {"IPPROTO_TCP", IPPROTO_TCP, level, "TCP"},
    {"IPPROTO_UDP", IPPROTO_UDP, level, "UDP"},
    {"IPPROTO_IPV6", IPPROTO_IPV6, level, "IPv6"},
    {"IPPROTO_ICMPV6", IPPROTO_ICMPV6, level, "Raw ICMPv6"},
    {"IPPROTO_SCTP", IPPROTO_SCTP, level, "SCTP"},
    {"IPPROTO_UDPLITE", IPPROTO_UDPLITE, level, "UDP-Lite"},
    {"IPPROTO_RAW", IPPROTO_RAW, level, "Raw sockets"},
    {"IPPROTO_MPTCP", IPPROTO_MPTCP, level, "Multipath TCP, as a protocol"},
    {"SOL_IP", SOL_IP, level, "IPv4"},
    {"SOL_TCP", SOL_TCP, level, "TCP"},
    {"SOL_UDP", SOL_UDP, level, "UDP"},
    {"SOL_IPV6", SOL_IPV6, level, "IPv6"},
    {"SOL_ICMPV6", SOL_ICMPV6, level, "Raw ICMPv6"},
    {"SOL_RAW", SOL_RAW, level, "Raw sockets"},
    {"SOL_CAN_BASE", SOL_CAN_BASE, level, "The first of the CAN levels"},
    {"SOL_CAN_RAW", SOL_CAN_RAW, level, "CAN frames"},
    {"SOL_CAN_ISOTP", SOL_CAN_ISOTP, level, "CAN ISO-TP"},
    {"SOL_CAN_J1939", SOL_CAN_J1939, level, "CAN J1939"},
    {"SOL_DECNET", SOL_DECNET, level, "DECnet"},
    {"SOL_X25", SOL_X25, level, "X.25"},
    {"SOL_PACKET", SOL_PACKET, level, "AF_PACKET"},
    {"SOL_ATM", SOL_ATM, level, "ATM"},
    {"SOL_AAL", SOL_AAL, level, "ATM adaptation layer"},
    {"SOL_IRDA", SOL_IRDA, level, "Infrared"},
    {"SOL_NETBEUI", SOL_NETBEUI, level, "NetBEUI"},
    {"SOL_LLC", SOL_LLC, level, "802.2 LLC"},
    {"SOL_DCCP", SOL_DCCP, level, "DCCP"},
    {"SOL_NETLINK", SOL_NETLINK, level, "Netlink"},
    {"SOL_TIPC", SOL_TIPC, level, "TIPC"},
    {"SOL_RXRPC", SOL_RXRPC, level, "RxRPC"},
    {"SOL_PPPOL2TP", SOL_PPPOL2TP, level, "PPP over L2TP"},
    {"SOL_BLUETOOTH", SOL_BLUETOOTH, level, "Bluetooth"},
    {"SOL_PNPIPE", SOL_PNPIPE, level, "Phonet pipes"},
    {"SOL_RDS", SOL_RDS, level, "Reliable datagram sockets"},
    {"SOL_IUCV", SOL_IUCV, level, "IUCV"},
    {"SOL_CAIF", SOL_CAIF, level, "CAIF"},
    {"SOL_ALG", SOL_ALG, level, "The kernel's cryptography"},
    {"SOL_NFC", SOL_NFC, level, "Near field communication"},
    {"SOL_KCM", SOL_KCM, level, "Kernel connection multiplexor"},
    {"SOL_TLS", SOL_TLS, level, "Kernel TLS"},
    {"SOL_XDP", SOL_XDP, level, "AF_XDP"},
    {"SOL_MPTCP", SOL_MPTCP, level, "Multipath TCP"},
    {"SOL_MCTP", SOL_MCTP, level, "Management controllers"},
    {"SOL_SMC", SOL_SMC, level, "Shared memory over RDMA"},
    {"AF_VSOCK", AF_VSOCK, level, "VSOCK counts its options at its family's number"},
};

}  // namespace

std::span<const NamedNumber> levelNames() {
  return kNames;
}

}  // namespace sockbench
