#include "core/net/socket_address.h"

#include <netinet/in.h>
#include <sys/un.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace sockbench {
namespace {

constexpr std::size_t kPathOffset = offsetof(sockaddr_un, sun_path);

template <class Family>
const Family* as(const SocketAddress& address, int family) {
  const bool whole = address.family() == family && address.length() >= sizeof(Family);
  return whole ? reinterpret_cast<const Family*>(address.data()) : nullptr;
}

const sockaddr_in* asIpv4(const SocketAddress& a) {
  return as<sockaddr_in>(a, AF_INET);
}
const sockaddr_in6* asIpv6(const SocketAddress& a) {
  return as<sockaddr_in6>(a, AF_INET6);
}

}  // namespace

SocketAddress SocketAddress::fromRaw(const sockaddr* address, socklen_t length) {
  SocketAddress result;
  result.length_ = std::min<socklen_t>(length, sizeof result.storage_);
  if (result.length_ < sizeof(sa_family_t)) result.length_ = 0;
  if (result.length_ > 0) std::memcpy(&result.storage_, address, result.length_);
  // Padding says nothing, and equal addresses shall have equal bytes.
  if (asIpv4(result) != nullptr) {
    std::memset(reinterpret_cast<sockaddr_in*>(&result.storage_)->sin_zero, 0, sizeof(sockaddr_in::sin_zero));
  }
  return result;
}

SocketAddress SocketAddress::fromIpv4(std::uint32_t hostOrder, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(hostOrder);
  return fromRaw(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

Result<SocketAddress> SocketAddress::fromUnixPath(std::string_view path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const bool abstract = path.starts_with('\0');
  const std::size_t most = abstract ? sizeof address.sun_path : sizeof address.sun_path - 1;
  if (path.size() > most) {
    return std::unexpected(Error::fromInput(
        InputFault::pathTooLong, std::string(path), TextSpan{0, path.size()},
        "the path has " + std::to_string(path.size()) + " bytes; at most " + std::to_string(most) + " fit"));
  }
  if (const std::size_t nul = path.find('\0'); !abstract && nul != std::string_view::npos) {
    return std::unexpected(Error::fromInput(InputFault::badPath, std::string(path), TextSpan{nul, 1},
                                            "a file's path cannot hold a NUL byte"));
  }
  if (!path.empty()) std::memcpy(address.sun_path, path.data(), path.size());
  const std::size_t terminator = abstract || path.empty() ? 0 : 1;
  return fromRaw(reinterpret_cast<const sockaddr*>(&address),
                 static_cast<socklen_t>(kPathOffset + path.size() + terminator));
}

bool SocketAddress::isLoopback() const {
  if (isUnix()) return true;
  const ByteView bytes = ipBytes();
  if (bytes.size() == 4) return bytes[0] == std::byte{127};
  if (bytes.size() != 16) return false;
  return isV4Mapped() ? bytes[12] == std::byte{127} : IN6_IS_ADDR_LOOPBACK(&asIpv6(*this)->sin6_addr);
}

bool SocketAddress::isWildcard() const {
  const ByteView bytes = ipBytes();
  return !bytes.empty() && std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{0}; });
}

bool SocketAddress::isV4Mapped() const {
  const sockaddr_in6* ipv6 = asIpv6(*this);
  return ipv6 != nullptr && IN6_IS_ADDR_V4MAPPED(&ipv6->sin6_addr);
}

bool SocketAddress::isUnnamed() const {
  return empty() || (isUnix() && length_ <= kPathOffset);
}

std::uint16_t SocketAddress::port() const {
  if (const sockaddr_in* ipv4 = asIpv4(*this)) return ntohs(ipv4->sin_port);
  if (const sockaddr_in6* ipv6 = asIpv6(*this)) return ntohs(ipv6->sin6_port);
  return 0;
}

std::uint32_t SocketAddress::flowInfo() const {
  const sockaddr_in6* ipv6 = asIpv6(*this);
  return ipv6 != nullptr ? ntohl(ipv6->sin6_flowinfo) : 0;
}

std::uint32_t SocketAddress::scopeId() const {
  const sockaddr_in6* ipv6 = asIpv6(*this);
  return ipv6 != nullptr ? ipv6->sin6_scope_id : 0;
}

std::string SocketAddress::unixPath() const {
  if (!isUnix() || isUnnamed()) return {};
  const char* path = reinterpret_cast<const char*>(&storage_) + kPathOffset;
  const std::size_t length = length_ - kPathOffset;
  return path[0] == '\0' ? std::string(path, length) : std::string(path, strnlen(path, length));
}

ByteView SocketAddress::ipBytes() const {
  if (const sockaddr_in* ipv4 = asIpv4(*this)) return std::as_bytes(std::span(&ipv4->sin_addr, 1));
  if (const sockaddr_in6* ipv6 = asIpv6(*this)) return std::as_bytes(std::span(&ipv6->sin6_addr, 1));
  return {};
}

SocketAddress SocketAddress::withPort(std::uint16_t port) const {
  SocketAddress copy = *this;
  if (asIpv4(copy) != nullptr) reinterpret_cast<sockaddr_in*>(&copy.storage_)->sin_port = htons(port);
  if (asIpv6(copy) != nullptr) reinterpret_cast<sockaddr_in6*>(&copy.storage_)->sin6_port = htons(port);
  return copy;
}

bool SocketAddress::operator==(const SocketAddress& other) const {
  if (isUnix() && other.isUnix()) return unixPath() == other.unixPath();
  return length_ == other.length_ && std::memcmp(&storage_, &other.storage_, length_) == 0;
}

std::size_t SocketAddress::hash() const {
  if (isUnix()) return std::hash<std::string>()(unixPath());
  return std::hash<std::string_view>()({reinterpret_cast<const char*>(&storage_), length_});
}

}  // namespace sockbench
