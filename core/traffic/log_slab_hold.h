// LogSlab::Hold: what keeps a slab's rows readable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/traffic/block_directory.h"
#include "core/traffic/record_chunk.h"
#include "core/traffic/spilled_rows.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

struct LogSlab::Hold {
  // So much payload is pinned by one slab at most, beyond what its first row needs: a scan of bulk traffic
  // would stand in eviction's way.
  static constexpr std::size_t kMostPinned = std::size_t{32} << 20;

  Hold() = default;
  ~Hold();
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

  // Under the log's lock: rows [from, stop) of `read` are held. Answers a smaller `stop` where more than
  // `mostBlocks` would have to be pinned.
  std::uint64_t take(const ChunkPtr& read, const BlockDirectory& directory, std::uint64_t from,
                     std::uint64_t stop, std::size_t mostBlocks);
  void take(const SpilledPtr& read);

  // One of these two.
  ChunkPtr chunk;
  SpilledPtr spilled;
  const FlowTable* flows = nullptr;      // its
  std::vector<BlockPtr> pins;            // of a chunk
  std::vector<const std::byte*> memory;  // by Record::block less 1: where the block is
};

}  // namespace sockbench
