#include <algorithm>
#include <limits>
#include <optional>

#include "core/payload/framing/frame_cutter.h"
#include "core/payload/framing/framers.h"

namespace sockbench {
namespace {

class LengthFramer final : public FrameCutter {
 public:
  explicit LengthFramer(const LengthRule& rule) : rule_(rule) {
    if (rule_.lengthBytes != 1 && rule_.lengthBytes != 4 && rule_.lengthBytes != 8) rule_.lengthBytes = 2;
  }

 private:
  Taken take(ByteView piece) override {
    if (isLost_) return {.bytes = piece.size()};
    if (openLength() < rule_.lengthBytes) return takePrefix(std::to_integer<std::uint64_t>(piece.front()));
    const std::uint64_t missing = rule_.lengthBytes + body_ - openLength();
    if (missing > piece.size()) return {.bytes = piece.size()};
    return {.bytes = static_cast<std::size_t>(missing), .ends = true};
  }

  Taken takePrefix(std::uint64_t byte) {
    number_ = rule_.littleEndian ? number_ | byte << 8 * openLength() : number_ << 8 | byte;
    if (openLength() + 1 < rule_.lengthBytes) return {};
    headLength_ = rule_.lengthBytes;
    readNumber();
    return {.ends = !isLost_ && body_ == 0};
  }

  void readNumber() {
    std::int64_t body = 0;
    if (number_ > std::numeric_limits<std::int64_t>::max() ||
        __builtin_add_overflow(static_cast<std::int64_t>(number_), rule_.adjust, &body) ||
        body > static_cast<std::int64_t>(kMostFrame - rule_.lengthBytes))
      return lose("a length beyond 64 MiB: what follows cannot be cut");
    if (body < 0) return lose("a length below 0 once it is adjusted: what follows cannot be cut");
    body_ = static_cast<std::uint64_t>(body);
    if (body_ < rule_.least) fault_ = rule_.leastFault;
  }

  // Nothing in the bytes says where the next length stands.
  void lose(std::string_view fault) {
    isLost_ = true;
    fault_ = fault;
  }

  void begin() override {
    number_ = 0;
    body_ = 0;
    isLost_ = false;
  }

  LengthRule rule_;
  std::uint64_t number_ = 0;
  std::uint64_t body_ = 0;
  bool isLost_ = false;
};

}  // namespace

std::unique_ptr<Framer> makeLengthFramer(const LengthRule& rule) {
  return std::make_unique<LengthFramer>(rule);
}

}  // namespace sockbench
