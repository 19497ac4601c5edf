// An expression of a script as C: what it is, and how it is written. What has no C throws NotInC.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/calls/script/call_script.h"

namespace sockbench {

struct CValue {
  enum class Type : std::uint8_t { none, number, real, text, bytes, socket, address, found, tuple, list };
  Type type = Type::none;
  std::string code{};  // an expression; of bytes and an address the name of a struct, of found of a pointer
  std::vector<CValue> items{};           // of tuple and list
  std::optional<std::int64_t> number{};  // of a literal
  std::string literal{};                 // of text and bytes: what they hold, where `isLiteral`
  bool isLiteral = false;
  std::string family{};  // of a socket: as it was asked for

  bool is(Type other) const { return type == other; }
};

// Thrown where there is no C for something, and caught by CWriter, line by line.
struct NotInC {
  std::string reason;
};
[[noreturn]] void withoutC(std::string reason);  // throws it

using CVariables = std::map<std::string, CValue, std::less<>>;

CValue cTuple(std::vector<CValue> items);
CValue cValue(const CallExpression& expression, const CVariables& variables);
// `bytes` as a C string in its quotes.
std::string cString(std::string_view bytes);
// An int, checked where it is a literal; a constant or a variable is taken as it is.
std::string cInt(const CValue& value, std::int64_t least, std::int64_t most);
}  // namespace sockbench
