// Any text is read as JSON or refused with a sentence; what was read is written so that it reads the same,
// and is a value of a call or refused.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "app/cli/call_json.h"
#include "app/cli/json_tree.h"

using namespace sockbench;
using namespace sockbench::cli;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void requireSameAgain(const JsonTree& tree) {
  std::string written;
  appendJsonTree(written, tree);
  const auto again = readJson(written);
  require(again.has_value());
  std::string twice;
  appendJsonTree(twice, *again);
  require(twice == written);
}

void requireValue(const JsonTree& tree) {
  const auto value = callValueFromJson(tree);
  if (!value) return require(!value.error().empty());
  std::string written;
  appendCallValue(written, *value);
  const auto again = readJson(written);
  require(again.has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  JsonObject seen;
  const auto tree = readJson({reinterpret_cast<const char*>(data), size}, &seen);
  if (!tree) {
    require(!tree.error().empty());
    return 0;
  }
  requireSameAgain(*tree);
  requireValue(*tree);
  return 0;
}
