#include <algorithm>

#include "core/payload/framing/frame_cutter.h"
#include "core/payload/framing/framers.h"

namespace sockbench {
namespace {

class GapFramer final : public FrameCutter {
 public:
  explicit GapFramer(std::int64_t gap) : gap_(static_cast<std::uint64_t>(std::max<std::int64_t>(gap, 1))) {}

  void push(ByteView piece, WallNanos time, std::vector<Frame>& out) override {
    if (piece.empty()) return;
    // Two times may lie farther apart than an int64_t counts.
    const bool paused =
        time > last_ && static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(last_) >= gap_;
    if (openLength() > 0 && paused) close(out, {});
    last_ = time;
    FrameCutter::push(piece, time, out);
  }

 private:
  Taken take(ByteView piece) override { return {.bytes = piece.size()}; }
  void begin() override {}
  bool mayEnd() const override { return true; }

  std::uint64_t gap_;
  WallNanos last_ = 0;
};

}  // namespace

std::unique_ptr<Framer> makeGapFramer(std::int64_t gapNanos) {
  return std::make_unique<GapFramer>(gapNanos);
}

}  // namespace sockbench
