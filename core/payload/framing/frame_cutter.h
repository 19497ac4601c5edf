// What the framers share: where the open frame began, how a frame is told, the bound. Thread: one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/payload/framing/framing.h"

namespace sockbench {

// A framer is an automaton over bytes: what it decides may depend on the bytes of the stream alone, never on
// where a piece ends.
class FrameCutter : public Framer {
 public:
  void push(ByteView piece, WallNanos time, std::vector<Frame>& out) override;
  void finish(std::vector<Frame>& out) final;
  Frame open() const final;

 protected:
  struct Taken {
    std::size_t bytes = 1;   // of the piece, at least 1
    bool ends = false;       // the frame ends behind them
    std::uint64_t tail = 0;  // ends: how many of its last bytes are no body
    std::uint64_t keep = 0;  // ends: how many of the bytes taken belong to the next frame already
  };

  // Takes from the front of `piece`, which has a byte at least and no more than room() of them.
  virtual Taken take(ByteView piece) = 0;
  // A new frame begins with the next byte.
  virtual void begin() = 0;
  // A new frame has begun with the bytes that were kept. True: it ends with them as well.
  virtual bool resume();
  // Bytes that the open frame may still grow by before it is given up; never 0 between two pushes.
  virtual std::uint64_t room() const;
  // Whether the end of the stream is a good end for the open frame.
  virtual bool mayEnd() const { return false; }

  void close(std::vector<Frame>& out, const Taken& taken);
  std::uint64_t openLength() const { return end_ - start_; }
  std::uint64_t openOffset() const { return start_; }

  std::uint64_t headLength_ = 0;  // bytes of the open frame before its body
  std::string_view fault_{};      // of the open frame

 private:
  Frame frame(std::uint64_t end, std::uint64_t tail) const;
  void giveUp(std::vector<Frame>& out);

  std::uint64_t start_ = 0;
  std::uint64_t end_ = 0;
};

}  // namespace sockbench
