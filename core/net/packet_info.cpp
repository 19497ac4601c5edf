#include "core/net/packet_info.h"

#include <netinet/in.h>

#include <algorithm>
#include <cstring>

namespace sockbench {
namespace {

template <class T>
T dataOf(const cmsghdr& message) {
  T value{};
  std::memcpy(&value, CMSG_DATA(&message), sizeof value);
  return value;
}

template <class T>
bool holds(const cmsghdr& message, int level, int type) {
  return message.cmsg_level == level && message.cmsg_type == type && message.cmsg_len >= CMSG_LEN(sizeof(T));
}

template <class Address, std::size_t size>
void store(std::array<std::byte, size>& into, const Address& address, std::size_t offset = 0) {
  std::memcpy(into.data() + offset, &address, sizeof address);
}

template <class Info>
std::size_t put(std::byte* into, int level, int type, const Info& info) {
  static_assert(CMSG_SPACE(sizeof(Info)) <= PacketInfo::kControlBytes);
  std::memset(into, 0, CMSG_SPACE(sizeof info));
  auto* message = reinterpret_cast<cmsghdr*>(into);
  message->cmsg_len = CMSG_LEN(sizeof info);
  message->cmsg_level = level;
  message->cmsg_type = type;
  std::memcpy(CMSG_DATA(message), &info, sizeof info);
  return CMSG_SPACE(sizeof info);
}

}  // namespace

bool PacketInfo::take(const cmsghdr& message) {
  if (holds<in_pktinfo>(message, IPPROTO_IP, IP_PKTINFO)) {
    const auto info = dataOf<in_pktinfo>(message);
    interface_ = static_cast<std::uint32_t>(info.ipi_ifindex);
    // On an IPv6 socket it comes beside the other kind, and only adds which unicast address is meant.
    const bool mapped = family_ == AF_INET6;
    if (mapped) {
      source_ = destination_;
      store(source_, info.ipi_spec_dst, 12);
    } else {
      family_ = AF_INET;
      store(destination_, info.ipi_addr);
      store(source_, info.ipi_spec_dst);
    }
    return true;
  }
  if (holds<in6_pktinfo>(message, IPPROTO_IPV6, IPV6_PKTINFO)) {
    const auto info = dataOf<in6_pktinfo>(message);
    const Raw unicast = source_;
    const bool mapped = family_ == AF_INET;
    family_ = AF_INET6;
    interface_ = info.ipi6_ifindex;
    store(destination_, info.ipi6_addr);
    source_ = IN6_IS_ADDR_MULTICAST(&info.ipi6_addr) ? Raw{} : destination_;
    if (mapped) std::copy_n(unicast.begin(), 4, source_.begin() + 12);
    return true;
  }
  return false;
}

std::size_t PacketInfo::write(std::byte* into) const {
  if (family_ == AF_INET) {
    in_pktinfo info{};
    std::memcpy(&info.ipi_spec_dst, source_.data(), sizeof info.ipi_spec_dst);
    return put(into, IPPROTO_IP, IP_PKTINFO, info);
  }
  if (family_ != AF_INET6) return 0;
  in6_pktinfo info{};
  std::memcpy(&info.ipi6_addr, source_.data(), sizeof info.ipi6_addr);
  // A link-local address means nothing without its link.
  if (IN6_IS_ADDR_LINKLOCAL(&info.ipi6_addr)) info.ipi6_ifindex = interface_;
  return put(into, IPPROTO_IPV6, IPV6_PKTINFO, info);
}

SocketAddress PacketInfo::destination(std::uint16_t port) const {
  if (family_ == AF_INET) {
    in_addr address{};
    std::memcpy(&address, destination_.data(), sizeof address);
    return SocketAddress::fromIpv4(ntohl(address.s_addr), port);
  }
  if (family_ != AF_INET6) return {};
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  std::memcpy(&address.sin6_addr, destination_.data(), sizeof address.sin6_addr);
  if (IN6_IS_ADDR_LINKLOCAL(&address.sin6_addr)) address.sin6_scope_id = interface_;
  return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

}  // namespace sockbench
