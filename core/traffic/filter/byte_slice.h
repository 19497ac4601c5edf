// ByteSlice: the part of some bytes that [2:4] and its like mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench {

class ByteSlice {
 public:
  // `part` is "[...]" within `whole`, a filter's text.
  static Result<ByteSlice> parse(std::string_view whole, std::string_view part);

  // nullopt: the bytes are too short to have this part, or it is empty.
  std::optional<ByteView> of(ByteView bytes) const;

 private:
  enum class End { count, last, rest };

  std::int64_t begin_ = 0;  // below 0: from the end
  End end_ = End::count;
  std::int64_t number_ = 1;  // how many, or the last one's offset
};

}  // namespace sockbench
