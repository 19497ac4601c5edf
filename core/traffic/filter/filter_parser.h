// The parser of filters.
#pragma once

#include <string_view>

#include "core/base/error.h"
#include "core/traffic/filter/filter_predicate.h"

namespace sockbench {

// See Filter::parse().
Result<FilterPredicatePtr> parseFilter(std::string_view text);

}  // namespace sockbench
