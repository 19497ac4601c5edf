#include <algorithm>

#include "core/payload/framing/frame_cutter.h"
#include "core/payload/framing/framers.h"

namespace sockbench {
namespace {

// MBAP: transaction identifier, protocol identifier and length, of two bytes each, and the unit identifier,
// which the length counts; the function code is the first byte behind it.
constexpr std::uint64_t kCounted = 6;
constexpr std::uint64_t kHeader = 7;
constexpr std::uint64_t kWithFunction = 8;
constexpr std::uint64_t kLeastLength = 2;
constexpr std::uint64_t kMostLength = 254;

std::string_view headerFault(std::uint64_t protocol, std::uint64_t length) {
  if (protocol != 0) return "the protocol identifier is not 0";
  if (length < kLeastLength || length > kMostLength) return "the length is not between 2 and 254";
  return {};
}

class ModbusFramer final : public FrameCutter {
 private:
  Taken take(ByteView piece) override {
    if (isLost_) return search(piece);
    if (openLength() < kCounted) return takeHeader(piece.front());
    const std::uint64_t left = kCounted + length_ - openLength();
    if (openLength() + piece.size() >= kHeader) headLength_ = kHeader;
    if (left > piece.size()) return {.bytes = piece.size()};
    return {.bytes = static_cast<std::size_t>(left), .ends = true};
  }

  Taken takeHeader(std::byte byte) {
    remember(byte);
    if (openLength() + 1 < kCounted) return {};
    length_ = window_ & 0xFFFF;
    fault_ = headerFault(window_ >> 16 & 0xFFFF, length_);
    isLost_ = !fault_.empty();
    return {};
  }

  // The first place behind the wrong header where a good one stands, with a function code other than 0.
  Taken search(ByteView piece) {
    for (std::size_t at = 0; at < piece.size(); ++at) {
      remember(piece[at]);
      const bool isFull = openLength() + at + 1 > kWithFunction;
      if (isFull && (window_ & 0xFF) != 0 &&
          headerFault(window_ >> 32 & 0xFFFF, window_ >> 16 & 0xFFFF).empty())
        return {.bytes = at + 1, .ends = true, .keep = kWithFunction};
    }
    return {.bytes = piece.size()};
  }

  bool resume() override {
    isLost_ = false;
    length_ = window_ >> 16 & 0xFFFF;
    headLength_ = kHeader;
    return length_ == kLeastLength;
  }

  void begin() override {
    isLost_ = false;
    length_ = 0;
  }

  void remember(std::byte byte) { window_ = window_ << 8 | std::to_integer<std::uint64_t>(byte); }

  std::uint64_t window_ = 0;  // the last eight bytes of a header, or of what is no frame
  std::uint64_t length_ = 0;
  bool isLost_ = false;
};

}  // namespace

std::unique_ptr<Framer> makeModbusFramer() {
  return std::make_unique<ModbusFramer>();
}

}  // namespace sockbench
