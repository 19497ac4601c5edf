// Values of a filter that are numbers in the end: counts, ports, seconds, times, words, errors.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "core/traffic/filter/filter_operand.h"

namespace sockbench {

struct NumberRange {
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
  bool has(std::int64_t value) const { return low <= value && value <= high; }
};

// A moment, as long as its last digit says; of any day (nanoseconds since midnight) or of one (WallNanos).
struct FilterTime {
  NumberRange lasts;
  bool hasDate = false;
};

Result<std::int64_t> filterNumber(const FilterOperand& operand);
Result<std::int64_t> filterPort(const FilterOperand& operand);
Result<std::int64_t> filterSeconds(const FilterOperand& operand);  // in nanoseconds
Result<FilterTime> filterTime(const FilterOperand& operand);
// The place of a word among `words`.
Result<std::int64_t> filterWord(const FilterOperand& operand, std::span<const std::string_view> words);
Result<std::int64_t> filterInterface(const FilterOperand& operand);  // an index
Result<std::int64_t> filterSymbol(const FilterOperand& operand);     // an errorNumber()

}  // namespace sockbench
