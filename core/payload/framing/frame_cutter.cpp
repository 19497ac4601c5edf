#include "core/payload/framing/frame_cutter.h"

#include <algorithm>

namespace sockbench {

void FrameCutter::push(ByteView piece, WallNanos, std::vector<Frame>& out) {
  while (!piece.empty()) {
    const std::size_t most = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), room()));
    const Taken taken = take(piece.first(most));
    end_ += taken.bytes;
    piece = piece.subspan(taken.bytes);
    if (taken.ends)
      close(out, taken);
    else if (room() == 0)
      giveUp(out);
  }
}

void FrameCutter::finish(std::vector<Frame>& out) {
  if (openLength() > 0) {
    Frame last = frame(end_, 0);
    last.complete = mayEnd();
    out.push_back(last);
  }
  start_ = end_;
  headLength_ = 0;
  fault_ = {};
  begin();
}

Frame FrameCutter::open() const {
  Frame begun = frame(end_, 0);
  begun.complete = false;
  return begun;
}

bool FrameCutter::resume() {
  begin();
  return false;
}

std::uint64_t FrameCutter::room() const {
  return kMostFrame - openLength();
}

void FrameCutter::close(std::vector<Frame>& out, const Taken& taken) {
  // A frame that was given up may have taken the front of what is kept, or of the tail.
  const std::uint64_t end = end_ - std::min(taken.keep, openLength());
  if (end > start_) out.push_back(frame(end, taken.tail));
  start_ = end;
  headLength_ = 0;
  fault_ = {};
  if (taken.keep == 0) return begin();
  if (resume()) close(out, {});
}

Frame FrameCutter::frame(std::uint64_t end, std::uint64_t tail) const {
  const std::uint64_t length = end - start_;
  const std::uint64_t head = std::min(headLength_, length);
  return {.offset = start_,
          .length = length,
          .bodyOffset = start_ + head,
          .bodyLength = length - head - std::min(tail, length - head),
          .complete = true,
          .fault = fault_};
}

void FrameCutter::giveUp(std::vector<Frame>& out) {
  if (fault_.empty()) fault_ = "no end within 64 MiB";
  Frame begun = frame(end_, 0);
  begun.complete = false;
  out.push_back(begun);
  start_ = end_;
  headLength_ = 0;
  fault_ = "goes on from a frame that had no end within 64 MiB";
}

}  // namespace sockbench
