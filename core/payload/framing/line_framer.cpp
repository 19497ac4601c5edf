#include "core/payload/framing/frame_cutter.h"
#include "core/payload/framing/framers.h"

namespace sockbench {
namespace {

class LineFramer final : public FrameCutter {
 private:
  Taken take(ByteView piece) override {
    const std::string_view text = asChars(piece);
    const std::size_t newline = text.find('\n');
    if (newline == std::string_view::npos) {
      endsInReturn_ = text.back() == '\r';
      return {.bytes = text.size()};
    }
    const bool hasReturn = newline > 0 ? text[newline - 1] == '\r' : endsInReturn_;
    return {.bytes = newline + 1, .ends = true, .tail = hasReturn ? 2U : 1U};
  }
  void begin() override { endsInReturn_ = false; }

  bool endsInReturn_ = false;
};

}  // namespace

std::unique_ptr<Framer> makeLineFramer() {
  return std::make_unique<LineFramer>();
}

}  // namespace sockbench
