// Values of the families beside the internet's: CAN, PACKET, NETLINK, VSOCK, TIPC, ALG.
#include <linux/can/bcm.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <sys/socket.h>

#include "core/calls/call_name_tables.h"

namespace sockbench {
namespace {

using enum NameGroup;

constexpr NamedNumber kNames[] = {
    {"CAN_EFF_FLAG", CAN_EFF_FLAG, other, "Extended identifier (29 bits)"},
    {"CAN_RTR_FLAG", CAN_RTR_FLAG, other, "Remote request"},
    {"CAN_ERR_FLAG", CAN_ERR_FLAG, other, "Error frame"},
    {"CAN_SFF_MASK", CAN_SFF_MASK, other, "Bits of a standard identifier"},
    {"CAN_EFF_MASK", CAN_EFF_MASK, other, "Bits of an extended identifier"},
    {"CAN_ERR_MASK", CAN_ERR_MASK, other, "Bits of an error's class"},
    {"CAN_MTU", CAN_MTU, other, "Bytes of struct can_frame"},
    {"CANFD_MTU", CANFD_MTU, other, "Bytes of struct canfd_frame"},
    {"CANFD_BRS", CANFD_BRS, other, "The data's bit rate is the higher one"},
    {"CANFD_ESI", CANFD_ESI, other, "The sender's error state"},
    {"CAN_INV_FILTER", CAN_INV_FILTER, other, "In a filter: what does not match"},
    {"CAN_RAW_FILTER_MAX", CAN_RAW_FILTER_MAX, other, "Most filters"},
    {"CAN_BCM_TX_SETUP", TX_SETUP, other, "Send cyclically"},
    {"CAN_BCM_TX_DELETE", TX_DELETE, other, "Send no more"},
    {"CAN_BCM_TX_READ", TX_READ, other, "Ask about sending"},
    {"CAN_BCM_TX_SEND", TX_SEND, other, "Send one frame"},
    {"CAN_BCM_RX_SETUP", RX_SETUP, other, "Watch an identifier"},
    {"CAN_BCM_RX_DELETE", RX_DELETE, other, "Watch it no more"},
    {"CAN_BCM_RX_READ", RX_READ, other, "Ask about watching"},
    {"CAN_BCM_TX_STATUS", TX_STATUS, other, "Answer to TX_READ"},
    {"CAN_BCM_TX_EXPIRED", TX_EXPIRED, other, "The count of frames is sent"},
    {"CAN_BCM_RX_STATUS", RX_STATUS, other, "Answer to RX_READ"},
    {"CAN_BCM_RX_TIMEOUT", RX_TIMEOUT, other, "A cyclic frame is missing"},
    {"CAN_BCM_RX_CHANGED", RX_CHANGED, other, "A watched frame has changed"},
    {"CAN_BCM_SETTIMER", SETTIMER, other, "Flag: set the times"},
    {"CAN_BCM_STARTTIMER", STARTTIMER, other, "Flag: begin now"},
    {"CAN_BCM_TX_COUNTEVT", TX_COUNTEVT, other, "Flag: tell the end of the count"},
    {"CAN_BCM_TX_ANNOUNCE", TX_ANNOUNCE, other, "Flag: send a change at once"},
    {"CAN_BCM_TX_CP_CAN_ID", TX_CP_CAN_ID, other, "Flag: copy the identifier"},
    {"CAN_BCM_RX_FILTER_ID", RX_FILTER_ID, other, "Flag: by identifier alone"},
    {"CAN_BCM_RX_CHECK_DLC", RX_CHECK_DLC, other, "Flag: a new length is a change"},
    {"CAN_BCM_RX_NO_AUTOTIMER", RX_NO_AUTOTIMER, other, "Flag: no timer at the first frame"},
    {"CAN_BCM_RX_ANNOUNCE_RESUME", RX_ANNOUNCE_RESUME, other, "Flag: tell when frames come again"},
    {"CAN_BCM_TX_RESET_MULTI_IDX", TX_RESET_MULTI_IDX, other, "Flag: begin with the first frame"},
    {"CAN_BCM_RX_RTR_FRAME", RX_RTR_FRAME, other, "Flag: answer a remote request"},
    {"CAN_BCM_CAN_FD_FRAME", CAN_FD_FRAME, other, "Flag: CAN FD"},
    {"CAN_ISOTP_LISTEN_MODE", CAN_ISOTP_LISTEN_MODE, other, ""},
    {"CAN_ISOTP_EXTEND_ADDR", CAN_ISOTP_EXTEND_ADDR, other, ""},
    {"CAN_ISOTP_TX_PADDING", CAN_ISOTP_TX_PADDING, other, ""},
    {"CAN_ISOTP_RX_PADDING", CAN_ISOTP_RX_PADDING, other, ""},
    {"CAN_ISOTP_WAIT_TX_DONE", CAN_ISOTP_WAIT_TX_DONE, other, ""},
    {"J1939_MAX_UNICAST_ADDR", J1939_MAX_UNICAST_ADDR, other, "The last address of one node"},
    {"J1939_IDLE_ADDR", J1939_IDLE_ADDR, other, "A node without an address"},
    {"J1939_NO_ADDR", J1939_NO_ADDR, other, "Every node"},
    {"J1939_NO_NAME", J1939_NO_NAME, other, "No name"},
    {"J1939_PGN_REQUEST", J1939_PGN_REQUEST, other, ""},
    {"J1939_PGN_ADDRESS_CLAIMED", J1939_PGN_ADDRESS_CLAIMED, other, ""},
    {"J1939_PGN_ADDRESS_COMMANDED", J1939_PGN_ADDRESS_COMMANDED, other, ""},
    {"J1939_PGN_PDU1_MAX", J1939_PGN_PDU1_MAX, other, "The last that has a destination"},
    {"J1939_PGN_MAX", J1939_PGN_MAX, other, "The last parameter group"},
    {"J1939_NO_PGN", J1939_NO_PGN, other, "No parameter group"},
    {"J1939_NLA_PAD", J1939_NLA_PAD, other, ""},
    {"J1939_NLA_BYTES_ACKED", J1939_NLA_BYTES_ACKED, other, ""},
    {"J1939_EE_INFO_NONE", J1939_EE_INFO_NONE, other, ""},
    {"J1939_EE_INFO_TX_ABORT", J1939_EE_INFO_TX_ABORT, other, ""},
    {"J1939_FILTER_MAX", J1939_FILTER_MAX, other, "Most filters"},
    {"PACKET_HOST", PACKET_HOST, other, "A frame to us"},
    {"PACKET_BROADCAST", PACKET_BROADCAST, other, "A frame to everybody"},
    {"PACKET_MULTICAST", PACKET_MULTICAST, other, "A frame to a group"},
    {"PACKET_OTHERHOST", PACKET_OTHERHOST, other, "A frame to somebody else"},
    {"PACKET_OUTGOING", PACKET_OUTGOING, other, "A frame from us"},
    {"PACKET_LOOPBACK", PACKET_LOOPBACK, other, "Of the kernel's own"},
    {"PACKET_FASTROUTE", PACKET_FASTROUTE, other, "Of the kernel's own"},
    {"PACKET_MR_MULTICAST", PACKET_MR_MULTICAST, other, "A group's frames"},
    {"PACKET_MR_PROMISC", PACKET_MR_PROMISC, other, "All frames"},
    {"PACKET_MR_ALLMULTI", PACKET_MR_ALLMULTI, other, "All groups' frames"},
    {"PACKET_MR_UNICAST", PACKET_MR_UNICAST, other, "One more address"},
    {"PACKET_FANOUT_HASH", PACKET_FANOUT_HASH, other, "By flow"},
    {"PACKET_FANOUT_LB", PACKET_FANOUT_LB, other, "In turns"},
    {"PACKET_FANOUT_CPU", PACKET_FANOUT_CPU, other, "By processor"},
    {"PACKET_FANOUT_ROLLOVER", PACKET_FANOUT_ROLLOVER, other, "The next when one is full"},
    {"PACKET_FANOUT_RND", PACKET_FANOUT_RND, other, "At random"},
    {"RTMGRP_LINK", RTMGRP_LINK, other, "Netlink group: links"},
    {"RTMGRP_NEIGH", RTMGRP_NEIGH, other, "Netlink group: neighbours"},
    {"RTMGRP_IPV4_IFADDR", RTMGRP_IPV4_IFADDR, other, "Netlink group: IPv4 addresses"},
    {"RTMGRP_IPV4_ROUTE", RTMGRP_IPV4_ROUTE, other, "Netlink group: IPv4 routes"},
    {"RTMGRP_IPV6_IFADDR", RTMGRP_IPV6_IFADDR, other, "Netlink group: IPv6 addresses"},
    {"RTMGRP_IPV6_ROUTE", RTMGRP_IPV6_ROUTE, other, "Netlink group: IPv6 routes"},
    {"VMADDR_CID_ANY", VMADDR_CID_ANY, other, "Any machine: of bind"},
    {"VMADDR_CID_HYPERVISOR", VMADDR_CID_HYPERVISOR, other, "The hypervisor"},
    {"VMADDR_CID_LOCAL", VMADDR_CID_LOCAL, other, "This machine"},
    {"VMADDR_CID_HOST", VMADDR_CID_HOST, other, "The host"},
    {"VMADDR_PORT_ANY", VMADDR_PORT_ANY, other, "Any port: of bind"},
    {"VM_SOCKETS_INVALID_VERSION", VM_SOCKETS_INVALID_VERSION, other, ""},
    {"TIPC_ADDR_NAMESEQ", TIPC_ADDR_NAMESEQ, other, "Address: a range of names"},
    {"TIPC_ADDR_MCAST", TIPC_ADDR_MCAST, other, "Address: everybody in a range"},
    {"TIPC_ADDR_NAME", TIPC_ADDR_NAME, other, "Address: a name"},
    {"TIPC_ADDR_ID", TIPC_ADDR_ID, other, "Address: one socket"},
    {"TIPC_ZONE_SCOPE", TIPC_ZONE_SCOPE, other, "Known in the zone"},
    {"TIPC_CLUSTER_SCOPE", TIPC_CLUSTER_SCOPE, other, "Known in the cluster"},
    {"TIPC_NODE_SCOPE", TIPC_NODE_SCOPE, other, "Known on this machine"},
    {"TIPC_LOW_IMPORTANCE", TIPC_LOW_IMPORTANCE, other, ""},
    {"TIPC_MEDIUM_IMPORTANCE", TIPC_MEDIUM_IMPORTANCE, other, ""},
    {"TIPC_HIGH_IMPORTANCE", TIPC_HIGH_IMPORTANCE, other, ""},
    {"TIPC_CRITICAL_IMPORTANCE", TIPC_CRITICAL_IMPORTANCE, other, ""},
    {"TIPC_CFG_SRV", TIPC_CFG_SRV, other, "Name type: configuration"},
    {"TIPC_TOP_SRV", TIPC_TOP_SRV, other, "Name type: topology"},
    {"TIPC_RESERVED_TYPES", TIPC_RESERVED_TYPES, other, "Name types from here are free"},
    {"TIPC_PUBLISHED", TIPC_PUBLISHED, other, "Event: a name has come"},
    {"TIPC_WITHDRAWN", TIPC_WITHDRAWN, other, "Event: a name has gone"},
    {"TIPC_SUBSCR_TIMEOUT", TIPC_SUBSCR_TIMEOUT, other, "Event: the time is over"},
    {"TIPC_SUB_PORTS", TIPC_SUB_PORTS, other, "Tell each socket"},
    {"TIPC_SUB_SERVICE", TIPC_SUB_SERVICE, other, "Tell the first and the last"},
    {"TIPC_SUB_CANCEL", TIPC_SUB_CANCEL, other, "Tell no more"},
    {"TIPC_WAIT_FOREVER", TIPC_WAIT_FOREVER, other, ""},
    {"ALG_OP_DECRYPT", ALG_OP_DECRYPT, other, ""},
    {"ALG_OP_ENCRYPT", ALG_OP_ENCRYPT, other, ""},
};

}  // namespace

std::span<const NamedNumber> familyValueNames() {
  return kNames;
}

}  // namespace sockbench
