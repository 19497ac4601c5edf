// SocketAddress: where a socket is, of any family, exactly as the kernel takes and gives it.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench {

// A value of at most sizeof(sockaddr_storage) bytes. Copying is cheap. Thread: any.
class SocketAddress {
 public:
  SocketAddress() = default;  // empty: family AF_UNSPEC, length 0 (an unnamed or unknown address)

  // The address that the kernel gave; `length` as it returned it (may be 0; cut to the storage's size).
  static SocketAddress fromRaw(const sockaddr* address, socklen_t length);

  // IPv4 or IPv6 from text, strictly as inet_pton reads it, with an optional %zone on IPv6 (an interface's
  // name or number; a zone that names no interface is InputFault::badZone). Brackets are not taken.
  static Result<SocketAddress> fromIp(std::string_view text, std::uint16_t port, std::uint32_t flowInfo = 0);
  static SocketAddress fromIpv4(std::uint32_t hostOrder, std::uint16_t port);

  // "127.0.0.1:80", "[::1%lo]:80", "unix:/path", "unix:@abstract": what text() prints. InputFault::bad*.
  static Result<SocketAddress> fromText(std::string_view text);

  // AF_UNIX. A leading NUL byte means the abstract namespace. At most 107 bytes for a path, 108 in all for an
  // abstract name (unix(7)); longer: InputFault::pathTooLong. Empty: the unnamed address (bind autobinds it).
  static Result<SocketAddress> fromUnixPath(std::string_view path);

  const sockaddr* data() const { return reinterpret_cast<const sockaddr*>(&storage_); }
  socklen_t length() const { return length_; }
  int family() const { return length_ == 0 ? AF_UNSPEC : storage_.ss_family; }
  bool empty() const { return length_ == 0; }
  bool isIp() const { return family() == AF_INET || family() == AF_INET6; }
  bool isUnix() const { return family() == AF_UNIX; }
  bool isLoopback() const;  // 127/8, ::1, ::ffff:127/104, every AF_UNIX address
  bool isWildcard() const;  // 0.0.0.0 or ::
  bool isV4Mapped() const;  // ::ffff:0:0/96
  bool isUnnamed() const;   // empty, or AF_UNIX without a name

  std::uint16_t port() const;      // host order; 0 for families without ports
  std::uint32_t flowInfo() const;  // host order, IPv6; else 0
  std::uint32_t scopeId() const;   // IPv6 interface index; else 0
  std::string unixPath() const;    // raw bytes; a leading NUL for the abstract namespace; else ""
  std::string ip() const;          // "127.0.0.1", "fe80::1%eth0" (RFC 5952); "" for other families
  ByteView ipBytes() const;        // 4 or 16 bytes in network order, inside this object; else empty

  SocketAddress withPort(std::uint16_t port) const;  // the same address; unchanged where there are no ports

  // "127.0.0.1:80", "[fe80::1%eth0]:80", "unix:/tmp/x", "unix:@name", "unix:" (unnamed AF_UNIX), "" (empty).
  // Bytes of a path that are not printable UTF-8 stand as \xHH.
  std::string text() const;

  bool operator==(const SocketAddress& other) const;
  std::size_t hash() const;

 private:
  sockaddr_storage storage_{};
  socklen_t length_ = 0;
};

}  // namespace sockbench

template <>
struct std::hash<sockbench::SocketAddress> {
  std::size_t operator()(const sockbench::SocketAddress& a) const noexcept { return a.hash(); }
};
