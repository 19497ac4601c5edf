// EchoRun: notices that equal datagrams come without end, as they do where two echoes answer each other.
// Thread: the session's worker.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/bytes.h"

namespace sockbench::detail {

class EchoRun {
 public:
  static constexpr std::uint32_t kNoticed = 10'000;

  // Of each datagram that is echoed. True for the one that is the kNoticed-th of a run: of the same length
  // and the same beginning. Once.
  bool notice(ByteView datagram) {
    if (told_) return false;
    const ByteView begin = datagram.first(std::min(datagram.size(), begin_.size()));
    if (datagram.size() == length_ && std::equal(begin.begin(), begin.end(), begin_.begin())) {
      told_ = ++run_ == kNoticed;
      return told_;
    }
    length_ = datagram.size();
    std::ranges::copy(begin, begin_.begin());
    run_ = 1;
    return false;
  }

 private:
  std::array<std::byte, 32> begin_{};
  std::size_t length_ = 0;
  std::uint32_t run_ = 0;
  bool told_ = false;
};

}  // namespace sockbench::detail
