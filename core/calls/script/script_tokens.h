// A line of a script as tokens. Thread: any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/calls/call_value.h"
#include "core/calls/script/script_fault.h"

namespace sockbench {

struct ScriptToken {
  enum class Kind : std::uint8_t {
    name,    // `text`
    number,  // `value`
    string,  // `value`: str or bytes
    symbol,  // `text`: one character, or two such as == and :=
    end,     // of the line, or its comment
  };
  Kind kind = Kind::end;
  std::string_view text;  // as written, in the line
  CallValue value;
  TextSpan where;

  bool is(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
};

// `line` has no end of line; the last token is the end. Errors: not UTF-8, a character that belongs to no
// token, a wrong literal.
ScriptRead<std::vector<ScriptToken>> scriptTokens(std::string_view line);

}  // namespace sockbench
