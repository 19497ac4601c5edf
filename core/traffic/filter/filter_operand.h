// A value in a filter's text, and what is wrong with it.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"

namespace sockbench {

struct FilterOperand {
  std::string_view whole;  // the filter's text
  std::string_view text;   // a part of it: the value, without its quotes
  bool quoted = false;
};

// Elements of a set, and other values: from `from` to `to`, both included.
struct FilterRange {
  FilterOperand from;
  FilterOperand to;  // as `from` where it is no range
  bool isRange = false;
};

// `part` of `whole` is wrong; it must point into it.
std::unexpected<Error> filterFault(std::string_view whole, std::string_view part, InputFault fault,
                                   std::string why);
std::unexpected<Error> filterFault(const FilterOperand& operand, InputFault fault, std::string why);
// An error of the operand's text as one of the filter's. `moved`: the error speaks of another spelling, so
// that its places are not ours.
std::unexpected<Error> filterFault(const FilterOperand& operand, Error inner, bool moved = false);

// The operand's text with \" for a quote and the escapes of escapes.h. Of a bare value: itself.
Result<std::string> unescapeOperand(const FilterOperand& operand);

}  // namespace sockbench
