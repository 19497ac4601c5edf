// DropCount: what the kernel has dropped at one socket, each datagram told once.
#pragma once

#include <cstdint>

namespace sockbench::detail {

// The kernel counts modulo 2^32, and tells the count in two ways: with a datagram, as it stood when that one
// was queued (SO_RXQ_OVFL), and when asked, as it stands (SO_MEMINFO's SK_MEMINFO_DROPS). So a later reading
// may be an older one.
class DropCount {
 public:
  // The counter as one of them tells it. Answers how many of these have not been told before; 0 for an older
  // reading. Two readings are less than 2^31 apart.
  std::uint32_t fresh(std::uint32_t counter) {
    const auto ahead = static_cast<std::int32_t>(counter - told_);
    if (ahead <= 0) return 0;
    told_ = counter;
    return static_cast<std::uint32_t>(ahead);
  }

 private:
  std::uint32_t told_ = 0;
};

}  // namespace sockbench::detail
