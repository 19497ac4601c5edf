// Addresses below and beside the Internet, from Python's form to the kernel's.
#include <linux/can.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/qrtr.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>

#include "core/calls/python/address_source.h"

namespace sockbench {
namespace {

constexpr int kMostProtocol = 65535;

// The items that were left out are 0.
int integerOr0(const AddressSource& source, const std::vector<CallValue>& items, std::size_t i) {
  return i < items.size() ? source.integer(items[i]) : 0;
}

template <std::size_t size>
void fillText(unsigned char (&field)[size], const std::string& text, const char* tooLong,
              std::size_t argument) {
  if (text.size() >= size) raiseValue(tooLong, argument);
  std::memcpy(field, text.data(), text.size());
}

int canInterface(const AddressSource& source, const CallValue& item) {
  const std::string name = pathText(item, source.argument);
  if (name.empty()) return 0;  // all of them
  if (name.size() >= IFNAMSIZ) raiseOs("AF_CAN interface name too long", source.argument);
  return source.interfaceIndex(name);
}

}  // namespace

SocketAddress readPacketAddress(const AddressSource& source) {
  const auto& items = source.items("AF_PACKET", 2, 5, "a tuple of two to five elements");
  const CallValue& nameItem = items[0];
  if (nameItem.as<std::string>() == nullptr)
    raiseType("AF_PACKET address must be a tuple of two to five elements", source.argument);
  const std::string name = plainText(nameItem, source.argument);
  const int protocol = source.integer(items[1]);
  const int packetType = integerOr0(source, items, 2);
  const int hardwareType = integerOr0(source, items, 3);
  const ByteView hardware = items.size() > 4 ? bytesLike(items[4], source.argument) : ByteView();
  const int index = source.interfaceIndex(name);
  sockaddr_ll address{};
  if (hardware.size() > sizeof address.sll_addr)
    raiseValue("Hardware address must be 8 bytes or less", source.argument);
  if (protocol < 0 || protocol > kMostProtocol) source.outOfRange("proto must be 0-65535.");
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(static_cast<std::uint16_t>(protocol));
  address.sll_ifindex = index;
  address.sll_pkttype = static_cast<unsigned char>(packetType);
  address.sll_hatype = static_cast<unsigned short>(hardwareType);
  std::ranges::copy(hardware, reinterpret_cast<std::byte*>(address.sll_addr));
  address.sll_halen = static_cast<unsigned char>(hardware.size());
  return rawAddress(address);
}

SocketAddress readCanAddress(const AddressSource& source) {
  sockaddr_can address{};
  address.can_family = AF_CAN;
  switch (source.call.socket().protocol()) {
    case CAN_RAW:
    case CAN_BCM:
      address.can_ifindex =
          canInterface(source, source.items("AF_CAN", 1, 1, "a tuple (interface, )").front());
      return rawAddress(address);
    case CAN_ISOTP: {
      const auto& items = source.items("AF_CAN", 3, 3, "a tuple (interface, rx_addr, tx_addr)");
      address.can_ifindex = canInterface(source, items[0]);
      address.can_addr.tp.rx_id = source.unsigned32(items[1]);
      address.can_addr.tp.tx_id = source.unsigned32(items[2]);
      return rawAddress(address);
    }
    case CAN_J1939: {
      const auto& items = source.items("AF_CAN", 4, 4, "a tuple (interface, name, pgn, addr)");
      address.can_ifindex = canInterface(source, items[0]);
      address.can_addr.j1939.name = cBits(items[1], source.argument);
      address.can_addr.j1939.pgn = source.unsigned32(items[2]);
      address.can_addr.j1939.addr = static_cast<std::uint8_t>(cBits(items[3], source.argument));
      return rawAddress(address);
    }
    default:
      raiseOs(source.call.name() + "(): unsupported CAN protocol", source.argument);
  }
}

SocketAddress readVsockAddress(const AddressSource& source) {
  const auto& items = source.items("AF_VSOCK", 2, 2, "a pair (cid, port)");
  sockaddr_vm address{};
  address.svm_family = AF_VSOCK;
  address.svm_cid = source.unsigned32(items[0]);
  address.svm_port = source.unsigned32(items[1]);
  return rawAddress(address);
}

SocketAddress readQipcrtrAddress(const AddressSource& source) {
  const auto& items = source.items("AF_QIPCRTR", 2, 2, "a pair (node, port)");
  sockaddr_qrtr address{};
  address.sq_family = AF_QIPCRTR;
  address.sq_node = source.unsigned32(items[0]);
  address.sq_port = source.unsigned32(items[1]);
  return rawAddress(address);
}

SocketAddress readTipcAddress(const AddressSource& source) {
  const auto& items = source.items("AF_TIPC", 4, 5, "a tuple (addr_type, v1, v2, v3[, scope])");
  sockaddr_tipc address{};
  address.family = AF_TIPC;
  const std::uint32_t kind = source.unsigned32(items[0]);
  const std::uint32_t first = source.unsigned32(items[1]);
  const std::uint32_t second = source.unsigned32(items[2]);
  const std::uint32_t third = source.unsigned32(items[3]);
  const std::uint32_t scope =
      items.size() > 4 ? source.unsigned32(items[4]) : std::uint32_t{TIPC_CLUSTER_SCOPE};
  address.scope = static_cast<signed char>(scope);
  address.addrtype = static_cast<unsigned char>(kind);
  switch (kind) {
    case TIPC_ADDR_NAMESEQ:
      address.addr.nameseq = {first, second, third};
      break;
    case TIPC_ADDR_NAME:
      address.addr.name.name = {first, second};
      break;
    case TIPC_ADDR_ID:
      address.addr.id.node = first;
      address.addr.id.ref = second;
      break;
    default:
      raiseType("Invalid address type", source.argument);
  }
  return rawAddress(address);
}

SocketAddress readAlgAddress(const AddressSource& source) {
  const auto& items = source.items("AF_ALG", 2, 4, "a tuple (type, name [feat [, mask]])");
  const std::string type = plainText(items[0], source.argument);
  const std::string name = plainText(items[1], source.argument);
  sockaddr_alg address{};
  address.salg_family = AF_ALG;
  address.salg_feat = items.size() > 2 ? source.unsigned32(items[2]) & 0xFFFFU : 0;
  address.salg_mask = items.size() > 3 ? source.unsigned32(items[3]) & 0xFFFFU : 0;
  fillText(address.salg_type, type, "AF_ALG type too long.", source.argument);
  fillText(address.salg_name, name, "AF_ALG name too long.", source.argument);
  return rawAddress(address);
}

}  // namespace sockbench
