#include "core/system/socket_combinations.h"

#include <arpa/inet.h>
#include <linux/can.h>
#include <linux/if_ether.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

namespace sockbench {
namespace {

constexpr std::uint32_t bit(int type) {
  return 1U << static_cast<unsigned>(type);
}
constexpr std::uint32_t kStream = bit(SOCK_STREAM);
constexpr std::uint32_t kDgram = bit(SOCK_DGRAM);
constexpr std::uint32_t kRaw = bit(SOCK_RAW);
constexpr std::uint32_t kRdm = bit(SOCK_RDM);
constexpr std::uint32_t kSeqpacket = bit(SOCK_SEQPACKET);
constexpr std::uint32_t kDccp = bit(SOCK_DCCP);

struct NamedType {
  int number;
  std::string_view name;
};
constexpr std::array kTypes{NamedType{SOCK_STREAM, "SOCK_STREAM"}, NamedType{SOCK_DGRAM, "SOCK_DGRAM"},
                            NamedType{SOCK_RAW, "SOCK_RAW"}, NamedType{SOCK_RDM, "SOCK_RDM"},
                            NamedType{SOCK_SEQPACKET, "SOCK_SEQPACKET"}};
constexpr std::string_view kDccpName = "SOCK_DCCP";

constexpr std::array kFamilies{
    SocketFamily{AF_INET, "AF_INET", "", "CONFIG_INET", "ip(7)"},
    SocketFamily{AF_INET6, "AF_INET6", "ipv6", "CONFIG_IPV6", "ipv6(7)"},
    SocketFamily{AF_UNIX, "AF_UNIX", "unix", "CONFIG_UNIX", "unix(7)"},
    SocketFamily{AF_CAN, "AF_CAN", "can", "CONFIG_CAN", "networking/can.rst of the kernel"},
    SocketFamily{AF_PACKET, "AF_PACKET", "af_packet", "CONFIG_PACKET", "packet(7)"},
    SocketFamily{AF_NETLINK, "AF_NETLINK", "", "", "netlink(7)"},
    SocketFamily{AF_VSOCK, "AF_VSOCK", "vsock", "CONFIG_VSOCKETS", "vsock(7)"},
    SocketFamily{AF_TIPC, "AF_TIPC", "tipc", "CONFIG_TIPC", "networking/tipc.rst of the kernel"},
    SocketFamily{AF_ALG, "AF_ALG", "af_alg", "CONFIG_CRYPTO_USER_API",
                 "crypto/userspace-if.rst of the kernel"},
};

constexpr int kEthAll = ((ETH_P_ALL & 0xFF) << 8) | (ETH_P_ALL >> 8);  // htons

const std::array kProtocols{
    SocketProtocol{AF_INET, 0, "0", kStream | kDgram, "", "", "TCP or UDP, as the type says"},
    SocketProtocol{AF_INET, IPPROTO_TCP, "IPPROTO_TCP", kStream | kRaw, "", "", "TCP"},
    SocketProtocol{AF_INET, IPPROTO_UDP, "IPPROTO_UDP", kDgram | kRaw, "", "", "UDP"},
    SocketProtocol{AF_INET, IPPROTO_UDPLITE, "IPPROTO_UDPLITE", kDgram | kRaw, "", "",
                   "UDP with a checksum over a part"},
    SocketProtocol{AF_INET, IPPROTO_SCTP, "IPPROTO_SCTP", kStream | kSeqpacket | kRaw, "sctp",
                   "CONFIG_IP_SCTP", "SCTP: messages over several streams"},
    SocketProtocol{AF_INET, IPPROTO_DCCP, "IPPROTO_DCCP", kDccp | kRaw, "dccp_ipv4", "CONFIG_IP_DCCP",
                   "DCCP: datagrams with congestion control"},
    SocketProtocol{AF_INET, IPPROTO_MPTCP, "IPPROTO_MPTCP", kStream | kRaw, "", "CONFIG_MPTCP",
                   "TCP over several paths"},
    SocketProtocol{AF_INET, IPPROTO_ICMP, "IPPROTO_ICMP", kDgram | kRaw, "", "", "ICMP: ping"},
    SocketProtocol{AF_INET, IPPROTO_IGMP, "IPPROTO_IGMP", kRaw, "", "", "IGMP: who is in which group"},
    SocketProtocol{AF_INET, IPPROTO_RAW, "IPPROTO_RAW", kRaw, "", "",
                   "the IP header is the sender's (IP_HDRINCL)"},
    SocketProtocol{AF_INET6, 0, "0", kStream | kDgram, "", "", "TCP or UDP, as the type says"},
    SocketProtocol{AF_INET6, IPPROTO_TCP, "IPPROTO_TCP", kStream | kRaw, "", "", "TCP"},
    SocketProtocol{AF_INET6, IPPROTO_UDP, "IPPROTO_UDP", kDgram | kRaw, "", "", "UDP"},
    SocketProtocol{AF_INET6, IPPROTO_UDPLITE, "IPPROTO_UDPLITE", kDgram | kRaw, "", "",
                   "UDP with a checksum over a part"},
    SocketProtocol{AF_INET6, IPPROTO_SCTP, "IPPROTO_SCTP", kStream | kSeqpacket | kRaw, "sctp",
                   "CONFIG_IP_SCTP", "SCTP: messages over several streams"},
    SocketProtocol{AF_INET6, IPPROTO_DCCP, "IPPROTO_DCCP", kDccp | kRaw, "dccp_ipv6", "CONFIG_IP_DCCP",
                   "DCCP: datagrams with congestion control"},
    SocketProtocol{AF_INET6, IPPROTO_MPTCP, "IPPROTO_MPTCP", kStream | kRaw, "", "CONFIG_MPTCP",
                   "TCP over several paths"},
    SocketProtocol{AF_INET6, IPPROTO_ICMPV6, "IPPROTO_ICMPV6", kDgram | kRaw, "", "",
                   "ICMPv6: ping, neighbours, routers"},
    SocketProtocol{AF_INET6, IPPROTO_RAW, "IPPROTO_RAW", kRaw, "", "",
                   "the IP header is the sender's (IPV6_HDRINCL)"},
    SocketProtocol{AF_UNIX, 0, "0", kStream | kDgram | kSeqpacket | kRaw, "", "",
                   "between processes of this machine; SOCK_RAW is taken for SOCK_DGRAM"},
    SocketProtocol{AF_CAN, CAN_RAW, "CAN_RAW", kRaw, "can_raw", "CONFIG_CAN_RAW", "frames of a CAN bus"},
    SocketProtocol{AF_CAN, CAN_BCM, "CAN_BCM", kDgram, "can_bcm", "CONFIG_CAN_BCM",
                   "cyclic messages, kept by the kernel"},
    SocketProtocol{AF_CAN, CAN_ISOTP, "CAN_ISOTP", kDgram, "can_isotp", "CONFIG_CAN_ISOTP",
                   "ISO 15765-2: longer messages over CAN"},
    SocketProtocol{AF_CAN, CAN_J1939, "CAN_J1939", kDgram, "can_j1939", "CONFIG_CAN_J1939",
                   "SAE J1939: vehicles' networks"},
    SocketProtocol{AF_PACKET, kEthAll, "ETH_P_ALL", kRaw | kDgram, "", "",
                   "every packet of an interface; SOCK_DGRAM without its link header"},
    SocketProtocol{AF_PACKET, 0, "0", kRaw | kDgram, "", "", "sends, and receives nothing before bind"},
    SocketProtocol{AF_NETLINK, NETLINK_ROUTE, "NETLINK_ROUTE", kRaw | kDgram, "", "",
                   "links, addresses, routes"},
    SocketProtocol{AF_NETLINK, NETLINK_SOCK_DIAG, "NETLINK_SOCK_DIAG", kRaw | kDgram, "sock_diag", "",
                   "the kernel's table of sockets"},
    SocketProtocol{AF_NETLINK, NETLINK_GENERIC, "NETLINK_GENERIC", kRaw | kDgram, "", "",
                   "families by name (genl)"},
    SocketProtocol{AF_NETLINK, NETLINK_NETFILTER, "NETLINK_NETFILTER", kRaw | kDgram, "nfnetlink",
                   "CONFIG_NETFILTER_NETLINK", "firewall"},
    SocketProtocol{AF_NETLINK, NETLINK_XFRM, "NETLINK_XFRM", kRaw | kDgram, "xfrm_user", "CONFIG_XFRM_USER",
                   "IPsec"},
    SocketProtocol{AF_NETLINK, NETLINK_KOBJECT_UEVENT, "NETLINK_KOBJECT_UEVENT", kRaw | kDgram, "", "",
                   "devices that come and go"},
    SocketProtocol{AF_NETLINK, NETLINK_AUDIT, "NETLINK_AUDIT", kRaw | kDgram, "", "CONFIG_AUDIT", "audit"},
    SocketProtocol{AF_NETLINK, NETLINK_CONNECTOR, "NETLINK_CONNECTOR", kRaw | kDgram, "cn",
                   "CONFIG_CONNECTOR", "processes that come and go"},
    SocketProtocol{AF_NETLINK, NETLINK_CRYPTO, "NETLINK_CRYPTO", kRaw | kDgram, "crypto_user",
                   "CONFIG_CRYPTO_USER", "the kernel's ciphers"},
    SocketProtocol{AF_NETLINK, NETLINK_USERSOCK, "NETLINK_USERSOCK", kRaw | kDgram, "", "", "among programs"},
    SocketProtocol{AF_VSOCK, 0, "0", kStream | kDgram | kSeqpacket, "", "",
                   "between a virtual machine and its host; SOCK_DGRAM only on VMware"},
    SocketProtocol{AF_TIPC, 0, "0", kStream | kDgram | kRdm | kSeqpacket, "", "",
                   "services of a cluster by name; SOCK_RDM is reliable"},
    SocketProtocol{AF_ALG, 0, "0", kSeqpacket, "", "", "the kernel's ciphers and hashes; see its binds"},
};

// What AF_ALG is bound to, and the protocol line that says which module that takes.
struct Algorithm {
  std::string_view type;
  std::string_view name;
  SocketProtocol line;
};
const std::array kAlgorithms{
    Algorithm{"hash",
              "sha256",
              {AF_ALG, 0, "0", kSeqpacket, "algif_hash", "CONFIG_CRYPTO_USER_API_HASH", "digests"}},
    Algorithm{"skcipher",
              "cbc(aes)",
              {AF_ALG, 0, "0", kSeqpacket, "algif_skcipher", "CONFIG_CRYPTO_USER_API_SKCIPHER", "ciphers"}},
    Algorithm{"aead",
              "gcm(aes)",
              {AF_ALG, 0, "0", kSeqpacket, "algif_aead", "CONFIG_CRYPTO_USER_API_AEAD",
               "ciphers that also protect from change"}},
    Algorithm{"rng",
              "stdrng",
              {AF_ALG, 0, "0", kSeqpacket, "algif_rng", "CONFIG_CRYPTO_USER_API_RNG", "random numbers"}},
};
const SocketProtocol kVsockLoopback{
    AF_VSOCK, 0, "0", kStream, "vsock_loopback", "CONFIG_VSOCKETS_LOOPBACK", "VSOCK within this machine"};

void addFurtherTrials(const SocketFamily& family, std::vector<SocketCombination>& all) {
  if (family.number == AF_VSOCK) {
    all.push_back({&family, SOCK_STREAM, &kVsockLoopback, true, FurtherTrial::bindLoopback, {}, {}});
  }
  if (family.number != AF_ALG) return;
  for (const Algorithm& algorithm : kAlgorithms) {
    all.push_back({&family, SOCK_SEQPACKET, &algorithm.line, true, FurtherTrial::bindAlgorithm,
                   algorithm.type, algorithm.name});
  }
}

}  // namespace

std::string SocketCombination::purpose() const {
  const bool ip = family->number == AF_INET || family->number == AF_INET6;
  const std::string text(protocol->purpose);
  // Another type of the same protocol is its ordinary socket.
  return ip && type == SOCK_RAW && protocol->types != kRaw ? "packets as they are: " + text : text;
}

std::string SocketCombination::protocolText() const {
  switch (trial) {
    case FurtherTrial::bindLoopback:
      return "loopback";
    case FurtherTrial::bindAlgorithm:
      return std::string(algorithmType) + " " + std::string(algorithm);
    case FurtherTrial::none:
      break;
  }
  return std::string(protocol->name);
}

std::span<const SocketFamily> socketFamilies() {
  return kFamilies;
}

std::span<const SocketProtocol> socketProtocols() {
  return kProtocols;
}

std::vector<SocketCombination> socketCombinations() {
  std::vector<SocketCombination> all;
  for (const SocketFamily& family : kFamilies) {
    for (const SocketProtocol& protocol : kProtocols) {
      if (protocol.family != family.number) continue;
      for (const NamedType& type : kTypes)
        all.push_back({.family = &family,
                       .type = type.number,
                       .protocol = &protocol,
                       .exists = (protocol.types & bit(type.number)) != 0});
      if ((protocol.types & kDccp) != 0)  // a type of this protocol alone
        all.push_back({.family = &family, .type = SOCK_DCCP, .protocol = &protocol, .exists = true});
    }
    addFurtherTrials(family, all);
  }
  return all;
}

std::string_view socketTypeConstant(int type) {
  if (type == SOCK_DCCP) return kDccpName;
  const auto found = std::ranges::find(kTypes, type, &NamedType::number);
  return found == kTypes.end() ? std::string_view() : found->name;
}

}  // namespace sockbench
