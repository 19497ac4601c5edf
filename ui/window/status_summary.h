// StatusSummary: the line at the foot of the window: sessions, rates, records, memory, what was lost.
//
// It looks at the engine when something changed, at most twice a second, and once more when the bytes stop,
// so that the rates fall to zero; then it runs no timer. Thread: gui.
#pragma once

#include <QLabel>
#include <QTimer>

#include "ui/window/rate_meter.h"

namespace sockbench::ui {

class EngineBridge;

class StatusSummary : public QLabel {
  Q_OBJECT
 public:
  explicit StatusSummary(EngineBridge* bridge, QWidget* parent = nullptr);

 private:
  struct Totals;
  Totals totals() const;
  void noticeChange();
  void look();
  void showTotals(const Totals& totals);

  EngineBridge* bridge_;
  QTimer pause_;
  bool changed_ = false;
  RateMeter in_;
  RateMeter out_;
};

}  // namespace sockbench::ui
