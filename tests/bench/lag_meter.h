// LagMeter: how long what happens to the window waits until the window's thread comes to it. A thread of its
// own posts an event every millisecond; each is as late as a key press at that moment would have been.
#pragma once

#include <QObject>
#include <mutex>
#include <thread>
#include <vector>

#include "loopback.h"

namespace bench {

class LagMeter {
 public:
  LagMeter();  // on the GUI thread, which is the one that is measured

  // Milliseconds of the given part of all events since the last reset; 1 is the slowest. 0 of none.
  double percentile(double part) const;
  void reset() { lags_.clear(); }

 private:
  void post(const std::stop_token& stop);

  QObject window_;            // whose events they are; lives on the GUI thread
  std::vector<double> lags_;  // the GUI thread's alone
  std::jthread poster_;
};

}  // namespace bench
