// Checksums, CRCs and digests by name. Thread: any.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench {

// A CRC as the RevEng catalogue describes it; the widths are 3 to 64 bits. The polynomial and the initial
// value stand as if nothing were reflected.
struct CrcParameters {
  unsigned width = 32;
  std::uint64_t poly = 0;
  std::uint64_t init = 0;
  bool refin = false;
  bool refout = false;
  std::uint64_t xorout = 0;
  bool operator==(const CrcParameters&) const = default;
};

struct ChecksumInfo {
  std::string_view name;                      // "CRC-16/MODBUS", "SHA-256", "SUM-8"
  std::span<const std::string_view> aliases;  // "MODBUS", "CRC-32C", ...
  unsigned bits = 0;
  std::string_view check;  // hex of the sum of "123456789"
  std::optional<CrcParameters> crc;
};

// All of them: sums, CRCs, digests, in the order in which they are offered.
std::span<const ChecksumInfo> checksums();
// By name or alias, without regard to case, '-', '_', '/' and spaces; nullptr: unknown.
const ChecksumInfo* findChecksum(std::string_view name);

// Takes bytes piece by piece.
class Checksum {
 public:
  virtual ~Checksum() = default;
  virtual void update(ByteView bytes) = 0;
  // Most significant byte first, (bits + 7) / 8 bytes; may be asked at any time. Empty: a digest that this
  // machine's libcrypto does not do.
  virtual Bytes value() const = 0;
};

// nullptr: `info` is none of checksums().
std::unique_ptr<Checksum> makeChecksum(const ChecksumInfo& info);
// Errors: badSyntax for a width outside 3..64 or values that do not fit it.
Result<std::unique_ptr<Checksum>> makeCrc(const CrcParameters& parameters);
Bytes checksumOf(const ChecksumInfo& info, ByteView bytes);

}  // namespace sockbench
