#include "core/traffic/filter/bytes_test.h"

#include <algorithm>
#include <utility>

#include "core/payload/byte_pattern.h"
#include "core/payload/hex.h"
#include "core/traffic/filter/filter_words.h"

namespace sockbench {
namespace {

using enum FilterOperator;

// From `low` to `high`, both included, as memcmp(3) orders them.
struct BytesRange {
  std::string low;
  std::string high;
};

// What is asked of the bytes that are there.
struct BytesQuestion {
  FilterOperator op = exists;
  bool anyCase = false;
  std::vector<BytesRange> ranges;      // of what compares
  std::optional<BytePattern> pattern;  // of contains and matches

  bool holds(ByteView bytes) const;
  bool compares(std::string_view value) const;
};

bool BytesQuestion::compares(std::string_view value) const {
  const BytesRange& only = ranges.front();
  switch (op) {
    case less:
      return value < only.low;
    case lessEqual:
      return value <= only.low;
    case greater:
      return value > only.low;
    case greaterEqual:
      return value >= only.low;
    default:
      return std::ranges::any_of(ranges, [&](const BytesRange& r) {
               return r.low <= value && value <= r.high;
             }) != (op == notEqual);
  }
}

bool BytesQuestion::holds(ByteView bytes) const {
  if (op == exists) return true;
  if (pattern) return pattern->isIn(bytes);
  return anyCase ? compares(asciiLower(asChars(bytes))) : compares(asChars(bytes));
}

class BytesTest : public FilterPredicate {
 public:
  BytesTest(RowBytes field, std::optional<ByteSlice> slice, BytesQuestion question)
      : field_(field), slice_(slice), question_(std::move(question)) {}

  bool usesNotes() const override { return field_.cost == FilterCost::notes; }
  FilterCost cost() const override {
    if (question_.op == matches) return FilterCost::regex;
    return question_.op == contains ? std::max(field_.cost, FilterCost::search) : field_.cost;
  }
  std::size_t narrow(FilterRun& run, std::span<std::uint32_t> places) const override {
    std::string room;
    return keepThose(places, [&](std::uint32_t place) {
      std::optional<ByteView> bytes = field_.read({run, place}, room);
      if (bytes && slice_) bytes = slice_->of(*bytes);
      return bytes && question_.holds(*bytes);
    });
  }

 private:
  RowBytes field_;
  std::optional<ByteSlice> slice_;
  BytesQuestion question_;
};

std::unexpected<Error> needsQuotes(const FilterOperand& operand) {
  return filterFault(operand, InputFault::badSyntax,
                     "texts stand in double quotes: " + quotedWord(operand.text));
}

// Text in quotes, or, of bytes, hexadecimal pairs without.
Result<std::string> valueOf(const FilterTest& test, const FilterOperand& operand) {
  if (operand.quoted) return unescapeOperand(operand);
  if (test.field->type == FilterType::text) return needsQuotes(operand);
  const Result<Bytes> bytes = parseHex(operand.text);
  if (bytes && !bytes->empty()) return std::string(asChars(*bytes));
  return filterFault(operand, InputFault::badHex,
                     "bytes are hexadecimal pairs, 0d:0a, or text in double quotes, \"GET\"");
}

Result<BytePattern> patternOf(const FilterTest& test, const FilterOperand& operand) {
  if (test.op == matches) {
    if (!operand.quoted) return needsQuotes(operand);
    Result<BytePattern> pattern = BytePattern::fromRegex(operand.text);
    if (!pattern) return filterFault(operand, pattern.error());
    return pattern;
  }
  Result<std::string> value = valueOf(test, operand);
  if (!value) return std::unexpected(std::move(value.error()));
  if (value->empty()) return filterFault(operand, InputFault::badSyntax, "there is nothing to look for");
  return BytePattern::fromBytes(toBytes(*value), test.field->type != FilterType::text);
}

Result<BytesRange> rangeOf(const FilterTest& test, const FilterRange& value) {
  Result<std::string> from = valueOf(test, value.from);
  if (!from) return std::unexpected(std::move(from.error()));
  Result<std::string> to = valueOf(test, value.to);
  if (!to) return std::unexpected(std::move(to.error()));
  if (*to < *from) return filterFault(value.to, InputFault::badSyntax, "the range ends before it begins");
  if (test.field->type == FilterType::text) return BytesRange{asciiLower(*from), asciiLower(*to)};
  return BytesRange{std::move(*from), std::move(*to)};
}

}  // namespace

Result<FilterPredicatePtr> makeBytesPredicate(const FilterTest& test, RowBytes field) {
  BytesQuestion question{test.op, test.field->type == FilterType::text, {}, std::nullopt};
  if (test.op == contains || test.op == matches) {
    Result<BytePattern> pattern = patternOf(test, test.values.front().from);
    if (!pattern) return std::unexpected(std::move(pattern.error()));
    question.pattern = std::move(*pattern);
  } else {
    for (const FilterRange& value : test.values) {
      Result<BytesRange> range = rangeOf(test, value);
      if (!range) return std::unexpected(std::move(range.error()));
      question.ranges.push_back(std::move(*range));
    }
  }
  return std::make_shared<const BytesTest>(field, test.slice, std::move(question));
}

}  // namespace sockbench
