// LatencyChart: how long answers took, as a hill of bars over a logarithmic scale of time, with the median
// and the 99th percentile marked. Thread: gui.
#pragma once

#include <QWidget>
#include <vector>

#include "core/automation/many/latency_histogram.h"

namespace sockbench::ui {

class LatencyChart : public QWidget {
  Q_OBJECT
 public:
  explicit LatencyChart(QWidget* parent = nullptr);
  void setTimes(const LatencyHistogram& times);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  double placeOf(double nanos) const;  // 0 to 1
  void paintBars(QPainter& painter, const QRect& area) const;
  void paintScale(QPainter& painter, const QRect& area) const;
  void paintMark(QPainter& painter, const QRect& area, std::chrono::nanoseconds time,
                 const QString& name) const;

  LatencyHistogram times_;
  std::vector<std::uint64_t> bars_;
  double least_ = 0;  // decimal logarithms of nanoseconds: the scale's ends
  double most_ = 0;
};

}  // namespace sockbench::ui
