#include "core/traffic/filter/filter_parser.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/traffic/filter/filter_lexer.h"
#include "core/traffic/filter/filter_test.h"
#include "core/traffic/filter/filter_words.h"

namespace sockbench {
namespace {

constexpr std::size_t kMostText = std::size_t{64} << 10;
constexpr int kMostNesting = 100;
constexpr int kMostTerms = 2000;  // tests, and elements of sets

using Parsed = Result<FilterPredicatePtr>;

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), tokens_(lexFilter(text)) {}

  Parsed parse() {
    if (peek().is(FilterTokenKind::end)) return allOf({});
    Parsed whole = anyOfTerms();
    if (!whole || peek().is(FilterTokenKind::end)) return whole;
    return unexpectedBehind();
  }

 private:
  const FilterToken& peek() const { return tokens_[at_]; }
  FilterToken take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool isNot() const { return peek().isWord("not") || isSymbol("!"); }
  bool isSymbol(std::string_view symbol) const {
    return peek().is(FilterTokenKind::symbol) && peek().text == symbol;
  }
  bool takeEither(std::string_view keyword, std::string_view symbol) {
    const bool is = peek().isWord(keyword) || isSymbol(symbol);
    if (is) take();
    return is;
  }

  std::unexpected<Error> fault(const FilterToken& token, std::string why,
                               InputFault kind = InputFault::badSyntax) const {
    return filterFault(text_, token.text, kind,
                       token.is(FilterTokenKind::wrong) ? token.problem : std::move(why));
  }
  std::unexpected<Error> unexpectedBehind() const {
    if (peek().is(FilterTokenKind::close)) return fault(peek(), "this parenthesis was never opened");
    return fault(peek(), "and, or, or nothing is expected here");
  }

  Parsed anyOfTerms() {
    std::vector<FilterPredicatePtr> parts;
    do {
      Parsed part = allOfTerms();
      if (!part) return part;
      parts.push_back(std::move(*part));
    } while (takeEither("or", "||"));
    return anyOf(std::move(parts));
  }

  Parsed allOfTerms() {
    std::vector<FilterPredicatePtr> parts;
    do {
      Parsed part = term();
      if (!part) return part;
      parts.push_back(std::move(*part));
    } while (takeEither("and", "&&"));
    return allOf(std::move(parts));
  }

  Parsed term() {
    const bool isGroup = peek().is(FilterTokenKind::open);
    if (!isGroup && !isNot()) return test();
    const FilterToken opening = take();
    if (++nesting_ > kMostNesting) return fault(opening, "the filter is nested too deeply");
    Parsed inner = isGroup ? group(opening) : term();
    --nesting_;
    if (!inner || isGroup) return inner;
    return noneOf(std::move(*inner));
  }

  Parsed group(const FilterToken& opening) {
    Parsed inner = anyOfTerms();
    if (!inner) return inner;
    if (peek().is(FilterTokenKind::close)) {
      take();
      return inner;
    }
    if (peek().is(FilterTokenKind::end)) return fault(opening, "this parenthesis is never closed");
    return fault(peek(), "and, or, or a closing parenthesis is expected here");
  }

  Parsed test() {
    const FilterToken name = take();
    FilterTest test;
    test.whole = text_;
    if (!name.is(FilterTokenKind::word) || name.text.starts_with('['))
      return fault(name, "a field is expected here, such as kind, port or data");
    test.field = findFilterField(name.text);
    if (test.field == nullptr) return unknownField(name);
    if (!countTerm()) return fault(name, "the filter has too many terms");
    if (peek().is(FilterTokenKind::word) && peek().text.starts_with('[')) {
      if (test.field->type != FilterType::bytes)
        return fault(peek(), "only data can be sliced; " + std::string(name.text) + " is a whole");
      const Result<ByteSlice> slice = ByteSlice::parse(text_, take().text);
      if (!slice) return std::unexpected(slice.error());
      test.slice = *slice;
    }
    if (const Result<void> read = comparison(test); !read) return std::unexpected(read.error());
    return makeFilterPredicate(test);
  }

  bool countTerm() { return ++terms_ <= kMostTerms; }

  Parsed unknownField(const FilterToken& name) const {
    std::vector<std::string_view> names;
    for (const FilterField& field : filterFields()) names.push_back(field.name);
    const std::string_view nearest = nearestWord(name.text, names);
    const bool isKeyword = filterOperatorNamed(name.text) || name.isWord("and") || name.isWord("or");
    if (isKeyword) return fault(name, "a field is expected before " + std::string(name.text));
    return fault(name,
                 "there is no field " + quotedWord(name.text) +
                     (nearest.empty() ? "; there are " + wordList(names)
                                      : "; did you mean " + std::string(nearest) + "?"),
                 InputFault::unknownName);
  }

  // Whether the test ends here: the field alone.
  bool isTestOver() const {
    return peek().is(FilterTokenKind::end) || peek().is(FilterTokenKind::close) || peek().isWord("and") ||
           peek().isWord("or") || isSymbol("&&") || isSymbol("||");
  }

  Result<void> comparison(FilterTest& test) {
    if (isTestOver()) return {};
    const FilterToken token = take();
    const bool mayBe = token.is(FilterTokenKind::word) || token.is(FilterTokenKind::symbol);
    const auto op = mayBe ? filterOperatorNamed(token.text) : std::nullopt;
    if (!op) return notAnOperator(test, token);
    test.op = *op;
    test.opText = token.text;
    if (*op == FilterOperator::in) return set(test);
    return value(test);
  }

  std::unexpected<Error> notAnOperator(const FilterTest& test, const FilterToken& token) const {
    const auto offered = filterOperators(test.field->type);
    return fault(token, offered.empty()
                            ? "behind " + std::string(test.field->name) + " comes and, or, or nothing"
                            : "an operator is expected here: " + wordList(offered));
  }

  // One value, which stands alone.
  Result<void> value(FilterTest& test) {
    const FilterToken start = peek();
    const Result<FilterRange> read = element(test);
    if (!read) return std::unexpected(read.error());
    if (read->isRange) return fault(start, "a range stands in a set, in {80..90}");
    test.values.push_back(*read);
    return {};
  }

  Result<void> set(FilterTest& test) {
    const FilterToken opening = take();
    if (!opening.is(FilterTokenKind::openSet))
      return fault(opening, "a set is expected here, {80 443 8000..8080}");
    while (!peek().is(FilterTokenKind::closeSet)) {
      if (peek().is(FilterTokenKind::end)) return fault(opening, "this set is never closed");
      const FilterToken start = peek();
      const Result<FilterRange> read = element(test);
      if (!read) return std::unexpected(read.error());
      if (!countTerm()) return fault(start, "the filter has too many terms");
      test.values.push_back(*read);
      if (peek().is(FilterTokenKind::comma)) take();
    }
    const FilterToken closing = take();
    if (test.values.empty()) return fault(closing, "the set is empty");
    return {};
  }

  FilterOperand operandOf(std::string_view part, bool quoted) const { return {text_, part, quoted}; }

  // VALUE or VALUE..VALUE, where bare values hang together with the dots.
  Result<FilterRange> element(const FilterTest& test) {
    const Result<FilterToken> first = valueToken(test);
    if (!first) return std::unexpected(first.error());
    const bool quoted = first->is(FilterTokenKind::quoted);
    const std::size_t dots = quoted ? std::string_view::npos : first->text.find("..");
    const bool isPath = test.field->type == FilterType::address;
    if (!isPath && dots != std::string_view::npos) {
      const FilterOperand from = operandOf(first->text.substr(0, dots), false);
      return rangeTo(test, from, first->text.substr(dots + 2));
    }
    const FilterOperand from = operandOf(first->text, quoted);
    if (peek().is(FilterTokenKind::word) && peek().text.starts_with("..")) {
      return rangeTo(test, from, take().text.substr(2));
    }
    return FilterRange{from, from, false};
  }

  Result<FilterRange> rangeTo(const FilterTest& test, const FilterOperand& from, std::string_view rest) {
    if (!rest.empty()) return FilterRange{from, operandOf(rest, false), true};
    const Result<FilterToken> last = valueToken(test);
    if (!last) return std::unexpected(last.error());
    return FilterRange{from, operandOf(last->text, last->is(FilterTokenKind::quoted)), true};
  }

  Result<FilterToken> valueToken(const FilterTest& test) {
    if (peek().is(FilterTokenKind::word) || peek().is(FilterTokenKind::quoted)) return take();
    return fault(peek(), "a value is expected here, as in: " + std::string(test.field->example));
  }

  std::string_view text_;
  std::vector<FilterToken> tokens_;
  std::size_t at_ = 0;
  int nesting_ = 0;
  int terms_ = 0;
};

}  // namespace

Result<FilterPredicatePtr> parseFilter(std::string_view text) {
  if (text.size() > kMostText) {
    return filterFault(text, text.substr(kMostText), InputFault::tooLarge, "a filter has at most 64 KiB");
  }
  return Parser(text).parse();
}

}  // namespace sockbench
