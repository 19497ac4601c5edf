#include <algorithm>

#include "core/payload/framing/frame_cutter.h"
#include "core/payload/framing/framers.h"

namespace sockbench {
namespace {

constexpr std::string_view kCutShort = "a COBS block goes beyond the end of its frame";
constexpr std::string_view kZero = "a zero byte inside of COBS";

class CobsFramer final : public FrameCutter {
 private:
  Taken take(ByteView piece) override {
    const std::string_view text = asChars(piece);
    if (text[0] == '\0') return takeZero();
    const std::string_view coded = text.substr(0, text.find('\0'));
    for (std::size_t at = 0; at < coded.size();) {
      if (left_ == 0) left_ = static_cast<unsigned char>(coded[at]);
      const std::size_t step = std::min<std::size_t>(left_, coded.size() - at);
      left_ -= static_cast<unsigned>(step);
      at += step;
    }
    return {.bytes = coded.size()};
  }

  // What begins with a zero has no byte yet: many senders end what noise left behind before they begin.
  Taken takeZero() {
    if (openLength() == headLength_ && fault_.empty()) {
      ++headLength_;
      return {};
    }
    if (left_ > 0 && fault_.empty()) fault_ = kCutShort;
    return {.ends = true, .tail = 1};
  }

  void begin() override { left_ = 0; }
  bool mayEnd() const override { return openLength() == headLength_; }

  unsigned left_ = 0;  // bytes of the block, its code with it, that are to come
};

Error cobsError(std::string_view sentence) {
  return Error::fromInput(InputFault::badSyntax, "COBS", std::nullopt, std::string(sentence));
}

}  // namespace

std::unique_ptr<Framer> makeCobsFramer() {
  return std::make_unique<CobsFramer>();
}

Result<Bytes> cobsContent(ByteView body) {
  Bytes content;
  content.reserve(body.size());
  if (asChars(body).contains('\0')) return std::unexpected(cobsError(kZero));
  while (!body.empty()) {
    const auto code = std::to_integer<std::size_t>(body.front());
    if (code > body.size()) return std::unexpected(cobsError(kCutShort));
    content.insert(content.end(), body.begin() + 1, body.begin() + static_cast<std::ptrdiff_t>(code));
    body = body.subspan(code);
    if (code < 0xFF && !body.empty()) content.push_back(std::byte{0});
  }
  return content;
}

}  // namespace sockbench
