#include "core/payload/framing/frame_cutter.h"
#include "core/payload/framing/framers.h"

namespace sockbench {
namespace {

constexpr std::byte kEnd{0xC0};
constexpr std::byte kEscape{0xDB};
constexpr std::byte kEscapedEnd{0xDC};
constexpr std::byte kEscapedEscape{0xDD};
constexpr std::string_view kBadEscape = "DB with neither DC nor DD behind it";
constexpr std::string_view kBareEnd = "C0 inside of SLIP";

class SlipFramer final : public FrameCutter {
 private:
  Taken take(ByteView piece) override {
    for (std::size_t at = 0; at < piece.size(); ++at) {
      if (piece[at] == kEnd) return at > 0 ? Taken{.bytes = at} : takeEnd();
      if (isEscaped_ && piece[at] != kEscapedEnd && piece[at] != kEscapedEscape && fault_.empty())
        fault_ = kBadEscape;
      isEscaped_ = !isEscaped_ && piece[at] == kEscape;
    }
    return {.bytes = piece.size()};
  }

  // RFC 1055 lets a sender begin with an END, and what lies between two of them is no datagram.
  Taken takeEnd() {
    if (openLength() == headLength_ && fault_.empty()) {
      ++headLength_;
      return {};
    }
    if (isEscaped_ && fault_.empty()) fault_ = kBadEscape;
    return {.ends = true, .tail = 1};
  }

  void begin() override { isEscaped_ = false; }
  bool mayEnd() const override { return openLength() == headLength_; }

  bool isEscaped_ = false;
};

Error slipError(std::string_view sentence) {
  return Error::fromInput(InputFault::badSyntax, "SLIP", std::nullopt, std::string(sentence));
}

}  // namespace

std::unique_ptr<Framer> makeSlipFramer() {
  return std::make_unique<SlipFramer>();
}

Result<Bytes> slipContent(ByteView body) {
  Bytes content;
  content.reserve(body.size());
  for (std::size_t at = 0; at < body.size(); ++at) {
    if (body[at] == kEnd) return std::unexpected(slipError(kBareEnd));
    if (body[at] != kEscape) {
      content.push_back(body[at]);
      continue;
    }
    const std::byte next = ++at < body.size() ? body[at] : std::byte{0};
    if (next != kEscapedEnd && next != kEscapedEscape) return std::unexpected(slipError(kBadEscape));
    content.push_back(next == kEscapedEnd ? kEnd : kEscape);
  }
  return content;
}

}  // namespace sockbench
