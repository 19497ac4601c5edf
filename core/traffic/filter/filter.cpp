#include "core/traffic/filter/filter.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/payload/escapes.h"
#include "core/traffic/filter/filter_lexer.h"
#include "core/traffic/filter/filter_parser.h"

namespace sockbench {
namespace {

// Rows that go through all tests together: their places and records stay in the cache.
constexpr std::size_t kBatch = 2048;

class CompiledFilter : public Filter {
 public:
  CompiledFilter(std::string text, FilterPredicatePtr predicate)
      : text_(std::move(text)), predicate_(std::move(predicate)) {}

  const std::string& text() const override { return text_; }
  bool usesNotes() const override { return predicate_->usesNotes(); }
  void select(const LogSlab& slab, const FilterContext& context,
              std::vector<std::uint32_t>& out) const override {
    FilterRun run(slab, context);
    for (std::size_t begin = 0; begin < slab.size(); begin += kBatch) {
      const std::size_t before = out.size();
      out.resize(before + std::min(kBatch, slab.size() - begin));
      const std::span batch = std::span(out).subspan(before);
      std::iota(batch.begin(), batch.end(), static_cast<std::uint32_t>(begin));
      out.resize(before + predicate_->narrow(run, batch));
    }
  }
  const FilterPredicatePtr& predicate() const { return predicate_; }

 private:
  std::string text_;
  FilterPredicatePtr predicate_;
};

FilterPtr everything() {
  return filterOf({}, allOf({}));
}

// See filterOf().
const FilterPredicatePtr& predicateOf(const FilterPtr& filter) {
  return static_cast<const CompiledFilter&>(*filter).predicate();
}

enum class Joint { none, both, either };  // what holds a text together outermost: nothing, and, or

Joint jointOf(std::string_view text) {
  Joint joint = Joint::none;
  int depth = 0;
  for (const FilterToken& token : lexFilter(text)) {
    if (token.is(FilterTokenKind::wrong)) return Joint::either;
    if (token.is(FilterTokenKind::open)) ++depth;
    if (token.is(FilterTokenKind::close)) --depth;
    const bool isOr = token.isWord("or") || token.text == "||";
    const bool isAnd = token.isWord("and") || token.text == "&&";
    if (depth == 0 && !token.is(FilterTokenKind::quoted) && (isOr || isAnd))
      joint = std::max(joint, isOr ? Joint::either : Joint::both);
  }
  return joint;
}

std::string inParentheses(std::string_view text, bool needed) {
  return needed ? '(' + std::string(text) + ')' : std::string(text);
}

bool isBlank(std::string_view text) {
  return lexFilter(text).size() == 1;
}

}  // namespace

FilterPtr filterOf(std::string text, FilterPredicatePtr predicate) {
  return std::make_shared<const CompiledFilter>(std::move(text), std::move(predicate));
}

Result<FilterPtr> Filter::parse(std::string_view text) {
  Result<FilterPredicatePtr> predicate = parseFilter(text);
  if (!predicate) return std::unexpected(std::move(predicate.error()));
  return filterOf(std::string(text), std::move(*predicate));
}

FilterPtr Filter::ofSession(SessionId session) {
  if (!session) return everything();
  return parse("server == " + std::to_string(session.value)).value_or(nullptr);
}

FilterPtr Filter::both(FilterPtr a, FilterPtr b) {
  if (!a || !b) return a ? a : b ? b : everything();
  return filterOf(filterAnd(a->text(), b->text()), allOf({predicateOf(a), predicateOf(b)}));
}

std::string filterAnd(std::string_view text, std::string_view term) {
  if (isBlank(text)) return std::string(term);
  if (isBlank(term)) return std::string(text);
  return inParentheses(text, jointOf(text) == Joint::either) + " and " +
         inParentheses(term, jointOf(term) == Joint::either);
}

std::string filterAndNot(std::string_view text, std::string_view term) {
  if (isBlank(term)) return std::string(text);
  return filterAnd(text, "not " + inParentheses(term, jointOf(term) != Joint::none));
}

std::string filterQuoted(std::string_view utf8) {
  std::string quoted = "\"";
  for (const char c : escape(asBytes(utf8))) {
    if (c == '"') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace sockbench
