// Addresses from the kernel's form to Python's.
#include <arpa/inet.h>
#include <linux/can.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/qrtr.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cstring>

#include "core/calls/python/address.h"

namespace sockbench {
namespace {

CallValue number(std::uint64_t value) {
  constexpr std::uint64_t kMost = INT64_MAX;
  if (value > kMost) return HugeInteger{std::to_string(value)};
  return static_cast<std::int64_t>(value);
}

// What the kernel gave, the rest zero.
template <class Family>
Family as(const SocketAddress& address) {
  Family family{};
  std::memcpy(&family, address.data(), std::min<std::size_t>(sizeof family, address.length()));
  return family;
}

std::string interfaceOf(PythonCall& call, int index) {
  if (index == 0) return {};
  ifreq request{};
  request.ifr_ifindex = index;
  const int descriptor = call.descriptor();
  const auto ask = [&] { return ioctl(descriptor, SIOCGIFNAME, &request); };
  if (witnessed("ioctl(SIOCGIFNAME)", ask) != 0) return {};
  return {request.ifr_name, strnlen(request.ifr_name, sizeof request.ifr_name)};
}

CallValue packetValue(PythonCall& call, const SocketAddress& raw) {
  const auto address = as<sockaddr_ll>(raw);
  const std::size_t length = std::min<std::size_t>(address.sll_halen, sizeof address.sll_addr);
  const auto* hardware = reinterpret_cast<const std::byte*>(address.sll_addr);
  return CallTuple{{textFromBytes(interfaceOf(call, address.sll_ifindex)), int{ntohs(address.sll_protocol)},
                    int{address.sll_pkttype}, int{address.sll_hatype}, Bytes(hardware, hardware + length)}};
}

CallValue canValue(PythonCall& call, const SocketAddress& raw) {
  const auto address = as<sockaddr_can>(raw);
  const CallValue interface = textFromBytes(interfaceOf(call, address.can_ifindex));
  switch (call.socket().protocol()) {
    case CAN_ISOTP:
      return CallTuple{{interface, number(address.can_addr.tp.rx_id), number(address.can_addr.tp.tx_id)}};
    case CAN_J1939:
      return CallTuple{{interface, number(address.can_addr.j1939.name), number(address.can_addr.j1939.pgn),
                        int{address.can_addr.j1939.addr}}};
    default:
      return CallTuple{{interface}};
  }
}

CallValue tipcValue(const SocketAddress& raw) {
  const auto address = as<sockaddr_tipc>(raw);
  const auto& at = address.addr;
  const auto value = [&](std::uint32_t first, std::uint32_t second, std::uint32_t third) {
    return CallTuple{
        {int{address.addrtype}, number(first), number(second), number(third), int{address.scope}}};
  };
  switch (address.addrtype) {
    case TIPC_ADDR_NAMESEQ:
      return value(at.nameseq.type, at.nameseq.lower, at.nameseq.upper);
    case TIPC_ADDR_NAME:
      return value(at.name.name.type, at.name.name.instance, at.name.name.instance);
    case TIPC_ADDR_ID:
      return value(at.id.node, at.id.ref, 0);
    default:
      raiseValue("Invalid address type");
  }
}

template <std::size_t size>
CallValue fieldText(const unsigned char (&field)[size]) {
  const auto* text = reinterpret_cast<const char*>(field);
  return textFromBytes({text, strnlen(text, size)});
}

CallValue algValue(const SocketAddress& raw) {
  const auto address = as<sockaddr_alg>(raw);
  return CallTuple{{fieldText(address.salg_type), fieldText(address.salg_name), number(address.salg_feat),
                    number(address.salg_mask)}};
}

CallValue unixValue(const SocketAddress& address) {
  const std::string path = address.unixPath();
  if (path.starts_with('\0')) return toBytes(path);
  return textFromBytes(path);
}

CallValue ipText(const SocketAddress& address) {
  const ByteView bytes = address.ipBytes();
  char text[INET6_ADDRSTRLEN]{};
  return inet_ntop(address.family(), bytes.data(), text, sizeof text) == nullptr ? "" : text;
}

CallValue unknownValue(const SocketAddress& raw) {
  const auto address = as<sockaddr>(raw);
  const auto* data = reinterpret_cast<const std::byte*>(address.sa_data);
  return CallTuple{{int{address.sa_family}, Bytes(data, data + sizeof address.sa_data)}};
}

template <class First, class Second>
CallValue pairValue(First first, Second second) {
  return CallTuple{{number(first), number(second)}};
}

}  // namespace

CallValue plainAddressValue(const SocketAddress& address) {
  if (address.empty()) return {};
  switch (address.family()) {
    case AF_INET:
      return CallTuple{{ipText(address), int{address.port()}}};
    case AF_INET6:
      return CallTuple{
          {ipText(address), int{address.port()}, number(address.flowInfo()), number(address.scopeId())}};
    case AF_UNIX:
      return unixValue(address);
    default:
      return unknownValue(address);
  }
}

CallValue addressValue(PythonCall& call, const SocketAddress& address) {
  switch (address.family()) {
    case AF_NETLINK: {
      const auto netlink = as<sockaddr_nl>(address);
      return pairValue(netlink.nl_pid, netlink.nl_groups);
    }
    case AF_VSOCK: {
      const auto vsock = as<sockaddr_vm>(address);
      return pairValue(vsock.svm_cid, vsock.svm_port);
    }
    case AF_QIPCRTR: {
      const auto router = as<sockaddr_qrtr>(address);
      return pairValue(router.sq_node, router.sq_port);
    }
    case AF_PACKET:
      return packetValue(call, address);
    case AF_CAN:
      return canValue(call, address);
    case AF_TIPC:
      return tipcValue(address);
    case AF_ALG:
      return algValue(address);
    default:
      return plainAddressValue(address);
  }
}

}  // namespace sockbench
