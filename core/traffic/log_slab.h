// LogSlab: consecutive rows of a TrafficLog, held and read in place: what looks at many rows reads these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "core/base/bytes.h"
#include "core/traffic/flow.h"
#include "core/traffic/record.h"

namespace sockbench {

struct PinnedBytes;

// As long as one lives, its rows stay readable, evicted or cleared, and the memory that they lie in counts in
// the budget: hold one at a time, for the length of a look. It may outlive its log. Copying is cheap. Thread:
// one at a time; copies are independent.
class LogSlab {
 public:
  static constexpr std::uint32_t kNoFlow = ~std::uint32_t{0};

  LogSlab() = default;  // no row

  bool empty() const { return records_.empty(); }
  std::size_t size() const { return records_.size(); }
  std::uint64_t first() const { return first_; }  // the number of records()[0]; meaningless when empty
  std::uint64_t end() const { return first_ + records_.size(); }

  // Record::flow of these is kNoFlow or the number of a flow within this slab, below flowCount(); other slabs
  // number theirs anew. So what depends on the flow alone need be worked out once a flow and slab. There may
  // be flows that none of these rows names.
  std::span<const Record> records() const { return records_; }
  std::size_t flowCount() const { return flowCount_; }
  // nullptr: that row has none. The reference lives as long as the slab.
  const FlowPtr& flow(const Record& record) const;
  // Empty for rows without one; it lives as long as the slab. `record` is one of records().
  ByteView payload(const Record& record) const;
  // The same for longer than the slab lives.
  PinnedBytes pinned(const Record& record) const;

 private:
  friend class TrafficLog;
  struct Hold;  // what keeps it all
  std::shared_ptr<const Hold> hold_;
  std::uint64_t first_ = 0;
  std::span<const Record> records_;
  std::size_t flowCount_ = 0;
};

}  // namespace sockbench
