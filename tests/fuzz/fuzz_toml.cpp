// Any text is read as TOML or refused with a sentence; a tree that was read is written so that it reads the
// same, and writing that again changes nothing.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/toml/toml_tree.h"

using namespace sockbench;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tree = readToml({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!tree) {
    require(!tree.error().message().empty());
    return 0;
  }
  const std::string written = writeToml(*tree);
  const auto again = readToml(written, "written");
  require(again.has_value());
  require(*again == *tree);
  require(writeToml(*again) == written);
  return 0;
}
