#include <array>
#include <bit>
#include <cstring>

#include "core/payload/checksum/checksum.h"

namespace sockbench {
namespace {

constexpr unsigned kLeastWidth = 3;
constexpr unsigned kMostWidth = 64;
constexpr std::size_t kBlock = 8;

std::uint64_t reversed(std::uint64_t value, unsigned width) {
  std::uint64_t result = 0;
  for (unsigned bit = 0; bit < width; ++bit) result |= (value >> bit & 1) << (width - 1 - bit);
  return result;
}

std::uint64_t widest(unsigned width) {
  return width == kMostWidth ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}

// tables[n][byte]: what a byte does to the register when n more bytes have gone through it, so that eight
// bytes are taken in one step.
using Tables = std::array<std::array<std::uint64_t, 256>, kBlock>;

// One register for all widths: reflected CRCs shift right and stand at its low end, the others shift left and
// stand at its high end.
template <bool isReflected>
class CrcChecksum final : public Checksum {
 public:
  explicit CrcChecksum(const CrcParameters& crc)
      : crc_(crc), tables_(makeTables(placed(crc.poly))), register_(placed(crc.init)) {}

  void update(ByteView bytes) override {
    std::uint64_t value = register_;
    for (; bytes.size() >= kBlock; bytes = bytes.subspan(kBlock)) value = block(value, bytes);
    for (const std::byte byte : bytes) value = next(tables_[0], value, std::to_integer<std::uint64_t>(byte));
    register_ = value;
  }

  Bytes value() const override {
    std::uint64_t value = isReflected ? register_ : register_ >> (kMostWidth - crc_.width);
    if (crc_.refin != crc_.refout) value = reversed(value, crc_.width);
    value ^= crc_.xorout;
    Bytes bytes((crc_.width + 7) / 8);
    for (std::size_t i = bytes.size(); i-- > 0; value >>= 8) bytes[i] = static_cast<std::byte>(value & 0xFF);
    return bytes;
  }

 private:
  std::uint64_t placed(std::uint64_t value) const {
    return isReflected ? reversed(value, crc_.width) : value << (kMostWidth - crc_.width);
  }

  static std::uint64_t next(const std::array<std::uint64_t, 256>& table, std::uint64_t value,
                            std::uint64_t byte) {
    if constexpr (isReflected) return value >> 8 ^ table[(value ^ byte) & 0xFF];
    return value << 8 ^ table[value >> 56 ^ byte];
  }

  std::uint64_t block(std::uint64_t value, ByteView bytes) const {
    std::uint64_t loaded = 0;
    std::memcpy(&loaded, bytes.data(), kBlock);
    // The first byte goes to the end of the register that is shifted out.
    constexpr auto kOrder = isReflected ? std::endian::little : std::endian::big;
    if constexpr (std::endian::native != kOrder) loaded = std::byteswap(loaded);
    loaded ^= value;
    value = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
      const std::size_t shift = isReflected ? 8 * i : 56 - 8 * i;
      value ^= tables_[kBlock - 1 - i][loaded >> shift & 0xFF];
    }
    return value;
  }

  static Tables makeTables(std::uint64_t poly) {
    Tables tables{};
    for (std::uint64_t byte = 0; byte < 256; ++byte) {
      std::uint64_t value = isReflected ? byte : byte << 56;
      for (int bit = 0; bit < 8; ++bit) {
        const bool carries = isReflected ? (value & 1) != 0 : value >> 63 != 0;
        value = (isReflected ? value >> 1 : value << 1) ^ (carries ? poly : 0);
      }
      tables[0][byte] = value;
    }
    for (std::size_t n = 1; n < kBlock; ++n) {
      for (std::size_t byte = 0; byte < 256; ++byte)
        tables[n][byte] = next(tables[0], tables[n - 1][byte], 0);
    }
    return tables;
  }

  CrcParameters crc_;
  Tables tables_;
  std::uint64_t register_;
};

std::unexpected<Error> wrong(std::string_view sentence) {
  return std::unexpected(Error::fromInput(InputFault::badSyntax, "CRC", std::nullopt, std::string(sentence)));
}

}  // namespace

Result<std::unique_ptr<Checksum>> makeCrc(const CrcParameters& parameters) {
  if (parameters.width < kLeastWidth || parameters.width > kMostWidth)
    return wrong("the width of a CRC is 3 to 64 bits");
  const std::uint64_t most = widest(parameters.width);
  if (parameters.poly > most) return wrong("the polynomial has more bits than the CRC");
  if (parameters.init > most) return wrong("the initial value has more bits than the CRC");
  if (parameters.xorout > most) return wrong("the final XOR has more bits than the CRC");
  if (parameters.refin) return std::make_unique<CrcChecksum<true>>(parameters);
  return std::make_unique<CrcChecksum<false>>(parameters);
}

}  // namespace sockbench
