// PacketClock: a pcapng interface's time stamps as nanoseconds since 1970.
#pragma once

#include <cstdint>

#include "core/base/clock.h"

namespace sockbench {

// draft-ietf-opsawg-pcapng, 4.2: if_tsresol and if_tsoffset.
struct PacketClock {
  std::uint8_t resolution = 6;  // 10^-n s; with the highest bit set 2^-n s
  std::int64_t offset = 0;      // seconds, added

  // Times before 1970 and those that 64 bits cannot hold become the nearest that can be told.
  WallNanos nanos(std::uint64_t stamp) const;
};

}  // namespace sockbench
