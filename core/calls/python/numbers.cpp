#include "core/calls/python/numbers.h"

#include <limits>
#include <string>

#include "core/calls/call_names.h"
#include "core/calls/python/fault.h"

namespace sockbench {
namespace {

struct Whole {
  std::int64_t value = 0;
  bool huge = false;  // beyond 64 bits: `value` says nothing
  bool negative = false;
};

std::optional<Whole> wholeOf(const CallValue& value) {
  if (const auto* number = value.as<std::int64_t>()) return Whole{*number, false, *number < 0};
  if (const auto* truth = value.as<bool>()) return Whole{*truth ? 1 : 0};
  if (const auto* huge = value.as<HugeInteger>()) return Whole{0, true, huge->digits.starts_with('-')};
  if (const auto* name = value.as<std::string>()) {
    if (const auto number = numberOf(*name)) return Whole{*number, false, *number < 0};
  }
  return std::nullopt;
}

Whole needWhole(const CallValue& value, std::size_t argument) {
  if (const auto whole = wholeOf(value)) return *whole;
  std::string why = "'" + std::string(value.typeName()) + "' object cannot be interpreted as an integer";
  const auto* name = value.as<std::string>();
  const std::string_view meant = name != nullptr ? nearestName(*name) : std::string_view();
  if (!meant.empty()) why += "; did you mean " + std::string(meant) + "?";
  raiseType(std::move(why), argument);
}

std::int64_t needLong(const CallValue& value, std::size_t argument, std::string_view type) {
  const Whole whole = needWhole(value, argument);
  if (whole.huge) raiseOverflow("Python int too large to convert to C " + std::string(type), argument);
  return whole.value;
}

}  // namespace

bool isWholeNumber(const CallValue& value) {
  return wholeOf(value).has_value();
}

int cInt(const CallValue& value, std::size_t argument) {
  const std::int64_t number = needLong(value, argument, "long");
  if (number > std::numeric_limits<int>::max())
    raiseOverflow("signed integer is greater than maximum", argument);
  if (number < std::numeric_limits<int>::min())
    raiseOverflow("signed integer is less than minimum", argument);
  return static_cast<int>(number);
}

int pythonInt(const CallValue& value, std::size_t argument) {
  const std::int64_t number = needLong(value, argument, "int");
  if (number > std::numeric_limits<int>::max() || number < std::numeric_limits<int>::min())
    raiseOverflow("Python int too large to convert to C int", argument);
  return static_cast<int>(number);
}

std::int64_t cLong(const CallValue& value, std::size_t argument) {
  return needLong(value, argument, "long");
}

std::int64_t cSize(const CallValue& value, std::size_t argument) {
  return needLong(value, argument, "ssize_t");
}

std::uint64_t cUnsigned(const CallValue& value, std::size_t argument) {
  const auto whole = wholeOf(value);
  if (!whole) raiseType("expected int, " + std::string(value.typeName()) + " found", argument);
  if (whole->negative) raiseOverflow("can't convert negative value to unsigned int", argument);
  if (!whole->huge) return static_cast<std::uint64_t>(whole->value);
  const std::string& digits = value.as<HugeInteger>()->digits;
  if (digits.size() > 20 || (digits.size() == 20 && digits > "18446744073709551615"))
    raiseOverflow("Python int too large to convert to C unsigned long", argument);
  return cBits(value, argument);
}

std::uint64_t cBits(const CallValue& value, std::size_t argument) {
  const Whole whole = needWhole(value, argument);
  if (!whole.huge) return static_cast<std::uint64_t>(whole.value);
  std::uint64_t bits = 0;
  for (const char digit : value.as<HugeInteger>()->digits) {
    if (digit != '-') bits = bits * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return whole.negative ? ~bits + 1 : bits;
}

}  // namespace sockbench
