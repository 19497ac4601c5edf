// BlockDirectory: which payload block a record's number stands for, and until which row it is needed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/traffic/payload_block.h"

namespace sockbench {

// Every call under the log's lock.
class BlockDirectory {
 public:
  // Row `row` refers to `block`: answers the number for Record::block, never 0. A block that left comes back.
  std::uint32_t refer(const BlockPtr& block, std::uint64_t row);
  const BlockPtr& at(std::uint32_t number) const { return slots_[number - 1]; }  // empty: vacant
  std::uint32_t mostNumber() const { return static_cast<std::uint32_t>(slots_.size()); }

  // The smallest last row of those blocks that nobody but the directory holds: evicting that row frees
  // memory.
  std::optional<std::uint64_t> oldestReleasable() const;
  // Lets go of the blocks that no row from `first` on refers to.
  void dropBelow(std::uint64_t first);

 private:
  std::vector<BlockPtr> slots_;
  std::vector<std::uint32_t> vacant_;  // numbers, to be given again
};

}  // namespace sockbench
