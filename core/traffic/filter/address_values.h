// Addresses of a filter: an IP address or network, with or without a port, or the path of a UNIX socket.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "core/net/socket_address.h"
#include "core/traffic/filter/filter_operand.h"

namespace sockbench {

// An IPv4 address that is mapped into IPv6 (::ffff:127.0.0.1) is that IPv4 address, here and in rows.
class AddressPattern {
 public:
  // "10.0.0.0/8", "127.0.0.1", "127.0.0.1:80", "::1", "[::1]", "[::1]:80", "fe80::1%eth0", "/run/x",
  // "@abstract", "unix:x"; in quotes anything else is a path, too.
  static Result<AddressPattern> parse(const FilterOperand& operand);

  bool matches(const SocketAddress& address) const;

 private:
  static Result<AddressPattern> ofPath(const FilterOperand& operand, const std::string& text);
  static Result<AddressPattern> ofNetwork(const FilterOperand& operand, const std::string& text);
  static Result<AddressPattern> ofIp(const FilterOperand& operand, const std::string& text,
                                     std::optional<std::uint16_t> port);
  static Result<AddressPattern> ofIpAndPort(const FilterOperand& operand, const std::string& text,
                                            std::size_t ipEnd);

  bool isUnix_ = false;
  std::string path_;  // raw bytes
  std::array<std::byte, 16> ip_{};
  std::size_t length_ = 0;  // of it: 4 or 16
  unsigned bits_ = 0;       // of it that are compared
  std::uint32_t zone_ = 0;  // 0: any
  std::optional<std::uint16_t> port_;
};

}  // namespace sockbench
