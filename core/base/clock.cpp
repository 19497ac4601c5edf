#include "core/base/clock.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace sockbench {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

struct Start {
  std::chrono::system_clock::time_point wall = std::chrono::system_clock::now();
  std::chrono::steady_clock::time_point steady = std::chrono::steady_clock::now();
};

const Start& programStart() {
  static const Start start;
  return start;
}

constexpr WallNanos kLeastShift = 1'000'000;
constexpr int kShiftAttempts = 3;

}  // namespace

WallNanos wallNow() {
  const Start& start = programStart();
  const auto sinceEpoch = std::chrono::nanoseconds(start.wall.time_since_epoch());
  const auto sinceStart = std::chrono::nanoseconds(std::chrono::steady_clock::now() - start.steady);
  return (sinceEpoch + sinceStart).count();
}

WallNanos wallShift() {
  WallNanos smallest = 0;
  // A thread that is interrupted between the two clocks would see a shift that is none.
  for (int attempt = 0; attempt < kShiftAttempts; ++attempt) {
    const WallNanos now = wallNow();
    const std::chrono::nanoseconds system = std::chrono::system_clock::now().time_since_epoch();
    const WallNanos shift = now - system.count();
    if (shift > -kLeastShift && shift < kLeastShift) return 0;
    if (attempt == 0 || std::abs(shift) < std::abs(smallest)) smallest = shift;
  }
  return smallest;
}

std::string toRfc3339(WallNanos time) {
  std::int64_t seconds = time / kNanosPerSecond;
  std::int64_t nanos = time % kNanosPerSecond;
  if (nanos < 0) {
    nanos += kNanosPerSecond;
    --seconds;
  }
  const std::time_t whole = seconds;
  std::tm utc{};
  gmtime_r(&whole, &utc);
  std::array<char, 64> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &utc);
  const int rest =
      std::snprintf(text.data() + length, text.size() - length, ".%09lldZ", static_cast<long long>(nanos));
  return {text.data(), length + static_cast<std::size_t>(rest)};
}

}  // namespace sockbench
