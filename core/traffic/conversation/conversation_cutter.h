// ConversationCutter: pieces of both directions into frames, each in its place among all.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/traffic/conversation/conversation_store.h"

namespace sockbench {

// What is to be put into the store: a frame keeps the place in which its first byte came.
struct FrameWrite {
  std::uint64_t slot = 0;
  Direction direction = Direction::none;
  Frame frame;  // of a piece by itself: offset is its index
  bool open = false;
};

// Thread: one at a time.
class ConversationCutter {
 public:
  void restart(const FramingSpec& spec);  // all anew, places from 0 on
  // Pieces come in order. Where bytes are missing before one, what was begun ends, and frames begin anew.
  void push(std::uint64_t index, const ConversationPiece& piece, ByteView bytes,
            std::vector<FrameWrite>& out);
  void tellOpen(std::vector<FrameWrite>& out);  // how far what has begun has come
  // The store no longer has places below: what was begun there is given up.
  void forgetBelow(std::uint64_t slot);

 private:
  struct Side {
    std::unique_ptr<Framer> framer;
    std::uint64_t base = 0;             // the stream's offset at which the framer began
    std::uint64_t expected = 0;         // the offset behind what was pushed
    std::optional<std::uint64_t> open;  // the place of what is begun
  };
  void pushBytes(const ConversationPiece& piece, ByteView bytes, std::vector<FrameWrite>& out);
  void finish(Direction direction, std::vector<FrameWrite>& out);
  void place(Side& side, Direction direction, std::vector<FrameWrite>& out);
  Side& sideOf(Direction direction) { return sides_[direction == Direction::out ? 1 : 0]; }
  static Frame moved(Frame frame, std::uint64_t by);

  FramingSpec spec_;
  std::array<Side, 2> sides_;
  std::vector<Frame> made_;
  std::uint64_t next_ = 0;  // the next place
};

}  // namespace sockbench
