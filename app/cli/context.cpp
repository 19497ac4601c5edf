#include "app/cli/context.h"

#include <string>

#include "app/cli/json_output.h"
#include "app/cli/json_string.h"

namespace sockbench::cli {

namespace {

void printToStandardError(const std::string& lines) {
  // Whoever closed standard error does not want to read it.
  static_cast<void>(Output(STDERR_FILENO).write(lines));
}

}  // namespace

bool Context::print(const Json& object) {
  return out.write(jsonLine(object) + "\n");
}

int Context::fail(const Error& error) {
  if (json) {
    print({{"error", errorToJson(error)}});
    return kSaidNo;
  }
  std::string lines = "sockbench-cli: " + printable(error.line()) + "\n";
  if (const std::string hint = error.hint(); !hint.empty()) lines += "  " + printable(hint) + "\n";
  printToStandardError(lines);
  return kSaidNo;
}

int Context::wrongUsage(std::string_view problem, std::string_view remedy) {
  printToStandardError("sockbench-cli: " + printable(problem) + "; " + printable(remedy) + "\n");
  return kWrongUsage;
}

}  // namespace sockbench::cli
