// Contest: contestants measured in turn, A B A B ..., so that what changes on the machine meets all of them.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace bench {

inline constexpr std::size_t kRounds = 5;  // every figure is a median of so many

struct Contestant {
  std::string name;
  std::function<double()> round;  // one measurement
};

// Each contestant's rounds, in the order of the contestants. One round of each goes before and is thrown
// away: it warms memory and caches.
std::vector<std::vector<double>> alternate(const std::vector<Contestant>& contestants,
                                           std::size_t rounds = kRounds);

}  // namespace bench
