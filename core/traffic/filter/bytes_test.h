// Tests of bytes and texts.
#pragma once

#include "core/traffic/filter/filter_evaluators.h"
#include "core/traffic/filter/filter_test.h"

namespace sockbench {

Result<FilterPredicatePtr> makeBytesPredicate(const FilterTest& test, RowBytes field);

}  // namespace sockbench
