#include "core/resolve/happy_eyeballs.h"

#include <algorithm>

namespace sockbench {

std::vector<std::size_t> happyEyeballsOrder(std::span<const SocketAddress> addresses,
                                            const HappyEyeballsRules& rules) {
  std::vector<std::size_t> first;
  std::vector<std::size_t> other;
  for (std::size_t i = 0; i < addresses.size(); ++i)
    (addresses[i].family() == addresses[0].family() ? first : other).push_back(i);
  std::vector<std::size_t> order;
  auto nextFirst = first.begin();
  auto nextOther = other.begin();
  const std::size_t ahead = std::min(std::max<std::size_t>(rules.firstFamilyCount, 1), first.size());
  for (std::size_t i = 0; i < ahead; ++i) order.push_back(*nextFirst++);
  while (nextFirst != first.end() || nextOther != other.end()) {
    if (nextOther != other.end()) order.push_back(*nextOther++);
    if (nextFirst != first.end()) order.push_back(*nextFirst++);
  }
  return order;
}

HappyEyeballsCourse happyEyeballsCourse(std::span<const AttemptCourse> attempts,
                                        const HappyEyeballsRules& rules) {
  HappyEyeballsCourse course;
  std::chrono::nanoseconds begins{};
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    const bool needed = !course.after || begins < *course.after;
    course.attempts.push_back({.begins = begins, .needed = needed});
    const AttemptCourse& attempt = attempts[i];
    if (needed && attempt.connected && (!course.after || begins + *attempt.connected < *course.after)) {
      course.winner = i;
      course.after = begins + *attempt.connected;
    }
    begins += attempt.failed ? std::min(*attempt.failed, rules.attemptDelay) : rules.attemptDelay;
  }
  return course;
}

}  // namespace sockbench
