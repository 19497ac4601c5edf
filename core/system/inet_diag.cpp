#include "core/system/inet_diag.h"

#include <libmnl/libmnl.h>
#include <netinet/in.h>

#include <cstring>
#include <optional>

namespace sockbench {
namespace {

std::uint8_t ipProtocol(SocketKind kind) {
  switch (kind) {
    case SocketKind::udp:
      return IPPROTO_UDP;
    case SocketKind::udpLite:
      return IPPROTO_UDPLITE;
    case SocketKind::raw:
      return IPPROTO_RAW;
    default:
      return IPPROTO_TCP;
  }
}

SocketAddress toAddress(int family, const std::uint32_t* ip, std::uint16_t port, std::uint32_t interface) {
  if (family == AF_INET) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = port;
    address.sin_addr.s_addr = *ip;
    return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = port;
  std::memcpy(&address.sin6_addr, ip, sizeof address.sin6_addr);
  const bool hasZone =
      IN6_IS_ADDR_LINKLOCAL(&address.sin6_addr) || IN6_IS_ADDR_MC_LINKLOCAL(&address.sin6_addr);
  if (hasZone) address.sin6_scope_id = interface;
  return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

std::optional<bool> isV6Only(const nlmsghdr& answer) {
  std::optional<bool> only;
  forEachAttribute(answer, sizeof(inet_diag_msg), [&](const nlattr* attribute) {
    if (mnl_attr_get_type(attribute) == INET_DIAG_SKV6ONLY && mnl_attr_get_payload_len(attribute) >= 1)
      only = mnl_attr_get_u8(attribute) != 0;
  });
  return only;
}

// What has no inode belongs to the kernel alone, which then gives user 0 for everybody's.
void addRow(SocketKind kind, const nlmsghdr& answer, std::vector<SocketRow>& rows) {
  if (mnl_nlmsg_get_payload_len(&answer) < sizeof(inet_diag_msg)) return;
  const auto& message = *static_cast<const inet_diag_msg*>(mnl_nlmsg_get_payload(&answer));
  if (message.idiag_family != AF_INET && message.idiag_family != AF_INET6) return;
  SocketRow& row = rows.emplace_back();
  row.kind = kind;
  row.state = message.idiag_state;
  row.family = message.idiag_family;
  row.cookie = (std::uint64_t{message.id.idiag_cookie[1]} << 32) | message.id.idiag_cookie[0];
  row.inode = message.idiag_inode;
  row.local = toAddress(row.family, message.id.idiag_src, message.id.idiag_sport, message.id.idiag_if);
  row.peer = toAddress(row.family, message.id.idiag_dst, message.id.idiag_dport, message.id.idiag_if);
  row.recvQueue = message.idiag_rqueue;
  row.sendQueue = message.idiag_wqueue;
  if (row.inode != 0) row.uid = message.idiag_uid;
  row.interface = message.id.idiag_if;
  if (row.family == AF_INET6) row.v6Only = isV6Only(answer);
}

}  // namespace

std::string inetSubject(SocketKind kind, int family) {
  return std::string(socketProtocolName(kind)) + (family == AF_INET6 ? " over IPv6" : " over IPv4");
}

inet_diag_req_v2 inetRequest(SocketKind kind, int family, std::uint32_t states) {
  inet_diag_req_v2 request{};
  request.sdiag_family = static_cast<std::uint8_t>(family);
  request.sdiag_protocol = ipProtocol(kind);
  request.idiag_states = states;
  return request;
}

Result<void> dumpInet(SockDiag& diag, SocketKind kind, int family, std::uint32_t states,
                      std::vector<SocketRow>& rows) {
  const inet_diag_req_v2 request = inetRequest(kind, family, states);
  const std::size_t before = rows.size();
  return diag.dump(
      std::as_bytes(std::span(&request, 1)), inetSubject(kind, family), [&] { rows.resize(before); },
      [&](const nlmsghdr& answer) { addRow(kind, answer, rows); });
}

}  // namespace sockbench
