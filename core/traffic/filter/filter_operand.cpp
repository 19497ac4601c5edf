#include "core/traffic/filter/filter_operand.h"

#include <algorithm>
#include <utility>

#include "core/payload/escapes.h"

namespace sockbench {
namespace {

// escapes.h has no \", where a quote stands for itself.
std::string withoutQuoteEscapes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      if (text[at + 1] != '"') out += text[at];
      ++at;
    }
    out += text[at];
  }
  return out;
}

// Where the byte at `offset` of that stands in `text`.
std::size_t placeBefore(std::string_view text, std::size_t offset) {
  std::size_t at = 0;
  for (std::size_t passed = 0; passed < offset && at < text.size(); ++passed) {
    const bool isPair = text[at] == '\\' && at + 1 < text.size();
    if (isPair && text[at + 1] != '"' && passed + 1 < offset) ++passed;
    at += isPair ? 2 : 1;
  }
  return std::min(at, text.size());
}

}  // namespace

std::unexpected<Error> filterFault(std::string_view whole, std::string_view part, InputFault fault,
                                   std::string why) {
  const auto offset = static_cast<std::size_t>(part.data() - whole.data());
  return std::unexpected(
      Error::fromInput(fault, std::string(whole), TextSpan{offset, part.size()}, std::move(why)));
}

std::unexpected<Error> filterFault(const FilterOperand& operand, InputFault fault, std::string why) {
  return filterFault(operand.whole, operand.text, fault, std::move(why));
}

std::unexpected<Error> filterFault(const FilterOperand& operand, Error inner, bool moved) {
  std::string_view part = operand.text;
  if (inner.where && !moved) {
    const std::size_t offset = std::min(inner.where->offset, part.size());
    part = part.substr(offset, inner.where->length);
  }
  return filterFault(operand.whole, part, static_cast<InputFault>(inner.code), inner.message());
}

Result<std::string> unescapeOperand(const FilterOperand& operand) {
  if (!operand.quoted) return std::string(operand.text);
  const std::string plain = withoutQuoteEscapes(operand.text);
  const Result<Bytes> bytes = unescape(plain);
  if (bytes) return std::string(asChars(*bytes));
  Error error = bytes.error();
  if (error.where) {
    const std::size_t begin = placeBefore(operand.text, error.where->offset);
    const std::size_t end = placeBefore(operand.text, error.where->offset + error.where->length);
    error.where = TextSpan{begin, std::max(begin, end) - begin};
  }
  return filterFault(operand, std::move(error));
}

}  // namespace sockbench
