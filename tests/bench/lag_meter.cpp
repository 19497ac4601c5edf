#include "lag_meter.h"

#include <algorithm>
#include <chrono>

namespace bench {

LagMeter::LagMeter() : poster_([this](const std::stop_token& stop) { post(stop); }) {}

double LagMeter::percentile(double part) const {
  if (lags_.empty()) return 0;
  std::vector<double> sorted = lags_;
  std::ranges::sort(sorted);
  const auto at = static_cast<std::size_t>(part * static_cast<double>(sorted.size()));
  return sorted[std::min(at, sorted.size() - 1)];
}

void LagMeter::post(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    QMetaObject::invokeMethod(
        &window_, [this, posted = Clock::now()] { lags_.push_back(secondsSince(posted) * 1000); },
        Qt::QueuedConnection);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace bench
