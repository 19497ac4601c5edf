// What each field of filter_fields.h is in a row: one evaluator a field.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/traffic/filter/filter_predicate.h"
#include "core/traffic/filter/number_values.h"

namespace sockbench {

// Values that lie in one of the ranges, or, `outside`, in none of them.
struct NumberCondition {
  std::vector<NumberRange> within;
  bool outside = false;
};

// A row under test.
struct FilterRow {
  FilterRun& run;
  std::uint32_t place;

  const Record& record() const { return run.record(place); }
};

// A field of one number, made into a test by a template that has its reader inside the loop.
using NumberTestMaker = FilterPredicatePtr (*)(NumberCondition condition);

// A field that depends on the flow alone: up to two values. `flow` may be nullptr.
struct FlowNumbers {
  void (*read)(const Flow* flow, SessionId session, std::vector<std::int64_t>& values);
};
struct FlowAddresses {
  void (*read)(const Flow& flow, std::vector<const SocketAddress*>& values);
};
struct FlowWord {
  std::string_view (*read)(const Flow& flow);
};

// A field of bytes or text: nullopt where the row has none. `room` may hold what is made for the purpose.
struct RowBytes {
  std::optional<ByteView> (*read)(const FilterRow& row, std::string& room);
  FilterCost cost;
};

using FilterEvaluator = std::variant<NumberTestMaker, FlowNumbers, FlowAddresses, FlowWord, RowBytes>;

// Of each field of the table, by its name.
const FilterEvaluator& filterEvaluator(std::string_view field);
// The time of day instead of the moment.
FilterPredicatePtr timeOfDayTest(NumberCondition condition);

// A test of what is the same for all rows of a flow: asked once a flow and slab.
using FlowQuestion = std::function<bool(const Flow* flow, SessionId session)>;
FilterPredicatePtr flowTest(FlowQuestion question);

bool holds(const NumberCondition& condition, std::int64_t value);

}  // namespace sockbench
