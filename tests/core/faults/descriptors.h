// The descriptors that this process has open.
#pragma once

#include <cstddef>
#include <filesystem>
#include <iterator>

namespace sockbench::faults {

// Without the one that the look itself needs.
inline std::size_t openDescriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all))) - 1;
}

}  // namespace sockbench::faults
