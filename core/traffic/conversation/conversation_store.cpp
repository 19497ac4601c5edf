#include "core/traffic/conversation/conversation_store.h"

#include <limits>

namespace sockbench {
namespace {

std::uint32_t narrowed(std::uint64_t value) {
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(value, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

void ConversationStore::addPiece(ConversationPiece piece) {
  piece.inBefore = in_;
  piece.outBefore = out_;
  if (piece.isOfStream()) (piece.direction == Direction::out ? out_ : in_) += piece.length;
  pieces_.push(piece);
}

StoredFrame ConversationStore::packed(Direction direction, const Frame& frame, bool open) {
  StoredFrame stored{.offset = frame.offset,
                     .length = frame.length,
                     .head = narrowed(frame.bodyOffset - frame.offset),
                     .tail = narrowed(frame.offset + frame.length - frame.bodyOffset - frame.bodyLength),
                     .direction = direction,
                     .complete = frame.complete,
                     .open = open,
                     .fault = 0};
  if (frame.fault.empty()) return stored;
  // Framers have a handful of faults each; the table never fills.
  auto known = std::ranges::find(faults_, frame.fault);
  if (known == faults_.end() && faults_.size() < 255) known = faults_.insert(faults_.end(), frame.fault);
  stored.fault = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(known - faults_.begin() + 1, 255));
  return stored;
}

void ConversationStore::putFrame(std::uint64_t slot, const StoredFrame& frame) {
  if (slot == frames_.end())
    frames_.push(frame);
  else if (slot >= frames_.first())
    frames_[slot] = frame;
}

void ConversationStore::dropFrames() {
  frames_.clear();
}

std::uint64_t ConversationStore::before(Direction direction, std::uint64_t piece) const {
  if (piece >= pieces_.end()) return total(direction);
  return direction == Direction::out ? pieces_[piece].outBefore : pieces_[piece].inBefore;
}

std::uint64_t ConversationStore::firstByte(Direction direction) const {
  return before(direction, pieces_.first());
}

bool ConversationStore::isGone(const StoredFrame& frame) const {
  if (frame.direction == Direction::none) return frame.offset < pieces_.first();
  return frame.offset + frame.length <= firstByte(frame.direction) &&
         frame.offset < firstByte(frame.direction);
}

void ConversationStore::trim(std::uint64_t firstRow) {
  while (!pieces_.empty() && pieces_[pieces_.first()].row < firstRow) pieces_.dropFirst();
  while (!frames_.empty() && isGone(frames_[frames_.first()])) frames_.dropFirst();
}

std::optional<std::uint64_t> ConversationStore::pieceAt(Direction direction, std::uint64_t offset) const {
  if (offset < firstByte(direction) || offset >= total(direction)) return std::nullopt;
  return partition(pieces_.first(), pieces_.end(),
                   [&](std::uint64_t piece) { return before(direction, piece) > offset; }) -
         1;
}

std::optional<std::uint64_t> ConversationStore::pieceOfRow(std::uint64_t row) const {
  const std::uint64_t piece =
      partition(pieces_.first(), pieces_.end(), [&](std::uint64_t at) { return pieces_[at].row >= row; });
  if (piece == pieces_.end() || pieces_[piece].row != row) return std::nullopt;
  return piece;
}

// Where a frame's first piece is evicted it stands before all that are there.
std::uint64_t ConversationStore::beginPiece(std::uint64_t frame) const {
  if (byPiece_) return frame;
  const StoredFrame& stored = frames_[frame];
  if (stored.direction == Direction::none) return stored.offset;
  return pieceAt(stored.direction, stored.offset).value_or(pieces_.first());
}

ConversationFrame ConversationStore::whole(std::uint64_t piece) const {
  ConversationFrame made;
  made.piece = piece;
  made.begin = pieces_[piece];
  made.byItself = !made.begin.isOfStream();
  if (made.byItself) return made;
  const std::uint64_t offset = made.begin.offset();
  made.frame = {offset, made.begin.length, offset, made.begin.length, true, {}};
  return made;
}

std::optional<ConversationFrame> ConversationStore::frame(std::uint64_t index) const {
  if (index < firstFrame() || index >= endFrame() || pieces_.empty()) return std::nullopt;
  const std::uint64_t piece = std::max(beginPiece(index), pieces_.first());
  if (byPiece_) return whole(piece);
  const StoredFrame& stored = frames_[index];
  if (stored.direction == Direction::none) return whole(piece);
  ConversationFrame made;
  made.piece = piece;
  made.begin = pieces_[piece];
  made.begin.direction = stored.direction;
  made.open = stored.open;
  made.cutAtFront = stored.offset < firstByte(stored.direction);
  const std::uint64_t around =
      std::min<std::uint64_t>(std::uint64_t{stored.head} + stored.tail, stored.length);
  made.frame = {stored.offset,
                stored.length,
                stored.offset + stored.head,
                stored.length - around,
                stored.complete,
                stored.fault == 0 ? std::string_view() : faults_[stored.fault - 1U]};
  return made;
}

Direction ConversationStore::shownDirection(std::uint64_t frame) const {
  if (!byPiece_) return frames_[frame].direction;
  const ConversationPiece& piece = pieces_[frame];
  return piece.isOfStream() ? piece.direction : Direction::none;
}

std::optional<std::uint64_t> ConversationStore::frameFrom(std::uint64_t index, Direction direction) const {
  for (std::uint64_t at = std::max(index, firstFrame()); at < endFrame(); ++at) {
    const Direction its = shownDirection(at);
    if (direction == Direction::none || its == Direction::none || its == direction) return at;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> ConversationStore::frameBefore(std::uint64_t index, Direction direction) const {
  for (std::uint64_t at = std::min(index, endFrame()); at > firstFrame(); --at) {
    const Direction its = shownDirection(at - 1);
    if (direction == Direction::none || its == Direction::none || its == direction) return at - 1;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> ConversationStore::frameOfPiece(std::uint64_t piece) const {
  if (piece < pieces_.first() || piece >= pieces_.end()) return std::nullopt;
  if (byPiece_) return piece;
  const ConversationPiece& its = pieces_[piece];
  if (its.isOfStream() && its.length > 0) return frameAt(its.direction, its.offset());
  const std::uint64_t at = partition(frames_.first(), frames_.end(),
                                     [&](std::uint64_t frame) { return beginPiece(frame) >= piece; });
  return at < frames_.end() ? std::optional(at) : std::nullopt;
}

std::optional<std::uint64_t> ConversationStore::frameAt(Direction direction, std::uint64_t offset) const {
  const auto piece = pieceAt(direction, offset);
  if (!piece) return std::nullopt;
  if (byPiece_) return piece;
  std::uint64_t at = partition(frames_.first(), frames_.end(),
                               [&](std::uint64_t frame) { return beginPiece(frame) > *piece; });
  for (; at > frames_.first(); --at) {
    const StoredFrame& frame = frames_[at - 1];
    if (frame.direction != direction || frame.offset > offset) continue;
    return offset < frame.offset + frame.length ? std::optional(at - 1) : std::nullopt;
  }
  return std::nullopt;
}

std::vector<std::uint64_t> ConversationStore::boundaries(Direction direction, std::uint64_t from,
                                                         std::uint64_t to, std::size_t most) const {
  std::vector<std::uint64_t> found;
  std::uint64_t at = partition(pieces_.first(), pieces_.end(),
                               [&](std::uint64_t piece) { return before(direction, piece) > from; });
  for (; at < pieces_.end() && found.size() < most; ++at) {
    const std::uint64_t offset = before(direction, at);
    if (offset >= to) break;
    if (found.empty() || found.back() != offset) found.push_back(offset);
  }
  return found;
}

std::uint64_t ConversationStore::bytesBefore(std::uint64_t frame) const {
  if (frame >= endFrame()) return in_ + out_;
  const std::uint64_t piece = std::max(beginPiece(frame), pieces_.first());
  std::uint64_t bytes = before(Direction::in, piece) + before(Direction::out, piece);
  if (byPiece_ || piece >= pieces_.end()) return bytes;
  const StoredFrame& stored = frames_[frame];
  if (stored.direction != Direction::none && stored.offset > pieces_[piece].offset())
    bytes += stored.offset - pieces_[piece].offset();
  return bytes;
}

std::uint64_t ConversationStore::weightBefore(std::uint64_t frame) const {
  const std::uint64_t first = firstFrame();
  if (frame <= first) return 0;
  const std::uint64_t index = std::min(frame, endFrame());
  const std::uint64_t bytes = bytesBefore(index);
  const std::uint64_t start = bytesBefore(first);
  return (bytes > start ? bytes - start : 0) + (index - first) * Conversation::kFrameWeight;
}

std::uint64_t ConversationStore::frameAtWeight(std::uint64_t weight) const {
  const std::uint64_t behind =
      partition(firstFrame(), endFrame(), [&](std::uint64_t frame) { return weightBefore(frame) > weight; });
  return behind > firstFrame() ? behind - 1 : behind;
}

}  // namespace sockbench
