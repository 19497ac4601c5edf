#include "core/payload/pretty_text.h"

#include <algorithm>

#include "core/base/unicode.h"
#include "core/payload/pretty_layouts.h"

namespace sockbench {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

PrettyFault placed(std::string_view text, const LayoutFault& fault) {
  const std::string_view before = text.substr(0, fault.offset);
  const std::size_t lineStart = before.rfind('\n') + 1;
  const auto lines = static_cast<std::size_t>(std::ranges::count(before, '\n'));
  return {fault.offset, lines + 1, before.size() - lineStart + 1, fault.sentence};
}

std::optional<LayoutFault> utf8Fault(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (nextUtf8(text, at) == kInvalidUtf8) return LayoutFault{begin, "not UTF-8"};
  }
  return std::nullopt;
}

LayoutResult layOut(std::string_view text, TextSyntax syntax) {
  if (text.size() > kMostPrettyInput) return std::unexpected(LayoutFault{0, "longer than 16 MiB"});
  if (syntax == TextSyntax::json) return layOutJson(text);
  if (const auto fault = utf8Fault(text)) return std::unexpected(*fault);
  return layOutXml(text);
}

}  // namespace

std::string_view textSyntaxName(TextSyntax syntax) {
  return syntax == TextSyntax::json ? "JSON" : "XML";
}

std::optional<TextSyntax> textSyntaxOf(ByteView bytes) {
  std::string_view text = asChars(bytes);
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return std::nullopt;
  if (text[first] == '<') return TextSyntax::xml;
  if (std::string_view("[{\"-0123456789tfn").contains(text[first])) return TextSyntax::json;
  return std::nullopt;
}

PrettyResult prettyText(ByteView bytes, TextSyntax syntax) {
  const std::string_view text = asChars(bytes);
  const std::size_t mark = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  LayoutResult result = layOut(text.substr(mark), syntax);
  if (result) return std::move(*result);
  return std::unexpected(placed(text, {result.error().offset + mark, result.error().sentence}));
}

}  // namespace sockbench
