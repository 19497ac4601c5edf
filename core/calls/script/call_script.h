// A script of calls, in the notation that the panel shows: Python's, restricted to assignments and calls
// with literals, names, tuples, lists and `|` of flags; `name[1]` is an item of a tuple or list. Comments run
// from # to the end of the line. Untrusted text: bounded in length, depth and number of lines. Thread: any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/calls/call_value.h"

namespace sockbench {

struct CallExpression {
  enum class Kind : std::uint8_t {
    value,  // a literal: `value`
    name,   // a variable or a constant: `name`
    flags,  // `items` joined with |
    tuple,  // `items`
    list,   // `items`
    item,   // items[0] [ index ]
    call,   // a constructor in place: bytearray(16), bytes(4), bytes([1, 2]): `name` and `items`
  };
  Kind kind = Kind::value;
  CallValue value;
  std::string name;
  std::vector<CallExpression> items;
  std::int64_t index = 0;
  TextSpan where;  // in CallLine::text

  // The same expression; where it stands is no matter.
  bool operator==(const CallExpression& other) const;
};

// One line: a call, an assignment of a call or of an expression, or nothing but a comment.
struct CallLine {
  std::string text;                  // as it was written, without the end of line
  std::size_t number = 0;            // from 1; 0: it stands alone
  std::vector<std::string> targets;  // "conn, addr = ..."; empty: nothing is assigned
  bool unpacks = false;              // the result is taken apart: two targets, or one with a comma behind it
  bool isCall = false;               // else `value` is assigned, or the line is blank (no targets)
  std::string on;                    // the variable whose method it is; empty: a function
  std::string name;                  // of the call; a leading "socket." of functions is dropped
  std::vector<CallExpression> args;
  std::vector<std::pair<std::string, CallExpression>> keywords;
  CallExpression value;
  TextSpan nameAt;  // where the call's name stands in `text`

  // Nothing but a comment, or the import of Python's socket module, so that a script of it may be pasted.
  bool isBlank() const { return !isCall && targets.empty(); }
};

using CallScript = std::vector<CallLine>;

// The names of Python's module may have it in front, "socket.AF_INET". Errors: InputFault::badSyntax,
// tooLarge; the subject is the line, `where` in it.
Result<CallLine> parseCallLine(std::string_view text);
// What may stand as an argument, or behind the = of an assignment; for a field of a form. Errors: the same.
Result<CallExpression> parseCallExpression(std::string_view text);
// All lines, blank ones too; lines end with \n or \r\n. The subject of an error is the line; `failedLine`
// is its number, from 1.
Result<CallScript> parseCallScript(std::string_view text, std::size_t* failedLine = nullptr);

// As one would write it; parsing it gives the same again.
std::string expressionText(const CallExpression& expression);
// The line from its parts instead of from `text`: without its comment, "" for a blank one.
std::string callLineText(const CallLine& line);

inline constexpr std::size_t kMostScriptBytes = 4 << 20;
inline constexpr std::size_t kMostScriptLines = 100'000;
inline constexpr std::size_t kMostScriptLineBytes = 1 << 20;
inline constexpr std::size_t kMostScriptLineItems = 10'000;  // literals, names, tuples and lists of a line
inline constexpr std::size_t kMostScriptDepth = 64;          // of tuples and lists
inline constexpr std::size_t kMostScriptItems = 100'000;     // in one value, those within included

// The same calls as a program: whole, ready to run, with the imports and headers that it needs. Both print a
// line for each call, in the same words: the line's number, the call, " -> " and Python's repr of the result
// ("<socket>" for a socket), or the errno's symbol, "timed out", "EAI_NONAME", "TypeError"...; and go on
// after an error. A line that cannot be translated is a comment there, with the reason.
struct ScriptProgram {
  std::string text;
  std::vector<std::string> leftOut;  // "line 7: ...": what the program does not do
};
ScriptProgram scriptAsPython(const CallScript& script);
ScriptProgram scriptAsC(const CallScript& script);

}  // namespace sockbench
