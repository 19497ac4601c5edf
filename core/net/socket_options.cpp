// One table of all socket options.
//
// What Linux has beyond it, and why a person who writes NAME=VALUE is not offered it:
//   needs a program, a key or a structure of its own: SO_ATTACH_FILTER, SO_ATTACH_BPF, SO_ATTACH_REUSEPORT_*,
//     SO_DETACH_*, SO_LOCK_FILTER, SO_BPF_EXTENSIONS, SO_TXTIME, TCP_MD5SIG, TCP_MD5SIG_EXT, TCP_AO_*,
//     TCP_FASTOPEN_KEY, TCP_ULP, TCP_CC_INFO, TCP_ZEROCOPY_RECEIVE, UDP_ENCAP, IP_OPTIONS, IP_PKTOPTIONS,
//     IP_IPSEC_POLICY, IP_XFRM_POLICY and their IPv6 twins, IPV6_FLOWLABEL_MGR, IPV6_HOPOPTS, IPV6_DSTOPTS,
//     IPV6_RTHDR, IPV6_RTHDRDSTOPTS, IPV6_NEXTHOP, IPV6_PKTINFO, IP_MSFILTER, MCAST_MSFILTER, SO_DEVMEM_*;
//   the connection under repair (checkpoint and restore): TCP_REPAIR*, TCP_QUEUE_SEQ, TCP_TIMESTAMP;
//   reading takes away what the program itself wants, or opens a descriptor: TCP_SAVED_SYN (with
//     TCP_SAVE_SYN), SO_PEERPIDFD; SO_INQ can be set and not read;
//   turns the socket into one of another family: IPV6_ADDRFORM;
//   for raw and packet sockets alone: IP_HDRINCL, IP_NODEFRAG, IP_ROUTER_ALERT, IPV6_HDRINCL, IPV6_CHECKSUM,
//     IPV6_ROUTER_ALERT, IPV6_ROUTER_ALERT_ISOLATE, SO_NOFCS, SO_WIFI_STATUS;
//   another way to say the same: SO_PEERNAME (getpeername), SO_*_NEW and SO_*_OLD, MCAST_JOIN_GROUP and
//     MCAST_LEAVE_GROUP, the MCAST_*_SOURCE of IPv4, IPV6_2292*;
//   obsolete or without effect: SO_BSDCOMPAT, SO_SECURITY_*, TCP_THIN_DUPACK, TCP_COOKIE_TRANSACTIONS,
//     IPV6_AUTHHDR, IPV6_USE_MIN_MTU.
// Options that are younger than the headers of Linux 6.1 stand with their numbers in the tables; a kernel
// that has none of them answers ENOPROTOOPT.
#include "core/net/socket_options.h"

#include <algorithm>
#include <vector>

#include "core/base/edit_distance.h"
#include "core/net/socket_option_row.h"

namespace sockbench {
namespace {

struct Alias {
  std::string_view name;
  std::string_view meant;
};

// Second names that headers and manual pages have for one number.
constexpr Alias kAliases[] = {
    {"IPV6_ADD_MEMBERSHIP", "IPV6_JOIN_GROUP"},   {"IPV6_DROP_MEMBERSHIP", "IPV6_LEAVE_GROUP"},
    {"IPV6_ORIGDSTADDR", "IPV6_RECVORIGDSTADDR"}, {"IP_ORIGDSTADDR", "IP_RECVORIGDSTADDR"},
    {"IP_PMTUDISC", "IP_MTU_DISCOVER"},           {"IP_RECVRETOPTS", "IP_RETOPTS"},
};

std::vector<OptionInfo> gather() {
  std::vector<OptionInfo> all;
  for (const auto part :
       {generalOptions(), unixOptions(), ipv4Options(), ipv6Options(), tcpOptions(), udpOptions()})
    all.insert(all.end(), part.begin(), part.end());
  std::ranges::sort(all, {}, &OptionInfo::name);
  return all;
}

}  // namespace

bool OptionInfo::applies(int socketFamily, Transport transport) const {
  return (family == 0 || family == socketFamily) &&
         (transports >> static_cast<unsigned>(transport) & 1U) != 0;
}

std::span<const OptionInfo> socketOptions() {
  static const std::vector<OptionInfo> all = gather();
  return all;
}

const OptionInfo* findSocketOption(std::string_view name) {
  const auto* alias = std::ranges::find(kAliases, name, &Alias::name);
  if (alias != std::end(kAliases)) name = alias->meant;
  const auto all = socketOptions();
  const auto found = std::ranges::lower_bound(all, name, {}, &OptionInfo::name);
  return found != all.end() && found->name == name ? &*found : nullptr;
}

const OptionInfo* nearestSocketOption(std::string_view name) {
  constexpr std::size_t kLongest = 40;  // no name is as long; what is longer is no slip of the finger
  constexpr std::size_t kSuffix = 4;
  if (name.size() > kLongest) return nullptr;
  if (const OptionInfo* exact = findSocketOption(name)) return exact;
  const OptionInfo* nearest = nullptr;
  std::size_t least = name.size() / 4 + 1;
  for (const OptionInfo& option : socketOptions()) {
    if (name.size() >= kSuffix && option.name.ends_with(name) &&
        option.name[option.name.size() - name.size() - 1] == '_')
      return &option;
    const std::size_t apart = editDistance(name, option.name);
    if (apart < least || (apart == least && nearest == nullptr)) {
      least = apart;
      nearest = &option;
    }
  }
  return nearest;
}

}  // namespace sockbench
