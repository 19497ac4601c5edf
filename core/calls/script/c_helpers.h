// The text of the helper functions that a C program may need. Thread: any.
#pragma once

#include <span>
#include <string_view>

namespace sockbench {

struct CHelper {
  std::string_view name;
  std::string_view text;  // with its own end of line and an empty line behind it
};

// Each comes behind those that it uses.
std::span<const CHelper> cHelpers();
std::span<const CHelper> cTellingHelpers();  // the first of them: values, and how results are told
std::span<const CHelper> cCallingHelpers();  // making, naming, connecting, time-outs
std::span<const CHelper> cDataHelpers();     // sending, receiving, conversions
std::span<const CHelper> cLookUpHelpers();   // hosts, services, protocols, interfaces

}  // namespace sockbench
