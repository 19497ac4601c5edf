// A test of a filter, as it was written: a field, what is asked of it, and values.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/traffic/filter/byte_slice.h"
#include "core/traffic/filter/filter_fields.h"
#include "core/traffic/filter/filter_operand.h"
#include "core/traffic/filter/filter_predicate.h"

namespace sockbench {

enum class FilterOperator {
  exists,
  equal,
  notEqual,
  less,
  lessEqual,
  greater,
  greaterEqual,
  in,
  contains,
  matches
};

// By what is written: "==" and "eq". nullopt: it is none.
std::optional<FilterOperator> filterOperatorNamed(std::string_view text);

struct FilterTest {
  std::string_view whole;  // the filter's text; what follows points into it
  const FilterField* field = nullptr;
  std::optional<ByteSlice> slice;
  FilterOperator op = FilterOperator::exists;
  std::string_view opText;
  std::vector<FilterRange> values;  // one; of `in` any number; of `exists` none
};

// Errors: the operator is none of the field's, a value is none of its type.
Result<FilterPredicatePtr> makeFilterPredicate(const FilterTest& test);

}  // namespace sockbench
