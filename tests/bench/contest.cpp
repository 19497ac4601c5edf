#include "contest.h"

namespace bench {

std::vector<std::vector<double>> alternate(const std::vector<Contestant>& contestants, std::size_t rounds) {
  for (const Contestant& contestant : contestants) contestant.round();
  std::vector<std::vector<double>> results(contestants.size());
  for (std::size_t round = 0; round < rounds; ++round)
    for (std::size_t i = 0; i < contestants.size(); ++i) results[i].push_back(contestants[i].round());
  return results;
}

}  // namespace bench
