// JSON and XML laid out for reading. Nothing is read into values: numbers, escapes, attributes, their order
// and repeated names stay as they came; only white space between tokens changes. Thread: any.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace sockbench {

enum class TextSyntax { json, xml };
std::string_view textSyntaxName(TextSyntax syntax);  // "JSON", "XML"

inline constexpr std::size_t kMostPrettyInput = std::size_t{16} << 20;
inline constexpr std::size_t kMostPrettyOutput = std::size_t{64} << 20;
inline constexpr std::size_t kMostPrettyDepth = 512;

// What the bytes can be by their first one behind white space; nullopt: neither. It costs nothing.
std::optional<TextSyntax> textSyntaxOf(ByteView bytes);

struct PrettyFault {
  std::size_t offset = 0;       // of the byte that may not stand there; the length: the text ends too early
  std::size_t line = 1;         // of that byte, from 1
  std::size_t column = 1;       // in bytes, from 1
  std::string_view sentence{};  // in static memory
  bool operator==(const PrettyFault&) const = default;
};
using PrettyResult = std::expected<std::string, PrettyFault>;

// All of `bytes` in UTF-8 (a byte order mark in front is left out), two spaces a level, without a new line at
// the end. Time and memory are linear; the bounds above are faults.
//
// JSON (RFC 8259): a name or an item a line, empty objects and arrays on one line. Several values may stand
// behind one another; each begins a line.
// XML 1.0: tags, comments, processing instructions and the document type as they stand, one a line. What is
// between the tags of an element stays as it is where it has text (CDATA, too), nothing but white space, or
// xml:space="preserve": there white space may matter. Well-formed tags, attributes, references by their form;
// no entity is looked up. Several elements may stand behind one another.
PrettyResult prettyText(ByteView bytes, TextSyntax syntax);

}  // namespace sockbench
