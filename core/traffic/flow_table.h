// FlowTable: flows by number, in pieces that never move: who knows a number reads while more are added.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "core/traffic/flow.h"

namespace sockbench {

// add() and size() by one owner at a time. at() from any thread, of numbers that were told to it after their
// add().
class FlowTable {
 public:
  explicit FlowTable(std::size_t most) : pieces_(pieceOf(std::max<std::size_t>(most, 1) - 1) + 1) {}

  std::size_t size() const { return size_; }

  std::uint32_t add(FlowPtr flow) {
    const std::size_t index = size_++;
    auto& piece = pieces_[pieceOf(index)];
    if (!piece) piece = std::make_unique<FlowPtr[]>(std::max(startOf(index), kFirst));
    piece[index - startOf(index)] = std::move(flow);
    return static_cast<std::uint32_t>(index);
  }

  const FlowPtr& at(std::size_t index) const { return pieces_[pieceOf(index)][index - startOf(index)]; }

 private:
  // The first piece has four places, and each further one as many as all before it.
  static constexpr std::size_t kFirst = 4;
  static std::size_t pieceOf(std::size_t index) {
    return index < kFirst ? 0 : static_cast<std::size_t>(std::bit_width(index)) - 2;
  }
  static std::size_t startOf(std::size_t index) { return index < kFirst ? 0 : std::bit_floor(index); }

  std::size_t size_ = 0;
  std::vector<std::unique_ptr<FlowPtr[]>> pieces_;  // all of them from the beginning, so that none moves
};

}  // namespace sockbench
