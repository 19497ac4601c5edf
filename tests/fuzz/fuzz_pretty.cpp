// Any text is laid out or refused with its place. What is laid out stays as it is when it is laid out again,
// and differs from what came in white space alone.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/payload/pretty_text.h"

using namespace sockbench;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::string withoutSpace(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string rest(text);
  std::erase_if(rest, [](char c) { return std::string_view(" \t\r\n").contains(c); });
  return rest;
}

void requirePlace(const PrettyFault& fault, std::string_view text) {
  require(!fault.sentence.empty() && fault.offset <= text.size());
  const std::string_view before = text.substr(0, fault.offset);
  require(fault.line == 1 + static_cast<std::size_t>(std::ranges::count(before, '\n')));
  require(fault.column == fault.offset - (before.rfind('\n') + 1) + 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const TextSyntax syntax : {TextSyntax::json, TextSyntax::xml}) {
    const PrettyResult pretty = prettyText(asBytes(text), syntax);
    if (!pretty) {
      requirePlace(pretty.error(), text);
      continue;
    }
    require(textSyntaxOf(asBytes(text)) == syntax);
    require(withoutSpace(*pretty) == withoutSpace(text));
    if (pretty->size() <= kMostPrettyInput) require(prettyText(asBytes(*pretty), syntax) == pretty);
  }
  return 0;
}
