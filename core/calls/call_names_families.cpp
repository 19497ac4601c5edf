// Families: address_families(7).
#include <sys/socket.h>

#include "core/calls/call_name_tables.h"

namespace sockbench {
namespace {

using enum NameGroup;

constexpr NamedNumber kNames[] = {
    {"AF_UNSPEC", AF_UNSPEC, family, "Any family: of look-ups and of disconnecting"},
    {"AF_UNIX", AF_UNIX, family, "This machine alone: paths and abstract names"},
    {"AF_LOCAL", AF_LOCAL, family, "Another name of AF_UNIX"},
    {"AF_FILE", AF_FILE, family, "Another name of AF_UNIX"},
    {"AF_INET", AF_INET, family, "IPv4"},
    {"AF_AX25", AF_AX25, family, "Amateur radio AX.25"},
    {"AF_IPX", AF_IPX, family, "Novell IPX"},
    {"AF_APPLETALK", AF_APPLETALK, family, "AppleTalk"},
    {"AF_NETROM", AF_NETROM, family, "Amateur radio NET/ROM"},
    {"AF_BRIDGE", AF_BRIDGE, family, "Multiprotocol bridge"},
    {"AF_ATMPVC", AF_ATMPVC, family, "ATM permanent circuits"},
    {"AF_X25", AF_X25, family, "ITU-T X.25"},
    {"AF_INET6", AF_INET6, family, "IPv6"},
    {"AF_ROSE", AF_ROSE, family, "Amateur radio X.25 PLP"},
    {"AF_NETBEUI", AF_NETBEUI, family, "Reserved for 802.2 LLC"},
    {"AF_SECURITY", AF_SECURITY, family, "Reserved for security callbacks"},
    {"AF_KEY", AF_KEY, family, "Keys of IPsec (PF_KEY)"},
    {"AF_NETLINK", AF_NETLINK, family, "Messages with the kernel"},
    {"AF_ROUTE", AF_ROUTE, family, "Another name of AF_NETLINK, as in BSD"},
    {"AF_PACKET", AF_PACKET, family, "Frames of the link layer"},
    {"AF_ASH", AF_ASH, family, "Ash"},
    {"AF_ECONET", AF_ECONET, family, "Acorn Econet"},
    {"AF_ATMSVC", AF_ATMSVC, family, "ATM switched circuits"},
    {"AF_RDS", AF_RDS, family, "Reliable datagram sockets"},
    {"AF_SNA", AF_SNA, family, "Linux SNA"},
    {"AF_IRDA", AF_IRDA, family, "Infrared"},
    {"AF_PPPOX", AF_PPPOX, family, "PPP over Ethernet and the like"},
    {"AF_WANPIPE", AF_WANPIPE, family, "Wanpipe"},
    {"AF_LLC", AF_LLC, family, "IEEE 802.2 logical link control"},
    {"AF_IB", AF_IB, family, "InfiniBand"},
    {"AF_MPLS", AF_MPLS, family, "Multiprotocol label switching"},
    {"AF_CAN", AF_CAN, family, "Controller area network"},
    {"AF_TIPC", AF_TIPC, family, "Cluster communication"},
    {"AF_BLUETOOTH", AF_BLUETOOTH, family, "Bluetooth"},
    {"AF_IUCV", AF_IUCV, family, "z/VM's inter-user communication"},
    {"AF_RXRPC", AF_RXRPC, family, "RxRPC of AFS"},
    {"AF_ISDN", AF_ISDN, family, "Modular ISDN"},
    {"AF_PHONET", AF_PHONET, family, "Nokia's modems"},
    {"AF_IEEE802154", AF_IEEE802154, family, "IEEE 802.15.4 radio"},
    {"AF_CAIF", AF_CAIF, family, "ST-Ericsson's modems"},
    {"AF_ALG", AF_ALG, family, "The kernel's cryptography"},
    {"AF_NFC", AF_NFC, family, "Near field communication"},
    {"AF_VSOCK", AF_VSOCK, family, "Between a virtual machine and its host"},
    {"AF_KCM", AF_KCM, family, "Messages over streams by the kernel"},
    {"AF_QIPCRTR", AF_QIPCRTR, family, "Qualcomm's IPC router"},
    {"AF_SMC", AF_SMC, family, "Shared memory over RDMA"},
    {"AF_XDP", AF_XDP, family, "Packets straight from the card"},
    {"AF_MCTP", AF_MCTP, family, "Management controllers"},
    {"PF_UNSPEC", PF_UNSPEC, family, ""},
    {"PF_UNIX", PF_UNIX, family, ""},
    {"PF_LOCAL", PF_LOCAL, family, ""},
    {"PF_INET", PF_INET, family, ""},
    {"PF_INET6", PF_INET6, family, ""},
    {"PF_NETLINK", PF_NETLINK, family, ""},
    {"PF_PACKET", PF_PACKET, family, ""},
    {"PF_RDS", PF_RDS, family, ""},
    {"PF_CAN", PF_CAN, family, ""},
    {"PF_TIPC", PF_TIPC, family, ""},
    {"PF_BLUETOOTH", PF_BLUETOOTH, family, ""},
    {"PF_ALG", PF_ALG, family, ""},
    {"PF_VSOCK", PF_VSOCK, family, ""},
    {"SOCK_STREAM", SOCK_STREAM, type, "A stream of bytes, ordered and reliable"},
    {"SOCK_DGRAM", SOCK_DGRAM, type, "Datagrams, each for itself"},
    {"SOCK_RAW", SOCK_RAW, type, "Packets with the protocol's own header"},
    {"SOCK_RDM", SOCK_RDM, type, "Datagrams that arrive, in no order"},
    {"SOCK_SEQPACKET", SOCK_SEQPACKET, type, "Records, ordered and reliable"},
    {"SOCK_DCCP", SOCK_DCCP, type, "Datagrams with congestion control"},
    {"SOCK_PACKET", SOCK_PACKET, type, "Obsolete: frames, before AF_PACKET"},
    {"SOCK_NONBLOCK", SOCK_NONBLOCK, type, "Or-ed to the type: calls do not wait"},
    {"SOCK_CLOEXEC", SOCK_CLOEXEC, type, "Or-ed to the type: closed when another program is executed"},
};

}  // namespace

std::span<const NamedNumber> familyNames() {
  return kNames;
}

}  // namespace sockbench
