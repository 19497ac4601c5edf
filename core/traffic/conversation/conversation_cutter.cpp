#include "core/traffic/conversation/conversation_cutter.h"

#include <utility>

namespace sockbench {

void ConversationCutter::restart(const FramingSpec& spec) {
  *this = {};
  spec_ = spec;
}

Frame ConversationCutter::moved(Frame frame, std::uint64_t by) {
  frame.offset += by;
  frame.bodyOffset += by;
  return frame;
}

// The first of `made_` goes on with what was begun, the rest begin here.
void ConversationCutter::place(Side& side, Direction direction, std::vector<FrameWrite>& out) {
  for (const Frame& frame : made_) {
    const std::uint64_t slot = side.open ? *side.open : next_++;
    side.open.reset();
    out.push_back({slot, direction, moved(frame, side.base), false});
  }
  made_.clear();
}

void ConversationCutter::finish(Direction direction, std::vector<FrameWrite>& out) {
  Side& side = sideOf(direction);
  if (!side.framer) return;
  side.framer->finish(made_);
  place(side, direction, out);
  side.framer.reset();
  side.open.reset();
}

void ConversationCutter::pushBytes(const ConversationPiece& piece, ByteView bytes,
                                   std::vector<FrameWrite>& out) {
  Side& side = sideOf(piece.direction);
  if (side.framer && (piece.afterGap || side.expected != piece.offset())) finish(piece.direction, out);
  if (!side.framer) {
    side.framer = makeFramer(spec_);
    side.base = piece.offset();
  }
  side.expected = piece.offset() + piece.length;
  side.framer->push(bytes, piece.time, made_);
  place(side, piece.direction, out);
  const Frame open = side.framer->open();
  if (side.open || open.length == 0) return;
  side.open = next_++;
  out.push_back({*side.open, piece.direction, moved(open, side.base), true});
}

void ConversationCutter::push(std::uint64_t index, const ConversationPiece& piece, ByteView bytes,
                              std::vector<FrameWrite>& out) {
  if (piece.isOfStream()) {
    // Of a file that the kernel sent by itself nothing is known: what follows is no part of a frame before
    // it.
    const bool unknown = bytes.empty() && (piece.flags & kRecordTruncated) != 0;
    if (unknown) finish(piece.direction, out);
    if (!bytes.empty()) pushBytes(piece, bytes, out);
    return;
  }
  const bool over = piece.kind == RecordKind::closed || piece.kind == RecordKind::reset;
  if (over) finish(Direction::in, out);
  if (over) finish(Direction::out, out);
  Frame byItself;
  byItself.offset = index;
  out.push_back({next_++, Direction::none, byItself, false});
}

void ConversationCutter::tellOpen(std::vector<FrameWrite>& out) {
  for (const Direction direction : {Direction::in, Direction::out}) {
    const Side& side = sideOf(direction);
    if (side.open) out.push_back({*side.open, direction, moved(side.framer->open(), side.base), true});
  }
}

void ConversationCutter::forgetBelow(std::uint64_t slot) {
  for (Side& side : sides_) {
    if (side.open && *side.open < slot) side = {};
  }
}

}  // namespace sockbench
