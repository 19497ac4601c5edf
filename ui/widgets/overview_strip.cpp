#include "ui/widgets/overview_strip.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <utility>

namespace sockbench::ui {
namespace {
constexpr int kWidth = 10;
constexpr int kTickHeight = 2;
constexpr int kReach = 4;  // pixels by which a click may miss a tick
}  // namespace

OverviewStrip::OverviewStrip(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
  setCursor(Qt::PointingHandCursor);
  setAccessibleName(tr("Overview: where matches and marks are"));
  setToolTip(tr("Matches and marks in the whole timeline; click to go there"));
}

QSize OverviewStrip::sizeHint() const {
  return {kWidth, 40};
}

void OverviewStrip::setRowCount(int rows) {
  rows_ = rows;
  update();
}

void OverviewStrip::addKind(theme::Role color, FirstTick firstTick) {
  kinds_.append({color, std::move(firstTick)});
}

int OverviewStrip::rowAt(int y) const {
  const qint64 room = std::max(height(), 1);
  return static_cast<int>((static_cast<qint64>(y) * rows_ + room - 1) / room);
}

// In a list with fewer rows than pixels a row has several of these, and its tick is at the first.
std::optional<int> OverviewStrip::tickAt(const Kind& kind, int y) const {
  const int from = rowAt(y);
  const int to = rowAt(y + 1);
  return from < to ? kind.firstTick(from, to) : std::nullopt;
}

bool OverviewStrip::hasTickAt(int y) const {
  return std::ranges::any_of(kinds_, [&](const Kind& kind) { return tickAt(kind, y).has_value(); });
}

void OverviewStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme::color(theme::Role::window));
  painter.fillRect(0, 0, 1, height(), theme::color(theme::Role::line));
  int width = kWidth - 3;
  for (const Kind& kind : std::as_const(kinds_)) {
    for (int y = 0; y < height(); ++y) {
      if (tickAt(kind, y)) painter.fillRect(2, y, width, kTickHeight, theme::color(kind.color));
    }
    width = std::max(width - 3, 2);
  }
}

void OverviewStrip::choose(int y) {
  if (rows_ == 0) return;
  y = std::clamp(y, 0, height() - 1);
  for (int far = 0; far <= kReach; ++far) {
    for (const int at : {y - far, y + far}) {
      for (const Kind& kind : std::as_const(kinds_)) {
        if (at < 0 || at >= height()) continue;
        if (const std::optional<int> row = tickAt(kind, at)) return emit rowChosen(*row);
      }
    }
  }
  emit rowChosen(std::min(rowAt(y), rows_ - 1));
}

void OverviewStrip::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) choose(static_cast<int>(event->position().y()));
}

void OverviewStrip::mouseMoveEvent(QMouseEvent* event) {
  if ((event->buttons() & Qt::LeftButton) != 0) choose(static_cast<int>(event->position().y()));
}

}  // namespace sockbench::ui
