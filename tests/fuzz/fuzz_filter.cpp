// Any text is a filter or is refused with its place; a filter selects rows in order, and the same again when
// it is put together with another.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/traffic/filter/filter_fields.h"
#include "tests/core/traffic/filter/made_log.h"

using namespace sockbench;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

const TrafficLog& log() {
  static const auto made = makeLog();
  return *made;
}

void requireSelection(const Filter& filter, std::string_view text) {
  const auto rows = selectedRows(log(), filter);
  require(std::ranges::is_sorted(rows) && std::ranges::adjacent_find(rows) == rows.end());
  require(rows == selectedRows(log(), filter, 5));
  // Blank text adds no term, and one more term may be one too many.
  const std::string without = filterAndNot("kind", text);
  const auto others = Filter::parse(without);
  if (others && without != "kind") require(rows.size() + selectedRows(log(), **others).size() == log().end());
}

void requireCompletion(std::string_view text, std::size_t cursor) {
  const FilterCompletion completion = completeFilter(text, cursor);
  require(completion.begin <= completion.end && completion.end <= text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto filter = Filter::parse(text);
  if (filter) {
    requireSelection(**filter, text);
  } else {
    const Error& error = filter.error();
    require(!error.message().empty() && error.subject == text && error.where.has_value());
    require(error.where->offset + error.where->length <= text.size());
  }
  requireCompletion(text, text.size());
  requireCompletion(text, text.size() / 2);
  const auto quoted = Filter::parse("data == " + filterQuoted(text));
  require(quoted.has_value() || size > 4096);
  return 0;
}
