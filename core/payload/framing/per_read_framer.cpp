#include "core/payload/framing/framers.h"

namespace sockbench {
namespace {

class PerReadFramer final : public Framer {
 public:
  void push(ByteView piece, WallNanos, std::vector<Frame>& out) override {
    if (piece.empty()) return;
    out.push_back({.offset = end_, .length = piece.size(), .bodyOffset = end_, .bodyLength = piece.size()});
    end_ += piece.size();
  }
  void finish(std::vector<Frame>&) override {}
  Frame open() const override { return {.offset = end_, .bodyOffset = end_, .complete = false}; }

 private:
  std::uint64_t end_ = 0;
};

}  // namespace

std::unique_ptr<Framer> makePerReadFramer() {
  return std::make_unique<PerReadFramer>();
}

}  // namespace sockbench
