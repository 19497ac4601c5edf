// LiteralSearch: one run of bytes, looked for in others, each byte exactly or as an ASCII letter of either
// case.
#pragma once

#include <cstddef>
#include <optional>

#include "core/base/bytes.h"

namespace sockbench {

// Immutable. Thread: any.
class LiteralSearch {
 public:
  // Not empty.
  explicit LiteralSearch(Bytes exact);
  // Two spellings of the same length; where they differ, they are the two cases of an ASCII letter, and
  // either matches. Not empty.
  LiteralSearch(const Bytes& lower, const Bytes& upper);

  std::size_t length() const { return needle_.size(); }
  // The first place at `from` or behind it.
  std::optional<std::size_t> find(ByteView bytes, std::size_t from) const;

 private:
  bool isAt(const unsigned char* place) const;
  std::optional<std::size_t> findByBlocks(const unsigned char* bytes, std::size_t starts) const;

  Bytes needle_;  // letters of either case in lower case ...
  Bytes fold_;    // ... and here the bit that makes them so; else 0
  bool isExact_ = true;
};

}  // namespace sockbench
