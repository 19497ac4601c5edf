// Where two pieces of bytes differ. Thread: any.
#pragma once

#include <QtGlobal>
#include <atomic>
#include <vector>

#include "core/base/bytes.h"

namespace sockbench::ui {

// Byte p of one stands beside byte p + shift of the other. Places count in `one`: negative, or beyond its
// end, where only the other has bytes.
struct ByteDifference {
  qsizetype place = 0;
  qsizetype length = 0;
  bool operator==(const ByteDifference&) const = default;
};

struct ByteComparison {
  static constexpr std::size_t kMostRanges = std::size_t{1} << 18;

  std::vector<ByteDifference> ranges;  // ascending, apart; the first kMostRanges
  qsizetype rangeCount = 0;            // all of them
  qsizetype differing = 0;             // places, bytes without a partner among them
  bool equal() const { return differing == 0; }
};

// Bytes that have no partner differ. Looks at `stop` (may be null) every 64 KiB: what is found then is of no
// use.
ByteComparison compareBytes(ByteView one, ByteView other, qsizetype shift,
                            const std::atomic_bool* stop = nullptr);

}  // namespace sockbench::ui
