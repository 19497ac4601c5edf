#include "core/calls/script/call_script.h"

#include <algorithm>

#include "core/calls/script/script_parser.h"
#include "core/calls/script/script_tokens.h"

namespace sockbench {
namespace {

Error asError(const ScriptFault& fault, std::string_view line) {
  return Error::fromInput(fault.fault, std::string(line), fault.where, fault.detail);
}

// `read` over the tokens of `text`.
template <class T>
Result<T> parsed(std::string_view text, ScriptRead<T> (ScriptParser::*read)()) {
  if (text.size() > kMostScriptLineBytes) {
    const std::string most = std::to_string(kMostScriptLineBytes);
    return std::unexpected(Error::fromInput(InputFault::tooLarge, std::string(text.substr(0, 80)),
                                            std::nullopt, "a line has at most " + most + " bytes"));
  }
  const auto tokens = scriptTokens(text);
  if (!tokens) return std::unexpected(asError(tokens.error(), text));
  ScriptRead<T> result = (ScriptParser(*tokens).*read)();
  if (!result) return std::unexpected(asError(result.error(), text));
  return *std::move(result);
}

std::string_view withoutReturn(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Error tooLarge(std::string detail) {
  return Error::fromInput(InputFault::tooLarge, {}, std::nullopt, std::move(detail));
}

}  // namespace

bool CallExpression::operator==(const CallExpression& other) const {
  return kind == other.kind && value == other.value && name == other.name && index == other.index &&
         items == other.items;
}

Result<CallLine> parseCallLine(std::string_view text) {
  if (const std::size_t end = text.find_first_of("\r\n"); end != std::string_view::npos) {
    return std::unexpected(Error::fromInput(InputFault::badSyntax, std::string(text), TextSpan{end, 1},
                                            "a call stands on one line"));
  }
  Result<CallLine> line = parsed(text, &ScriptParser::line);
  if (line) line->text = text;
  return line;
}

Result<CallExpression> parseCallExpression(std::string_view text) {
  if (const std::size_t end = text.find_first_of("\r\n"); end != std::string_view::npos) {
    return std::unexpected(Error::fromInput(InputFault::badSyntax, std::string(text), TextSpan{end, 1},
                                            "a value stands on one line"));
  }
  return parsed(text, &ScriptParser::onlyExpression);
}

Result<CallScript> parseCallScript(std::string_view text, std::size_t* failedLine) {
  if (failedLine != nullptr) *failedLine = 0;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.size() > kMostScriptBytes) {
    return std::unexpected(tooLarge("a script has at most " + std::to_string(kMostScriptBytes) + " bytes"));
  }
  CallScript script;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::size_t number = script.size() + 1;
    if (failedLine != nullptr) *failedLine = number;
    if (number > kMostScriptLines) {
      return std::unexpected(tooLarge("a script has at most " + std::to_string(kMostScriptLines) + " lines"));
    }
    Result<CallLine> line = parseCallLine(withoutReturn(text.substr(begin, end - begin)));
    if (!line) return std::unexpected(std::move(line.error()));
    line->number = number;
    script.push_back(*std::move(line));
    begin = end + 1;
  }
  if (failedLine != nullptr) *failedLine = 0;
  return script;
}

}  // namespace sockbench
