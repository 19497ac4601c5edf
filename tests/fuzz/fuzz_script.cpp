// Any text is read as a script or refused with its place, and what was read is written so that it reads the
// same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/calls/script/call_script.h"

using namespace sockbench;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void requirePlace(const Error& error) {
  require(!error.message().empty());
  if (error.where) require(error.where->offset + error.where->length <= error.subject.size());
}

bool sameArguments(const CallLine& a, const CallLine& b) {
  return a.args == b.args && a.keywords == b.keywords && a.value == b.value;
}

void requireSameAgain(const CallLine& line) {
  const Result<CallLine> again = parseCallLine(callLineText(line));
  require(again.has_value());
  require(again->isCall == line.isCall && again->targets == line.targets && again->unpacks == line.unpacks);
  require(again->on == line.on && again->name == line.name && sameArguments(*again, line));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t failedLine = 0;
  const Result<CallScript> script = parseCallScript(text, &failedLine);
  if (script) {
    require(failedLine == 0);
    for (const CallLine& line : *script) requireSameAgain(line);
  } else {
    requirePlace(script.error());
  }
  if (const auto expression = parseCallExpression(text)) {
    const auto again = parseCallExpression(expressionText(*expression));
    require(again.has_value() && *again == *expression);
  } else {
    requirePlace(expression.error());
  }
  return 0;
}
