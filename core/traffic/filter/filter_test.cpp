#include "core/traffic/filter/filter_test.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "core/traffic/filter/address_values.h"
#include "core/traffic/filter/bytes_test.h"
#include "core/traffic/filter/filter_evaluators.h"
#include "core/traffic/filter/filter_words.h"
#include "core/traffic/filter/number_values.h"

namespace sockbench {
namespace {

struct OperatorName {
  std::string_view name;
  FilterOperator op;
};

using enum FilterOperator;

constexpr std::array kOperators{
    OperatorName{"==", equal},        OperatorName{"eq", equal},
    OperatorName{"!=", notEqual},     OperatorName{"ne", notEqual},
    OperatorName{"<", less},          OperatorName{"lt", less},
    OperatorName{"<=", lessEqual},    OperatorName{"le", lessEqual},
    OperatorName{">", greater},       OperatorName{"gt", greater},
    OperatorName{">=", greaterEqual}, OperatorName{"ge", greaterEqual},
    OperatorName{"in", in},           OperatorName{"contains", contains},
    OperatorName{"matches", matches}, OperatorName{"~", matches},
};

bool isOperatorOf(const FilterField& field, FilterOperator op) {
  return std::ranges::any_of(filterOperators(field.type),
                             [&](std::string_view name) { return filterOperatorNamed(name) == op; });
}

std::unexpected<Error> wrongOperator(const FilterTest& test) {
  const std::string name(test.field->name);
  const auto offered = filterOperators(test.field->type);
  return filterFault(test.whole, test.opText, InputFault::badSyntax,
                     offered.empty()
                         ? name + " stands alone; behind it comes and, or, or nothing"
                         : name + " has no " + std::string(test.opText) + "; it has " + wordList(offered));
}

// One element as numbers: what it lasts.
Result<NumberRange> oneValue(const FilterTest& test, const FilterOperand& operand) {
  const auto alone = [](const Result<std::int64_t>& value) -> Result<NumberRange> {
    if (!value) return std::unexpected(value.error());
    return NumberRange{*value, *value};
  };
  switch (test.field->type) {
    case FilterType::port:
      return alone(filterPort(operand));
    case FilterType::seconds:
      return alone(filterSeconds(operand));
    case FilterType::symbol:
      return alone(filterSymbol(operand));
    case FilterType::word:
      return alone(test.field->values.empty() ? filterInterface(operand)
                                              : filterWord(operand, test.field->values));
    case FilterType::time: {
      const Result<FilterTime> time = filterTime(operand);
      if (!time) return std::unexpected(time.error());
      return time->lasts;
    }
    default:
      return alone(filterNumber(operand));
  }
}

Result<NumberRange> oneRange(const FilterTest& test, const FilterRange& value) {
  Result<NumberRange> from = oneValue(test, value.from);
  if (!from || !value.isRange) return from;
  const Result<NumberRange> to = oneValue(test, value.to);
  if (!to) return to;
  if (to->high < from->low) {
    return filterFault(value.to, InputFault::badSyntax, "the range ends before it begins");
  }
  return NumberRange{from->low, to->high};
}

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// What passes `op`, of a value; nullopt: nothing does.
std::optional<NumberRange> passing(FilterOperator op, NumberRange value) {
  switch (op) {
    case less:
      return value.low == kLeast ? std::nullopt : std::optional(NumberRange{kLeast, value.low - 1});
    case lessEqual:
      return NumberRange{kLeast, value.high};
    case greater:
      return value.high == kMost ? std::nullopt : std::optional(NumberRange{value.high + 1, kMost});
    case greaterEqual:
      return NumberRange{value.low, kMost};
    default:
      return value;
  }
}

Result<NumberCondition> numberCondition(const FilterTest& test) {
  NumberCondition condition;
  condition.outside = test.op == notEqual;
  if (test.op == exists) condition.within.push_back({});
  for (const FilterRange& value : test.values) {
    const Result<NumberRange> range = oneRange(test, value);
    if (!range) return std::unexpected(range.error());
    if (const auto passes = passing(test.op, *range)) condition.within.push_back(*passes);
  }
  return condition;
}

// Whether the values are times of day; an error where some are and some are not.
Result<bool> areOfDay(const FilterTest& test) {
  std::optional<bool> ofDay;
  for (const FilterRange& value : test.values) {
    for (const FilterOperand* operand : {&value.from, &value.to}) {
      const Result<FilterTime> time = filterTime(*operand);
      if (!time) return std::unexpected(time.error());
      if (ofDay && *ofDay == time->hasDate) {
        return filterFault(*operand, InputFault::badSyntax, "either all times have a date, or none");
      }
      ofDay = !time->hasDate;
    }
  }
  return ofDay.value_or(false);
}

// Passes when some value does; of notEqual, when none is equal.
template <class Values, class Passes>
bool asked(const Values& values, bool outside, Passes&& passes) {
  return outside ? !values.empty() && std::ranges::all_of(values, passes)
                 : std::ranges::any_of(values, passes);
}

Result<FilterPredicatePtr> makeWordPredicate(const FilterTest& test, FlowWord word) {
  std::vector<std::string> wanted;
  for (const FilterRange& value : test.values) {
    const auto text = unescapeOperand(value.from);
    if (!text) return std::unexpected(text.error());
    const auto known = filterWord(value.from, test.field->values);
    if (!known && !value.from.quoted) return std::unexpected(known.error());
    wanted.push_back(asciiLower(*text));
  }
  return flowTest([=, op = test.op](const Flow* flow, SessionId) {
    if (flow == nullptr || op == exists) return flow != nullptr;
    const bool isOne = std::ranges::find(wanted, asciiLower(word.read(*flow))) != wanted.end();
    return isOne != (op == notEqual);
  });
}

Result<FilterPredicatePtr> makeAddressPredicate(const FilterTest& test, FlowAddresses field) {
  std::vector<AddressPattern> patterns;
  for (const FilterRange& value : test.values) {
    auto pattern = AddressPattern::parse(value.from);
    if (!pattern) return std::unexpected(pattern.error());
    patterns.push_back(std::move(*pattern));
  }
  return flowTest([=, op = test.op](const Flow* flow, SessionId) {
    std::vector<const SocketAddress*> values;
    if (flow != nullptr) field.read(*flow, values);
    return asked(values, op == notEqual, [&](const SocketAddress* address) {
      const bool isOne =
          std::ranges::any_of(patterns, [&](const AddressPattern& p) { return p.matches(*address); });
      return op == exists || isOne != (op == notEqual);
    });
  });
}

Result<FilterPredicatePtr> makeFlowNumbersPredicate(const FilterTest& test, FlowNumbers field) {
  Result<NumberCondition> condition = numberCondition(test);
  if (!condition) return std::unexpected(condition.error());
  return flowTest([field, wanted = std::move(*condition)](const Flow* flow, SessionId session) {
    std::vector<std::int64_t> values;
    field.read(flow, session, values);
    return asked(values, wanted.outside, [&](std::int64_t value) { return holds(wanted, value); });
  });
}

Result<FilterPredicatePtr> makeNumberPredicate(const FilterTest& test, NumberTestMaker make) {
  const Result<bool> ofDay = test.field->type == FilterType::time ? areOfDay(test) : Result<bool>(false);
  if (!ofDay) return std::unexpected(ofDay.error());
  Result<NumberCondition> condition = numberCondition(test);
  if (!condition) return std::unexpected(condition.error());
  return *ofDay ? timeOfDayTest(std::move(*condition)) : make(std::move(*condition));
}

// Only numbers, times and bytes have an order; a range of others says nothing.
std::optional<FilterOperand> misplacedRange(const FilterTest& test) {
  if (isOperatorOf(*test.field, less)) return std::nullopt;
  const auto found = std::ranges::find_if(test.values, &FilterRange::isRange);
  return found == test.values.end() ? std::nullopt : std::optional(found->to);
}

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

}  // namespace

std::optional<FilterOperator> filterOperatorNamed(std::string_view text) {
  const auto found = std::ranges::find_if(
      kOperators, [&](const OperatorName& known) { return equalAnyCase(known.name, text); });
  return found == kOperators.end() ? std::nullopt : std::optional(found->op);
}

Result<FilterPredicatePtr> makeFilterPredicate(const FilterTest& test) {
  if (test.op != exists && !isOperatorOf(*test.field, test.op)) return wrongOperator(test);
  if (const auto end = misplacedRange(test)) {
    return filterFault(*end, InputFault::badSyntax,
                       std::string(test.field->name) + " has no ranges; name each value");
  }
  return std::visit(Overloaded{
                        [&](NumberTestMaker make) { return makeNumberPredicate(test, make); },
                        [&](FlowNumbers field) { return makeFlowNumbersPredicate(test, field); },
                        [&](FlowAddresses field) { return makeAddressPredicate(test, field); },
                        [&](FlowWord field) { return makeWordPredicate(test, field); },
                        [&](RowBytes field) { return makeBytesPredicate(test, field); },
                    },
                    filterEvaluator(test.field->name));
}

}  // namespace sockbench
