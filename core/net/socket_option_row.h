// What the six tables of socket options are written with.
#pragma once

#include <limits>
#include <span>
#include <string_view>

#include "core/net/socket_options.h"

namespace sockbench {

// Which transports an option is for (OptionInfo::transports).
constexpr std::uint8_t transportBit(Transport transport) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(transport));
}
inline constexpr std::uint8_t kTcp = transportBit(Transport::tcp);
inline constexpr std::uint8_t kUdp = transportBit(Transport::udp);
inline constexpr std::uint8_t kInternet = kTcp | kUdp;
inline constexpr std::uint8_t kUnixStream = transportBit(Transport::unixStream);
inline constexpr std::uint8_t kUnix =
    kUnixStream | transportBit(Transport::unixDatagram) | transportBit(Transport::unixSeqpacket);
inline constexpr std::uint8_t kAnyTransport = kInternet | kUnix;

struct OptionLevel {
  int level;
  std::string_view name;
  int family;
  std::uint8_t transports;
};

inline constexpr long long kIntMax = std::numeric_limits<int>::max();
inline constexpr long long kUnsignedMax = std::numeric_limits<unsigned>::max();

// A row: readable, writable, at any time, with the whole range of its kind, until told otherwise.
class OptionRow {
 public:
  constexpr OptionRow(const OptionLevel& level, std::string_view name, int number, OptionKind kind,
                      std::string_view meaning)
      : info_{name, level.level, level.name,      number, kind,   0, wholeRange(kind),
              true, true,        OptionTime::any, "",     meaning} {
    info_.family = level.family;
    info_.transports = level.transports;
  }

  constexpr OptionRow& range(long long min, long long max) {
    info_.min = min;
    info_.max = max;
    return *this;
  }
  constexpr OptionRow& unit(std::string_view unit) {
    info_.unit = unit;
    return *this;
  }
  constexpr OptionRow& named(std::span<const OptionChoice> choices) {
    info_.choices = choices;
    return *this;
  }
  constexpr OptionRow& on(std::uint8_t transports) {
    info_.transports = transports;
    return *this;
  }
  constexpr OptionRow& onIpv6() {
    info_.family = AF_INET6;
    return *this;
  }
  constexpr OptionRow& needs(std::string_view capability) {
    info_.needs = capability;
    return *this;
  }
  constexpr OptionRow& early() {
    info_.when = OptionTime::beforeBind;
    return *this;
  }
  constexpr OptionRow& readOnly() {
    info_.writable = false;
    return *this;
  }
  constexpr OptionRow& writeOnly() {
    info_.readable = false;
    return *this;
  }
  constexpr OptionRow& takenAway() {
    info_.takesAway = true;
    return *this;
  }
  constexpr OptionRow& networkOrder() {
    info_.networkOrder = true;
    return *this;
  }

  // NOLINTNEXTLINE(google-explicit-constructor): a table is a list of rows
  constexpr operator OptionInfo() const { return info_; }

 private:
  static constexpr long long wholeRange(OptionKind kind) {
    switch (kind) {
      case OptionKind::boolean:
        return 1;
      case OptionKind::integer:
      case OptionKind::linger:
        return kIntMax;
      case OptionKind::wide:
        return std::numeric_limits<long long>::max();
      case OptionKind::duration:
        return 1'000'000'000;
      default:
        return 0;
    }
  }
  OptionInfo info_;
};

// The tables, a level each.
std::span<const OptionInfo> generalOptions();  // SOL_SOCKET
std::span<const OptionInfo> unixOptions();     // SOL_SOCKET, for UNIX sockets alone
std::span<const OptionInfo> ipv4Options();
std::span<const OptionInfo> ipv6Options();
std::span<const OptionInfo> tcpOptions();
std::span<const OptionInfo> udpOptions();

// The names that several options share.
inline constexpr OptionChoice kPathMtuChoices[] = {{"dont", 0},  {"want", 1},      {"do", 2},
                                                   {"probe", 3}, {"interface", 4}, {"omit", 5}};
inline constexpr OptionChoice kProtocolChoices[] = {{"icmp", 1},    {"tcp", 6},       {"udp", 17},
                                                    {"icmpv6", 58}, {"udplite", 136}, {"mptcp", 262}};
inline constexpr OptionChoice kMinusOneIsDefault[] = {{"default", ~0ULL}};
inline constexpr OptionChoice kZeroIsDefault[] = {{"default", 0}};

}  // namespace sockbench
