// What is looked at in the text of a document before toml++ reads it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/toml/toml_tree.h"

namespace sockbench {

struct TomlFault {
  TomlPlace place;
  std::string detail;
};

// The first byte that is not UTF-8, or the first place at which brackets or the parts of a dotted key are
// nested deeper than kDeepestToml: toml++ would go as deep as the text says. nullopt: neither; the text may
// be wrong all the same.
std::optional<TomlFault> scanToml(std::string_view text);

}  // namespace sockbench
