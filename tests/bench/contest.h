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
  std::function<double()> turn;  // one measurement
};

// Each contestant's kRounds rounds, in the order of the contestants. In a round each has so many turns, one
// after another's, and the round's figure is their mean: short turns meet the same weather on a busy machine.
// One turn of each goes before and is thrown away: it warms memory and caches.
std::vector<std::vector<double>> alternate(const std::vector<Contestant>& contestants, std::size_t turns = 1);

}  // namespace bench
