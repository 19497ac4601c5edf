// Which room may include what: the doors of ARCHITECTURE.md, as code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

struct IncludeFault {
  std::size_t line = 0;  // from 1
  std::string target;    // "core/engine/engine.h"
  std::string why;
  bool operator==(const IncludeFault&) const = default;
};

// What is wrong with the include lines of `source`, the text of the file at `path` ("core/net/socket.cpp").
std::vector<IncludeFault> includeFaults(std::string_view path, std::string_view source);
