#include "ui/widgets/latency_chart.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/models/format.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kBarsADecade = 24;
constexpr int kMargin = 8;

}  // namespace

LatencyChart::LatencyChart(QWidget* parent) : QWidget(parent) {
  setTimes({});
}

// Whole decades, so that the scale stands still while times come.
void LatencyChart::setTimes(const LatencyHistogram& times) {
  times_ = times;
  bars_.clear();
  if (times.count() > 0) {
    least_ = std::floor(std::log10(static_cast<double>(std::max<std::int64_t>(times.least().count(), 1))));
    most_ = std::ceil(std::log10(static_cast<double>(times.most().count()) + 1));
    most_ = std::max(most_, least_ + 1);
    bars_.resize(static_cast<std::size_t>(std::lround((most_ - least_) * kBarsADecade)));
    for (const auto& bucket : times.buckets()) {
      const double place = placeOf(static_cast<double>(bucket.most.count()));
      const auto bar = static_cast<std::size_t>(place * static_cast<double>(bars_.size()));
      bars_[std::min(bar, bars_.size() - 1)] += bucket.count;
    }
  }
  setAccessibleDescription(
      times.count() == 0 ? tr("No answer has been timed")
                         : tr("%1 answers, half of them within %2, 99 of 100 within %3, all within %4")
                               .arg(formatCount(times.count()), formatDuration(times.percentile(50)),
                                    formatDuration(times.percentile(99)), formatDuration(times.most())));
  setToolTip(plainToolTip(accessibleDescription()));
  update();
}

double LatencyChart::placeOf(double nanos) const {
  return std::clamp((std::log10(std::max(nanos, 1.0)) - least_) / (most_ - least_), 0.0, 1.0);
}

QSize LatencyChart::sizeHint() const {
  return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 7};
}

QSize LatencyChart::minimumSizeHint() const {
  return {fontMetrics().averageCharWidth() * 24, fontMetrics().height() * 5};
}

void LatencyChart::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme::color(theme::Role::panel));
  painter.setPen(theme::color(theme::Role::line));
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
  const int line = fontMetrics().height();
  const QRect area = rect().adjusted(kMargin, line + 4, -kMargin, -line - 4);
  if (bars_.empty()) {
    painter.setPen(theme::color(theme::Role::dim));
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("How long answers take is drawn here"));
    return;
  }
  paintScale(painter, area);
  paintBars(painter, area);
  paintMark(painter, area, times_.percentile(50), tr("p50"));
  paintMark(painter, area, times_.percentile(99), tr("p99"));
}

// Heights by the logarithm of the count: a few slow ones are what is looked for.
void LatencyChart::paintBars(QPainter& painter, const QRect& area) const {
  const double tallest = std::log1p(static_cast<double>(*std::ranges::max_element(bars_)));
  const double width = static_cast<double>(area.width()) / static_cast<double>(bars_.size());
  for (std::size_t i = 0; i < bars_.size(); ++i) {
    if (bars_[i] == 0) continue;
    const double height = std::max(2.0, area.height() * std::log1p(static_cast<double>(bars_[i])) / tallest);
    const double left = area.left() + width * static_cast<double>(i);
    painter.fillRect(QRectF(left, area.bottom() + 1 - height, std::max(1.0, width - 1), height),
                     theme::color(theme::Role::accent));
  }
}

void LatencyChart::paintScale(QPainter& painter, const QRect& area) const {
  const int line = fontMetrics().height();
  for (double decade = least_; decade <= most_; ++decade) {
    const int x = area.left() + static_cast<int>(area.width() * (decade - least_) / (most_ - least_));
    painter.setPen(theme::color(theme::Role::line));
    painter.drawLine(x, area.top(), x, area.bottom());
    const QString text = formatDuration(std::chrono::nanoseconds(std::llround(std::pow(10, decade))));
    const int width = fontMetrics().horizontalAdvance(text);
    painter.setPen(theme::color(theme::Role::dim));
    painter.drawText(std::clamp(x - width / 2, area.left(), std::max(area.left(), area.right() - width)),
                     area.bottom() + 2 + line - fontMetrics().descent(), text);
  }
}

void LatencyChart::paintMark(QPainter& painter, const QRect& area, std::chrono::nanoseconds time,
                             const QString& name) const {
  const int x = area.left() + static_cast<int>(area.width() * placeOf(static_cast<double>(time.count())));
  const bool isRight = name == tr("p99");
  const QString text = QStringLiteral("%1 %2").arg(name, formatDuration(time));
  const int width = fontMetrics().horizontalAdvance(text);
  painter.setPen(theme::color(theme::Role::text));
  painter.drawLine(x, area.top() - 3, x, area.bottom());
  // The median's words stand to its left and the other's to its right, so that they never meet.
  const int left = isRight ? std::min(x, area.right() - width) : std::max(area.left(), x - width);
  painter.drawText(left, area.top() - 5, text);
}

}  // namespace sockbench::ui
