#include <algorithm>

#include "core/payload/framing/frame_cutter.h"
#include "core/payload/framing/framers.h"

namespace sockbench {
namespace {

class FixedFramer final : public FrameCutter {
 public:
  explicit FixedFramer(std::uint64_t size) : size_(std::clamp<std::uint64_t>(size, 1, kMostFrame)) {}

 private:
  Taken take(ByteView piece) override {
    const std::uint64_t missing = size_ - openLength();
    if (missing > piece.size()) return {.bytes = piece.size()};
    return {.bytes = static_cast<std::size_t>(missing), .ends = true};
  }
  void begin() override {}

  std::uint64_t size_;
};

}  // namespace

std::unique_ptr<Framer> makeFixedFramer(std::uint64_t size) {
  return std::make_unique<FixedFramer>(size);
}

}  // namespace sockbench
