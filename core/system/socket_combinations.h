// The kinds of socket that a socket(2) can be asked for: family by type by protocol, as a table. It also
// holds the pairs that no Linux has, so that they can be tried and named. Thread: any.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sockbench {

// One line of the table: a protocol of a family, and the types that it goes with on some Linux.
struct SocketProtocol {
  int family = 0;            // AF_*
  int number = 0;            // as socket(2) takes it: of AF_PACKET in network byte order
  std::string_view name;     // "IPPROTO_TCP", "CAN_RAW", "NETLINK_ROUTE", "ETH_P_ALL"; "0": the type's own
  std::uint32_t types = 0;   // a bit for each: 1 << SOCK_*
  std::string_view module;   // of the kernel ("can_raw"); the family's has its own line
  std::string_view config;   // what the kernel must be built with: "CONFIG_CAN_RAW"; empty: always there
  std::string_view purpose;  // a few words, English
};

struct SocketFamily {
  int number = 0;
  std::string_view name;    // "AF_CAN"
  std::string_view module;  // "can"; empty: always there
  std::string_view config;
  std::string_view page;  // "can(7)", or the kernel's own documentation
};

// What socket(2) alone does not prove.
enum class FurtherTrial : std::uint8_t {
  none,
  bindLoopback,   // AF_VSOCK: bind to VMADDR_CID_LOCAL, which takes a transport
  bindAlgorithm,  // AF_ALG: bind to `algorithm`, which takes its module
};

struct SocketCombination {
  const SocketFamily* family;
  int type = 0;  // SOCK_*
  const SocketProtocol* protocol;
  bool exists = false;  // on some Linux
  FurtherTrial trial = FurtherTrial::none;
  std::string_view algorithmType = {};  // "hash", "skcipher", ... and a name of /proc/crypto
  std::string_view algorithm = {};

  std::string purpose() const;       // a few words, English
  std::string protocolText() const;  // the protocol's name; of a further trial what is bound: "hash sha256"
};

std::span<const SocketFamily> socketFamilies();
std::span<const SocketProtocol> socketProtocols();
// Each family by each type by each of its protocols, in the table's order; further trials behind their
// family.
std::vector<SocketCombination> socketCombinations();

std::string_view socketTypeConstant(int type);  // "SOCK_STREAM"; "" if unknown

}  // namespace sockbench
