// The one reader of escaped text: cuts it into plain runs and escapes, for whoever collects them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/payload/visible_text.h"

namespace sockbench {

// One escape, read: \n \r \t \\ \u{...} give a character, \0 and \xHH a byte.
struct ScannedEscape {
  std::size_t length = 0;  // of the escape in the text
  bool isByte = false;
  char32_t value = 0;
};

// `text[at]` is a backslash. Errors: badEscape with `where` over the escape as far as it was understood, and
// the character that was wrong.
Result<ScannedEscape> scanEscape(std::string_view text, std::size_t at);

// Calls, in order, sink.characters(text, source) for UTF-8 characters and sink.byte(char) for a byte that an
// escape gave; `source` is where they stand in `text` (an escape: all of it). Stops at the first error.
template <class Sink>
Result<void> scanEscapes(std::string_view text, Sink&& sink) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find('\\', at), text.size());
    if (next > at) sink.characters(text.substr(at, next - at), TextSpan{at, next - at});
    at = next;
    if (at == text.size()) break;
    const Result<ScannedEscape> escape = scanEscape(text, at);
    if (!escape) return std::unexpected(escape.error());
    if (escape->isByte) {
      sink.byte(static_cast<char>(static_cast<unsigned char>(escape->value)));
    } else {
      std::string character;
      appendUtf8(character, escape->value);
      sink.characters(character, TextSpan{at, escape->length});
    }
    at += escape->length;
  }
  return {};
}

}  // namespace sockbench
