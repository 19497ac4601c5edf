// ConversationStore: the pieces and the frames of a conversation, and where in them a byte or a row is.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/traffic/conversation/conversation.h"
#include "core/traffic/conversation/indexed_run.h"

namespace sockbench {

// 32 bytes for a frame. `offset` is the index of the piece where `direction` is none.
struct StoredFrame {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::uint32_t head = 0;  // bytes before the body, and behind it
  std::uint32_t tail = 0;
  Direction direction = Direction::none;
  bool complete = true;
  bool open = false;
  std::uint8_t fault = 0;  // its place in the store's table of faults, 0: none
};
static_assert(sizeof(StoredFrame) <= 32);

// Thread: one at a time (its owner's lock).
class ConversationStore {
 public:
  using State = Conversation::State;

  void addPiece(ConversationPiece piece);  // its bytes before are worked out here
  // What was begun at `slot` stands there anew; one behind the last is added.
  void putFrame(std::uint64_t slot, const StoredFrame& frame);
  StoredFrame packed(Direction direction, const Frame& frame, bool open);
  void dropFrames();                  // for another framing
  void trim(std::uint64_t firstRow);  // rows below are no longer in the log

  // A frame is a piece, and none is stored.
  bool byPiece() const { return byPiece_; }
  void setByPiece(bool byPiece) { byPiece_ = byPiece; }

  const IndexedRun<ConversationPiece>& pieces() const { return pieces_; }
  std::uint64_t total(Direction direction) const { return direction == Direction::out ? out_ : in_; }
  std::uint64_t firstFrame() const { return byPiece_ ? pieces_.first() : frames_.first(); }
  std::uint64_t endFrame() const { return byPiece_ ? pieces_.end() : frames_.end(); }

  std::optional<ConversationFrame> frame(std::uint64_t index) const;
  std::optional<std::uint64_t> pieceAt(Direction direction, std::uint64_t offset) const;
  std::optional<std::uint64_t> pieceOfRow(std::uint64_t row) const;
  std::optional<std::uint64_t> frameFrom(std::uint64_t index, Direction direction) const;
  std::optional<std::uint64_t> frameBefore(std::uint64_t index, Direction direction) const;
  std::optional<std::uint64_t> frameAt(Direction direction, std::uint64_t offset) const;
  std::optional<std::uint64_t> frameOfPiece(std::uint64_t piece) const;
  std::vector<std::uint64_t> boundaries(Direction direction, std::uint64_t from, std::uint64_t to,
                                        std::size_t most) const;
  std::uint64_t weightBefore(std::uint64_t frame) const;
  std::uint64_t frameAtWeight(std::uint64_t weight) const;

 private:
  std::uint64_t before(Direction direction, std::uint64_t piece) const;
  std::uint64_t firstByte(Direction direction) const;  // the first that is there
  std::uint64_t beginPiece(std::uint64_t frame) const;
  std::uint64_t bytesBefore(std::uint64_t frame) const;
  bool isGone(const StoredFrame& frame) const;
  Direction shownDirection(std::uint64_t frame) const;
  ConversationFrame whole(std::uint64_t piece) const;
  // The first of [first, end) for which `behind` is true; end: none.
  template <class Behind>
  static std::uint64_t partition(std::uint64_t first, std::uint64_t end, Behind behind) {
    while (first < end) {
      const std::uint64_t middle = first + (end - first) / 2;
      if (behind(middle))
        end = middle;
      else
        first = middle + 1;
    }
    return first;
  }

  IndexedRun<ConversationPiece> pieces_;
  IndexedRun<StoredFrame> frames_;
  std::vector<std::string_view> faults_;
  std::uint64_t in_ = 0;
  std::uint64_t out_ = 0;
  bool byPiece_ = true;
};

}  // namespace sockbench
