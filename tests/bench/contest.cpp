#include "contest.h"

namespace bench {

std::vector<std::vector<double>> alternate(const std::vector<Contestant>& contestants, std::size_t turns) {
  for (const Contestant& contestant : contestants) contestant.turn();
  std::vector<std::vector<double>> results(contestants.size(), std::vector<double>(kRounds, 0.0));
  for (std::size_t round = 0; round < kRounds; ++round)
    for (std::size_t turn = 0; turn < turns; ++turn)
      for (std::size_t i = 0; i < contestants.size(); ++i)
        results[i][round] += contestants[i].turn() / static_cast<double>(turns);
  return results;
}

}  // namespace bench
