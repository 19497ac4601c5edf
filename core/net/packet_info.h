// PacketInfo: to which address of ours, and over which interface, a datagram came (ip(7): IP_PKTINFO;
// ipv6(7): IPV6_RECVPKTINFO). The same value makes an answer leave from that very address.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/net/socket_address.h"

namespace sockbench {

// Small and cheap to compare, since every datagram brings one. Thread: any.
class PacketInfo {
 public:
  PacketInfo() = default;  // nothing is known

  // Takes what a control message of recvmsg(2) tells; false: it is about something else. A socket of [::]
  // that hears IPv4 brings both kinds for one datagram, in either order.
  bool take(const cmsghdr& message);
  // Where an answer comes from, as a control message for sendmsg(2) in `into`, which must have kControlBytes
  // and be aligned as a cmsghdr. Answers its length, 0: nothing is known.
  std::size_t write(std::byte* into) const;
  static constexpr std::size_t kControlBytes = 40;  // CMSG_SPACE(sizeof(in6_pktinfo))

  // The destination that the datagram bore, which may be a multicast or broadcast address; with `port`, which
  // it does not tell. Empty: not known.
  SocketAddress destination(std::uint16_t port) const;
  std::uint32_t interface() const { return interface_; }  // its index; 0: not known
  bool empty() const { return family_ == AF_UNSPEC; }

  bool operator==(const PacketInfo&) const = default;

 private:
  using Raw = std::array<std::byte, 16>;  // in network order; of IPv4 the first four

  int family_ = AF_UNSPEC;
  std::uint32_t interface_ = 0;
  Raw destination_{};
  Raw source_{};  // of an answer; all zero: the kernel chooses
};

}  // namespace sockbench
