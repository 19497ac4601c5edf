// A script's lines, written from their parts.
#include <cmath>

#include "core/calls/script/call_script.h"

namespace sockbench {
namespace {

std::string joined(const std::vector<CallExpression>& items, std::string_view separator) {
  std::string out;
  for (const CallExpression& item : items) {
    if (!out.empty()) out += separator;
    out += expressionText(item);
  }
  return out;
}

// Infinity has no literal; a number beyond it is read as it.
std::string valueText(const CallValue& value) {
  const auto* number = value.as<double>();
  if (number != nullptr && std::isinf(*number)) return *number < 0 ? "-1e999" : "1e999";
  return value.repr();
}

std::string targetsText(const CallLine& line) {
  std::string out;
  for (const std::string& target : line.targets) out += (out.empty() ? "" : ", ") + target;
  if (line.unpacks && line.targets.size() == 1) out += ',';
  return out.empty() ? out : out + " = ";
}

}  // namespace

std::string expressionText(const CallExpression& expression) {
  switch (expression.kind) {
    case CallExpression::Kind::value:
      return valueText(expression.value);
    case CallExpression::Kind::name:
      return expression.name;
    case CallExpression::Kind::flags:
      return joined(expression.items, " | ");
    case CallExpression::Kind::tuple:
      return '(' + joined(expression.items, ", ") + (expression.items.size() == 1 ? ",)" : ")");
    case CallExpression::Kind::list:
      return '[' + joined(expression.items, ", ") + ']';
    case CallExpression::Kind::item:
      return expressionText(expression.items.front()) + '[' + std::to_string(expression.index) + ']';
    case CallExpression::Kind::call:
      return expression.name + '(' + joined(expression.items, ", ") + ')';
  }
  return {};
}

std::string callLineText(const CallLine& line) {
  if (!line.isCall) return line.targets.empty() ? "" : targetsText(line) + expressionText(line.value);
  std::string out = targetsText(line) + (line.on.empty() ? "" : line.on + '.') + line.name + '(';
  std::string_view separator;
  for (const CallExpression& argument : line.args) {
    out += std::string(separator) + expressionText(argument);
    separator = ", ";
  }
  for (const auto& [name, value] : line.keywords) {
    out += std::string(separator) + name + '=' + expressionText(value);
    separator = ", ";
  }
  return out + ')';
}

}  // namespace sockbench
