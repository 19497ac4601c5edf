#include "ui/widgets/flow_layout.h"

#include <QStyle>
#include <QWidget>
#include <algorithm>

namespace sockbench::ui {

namespace {

bool expands(const QLayoutItem* item) {
  return item->expandingDirections().testFlag(Qt::Horizontal);
}

// What decides where a line ends.
QSize need(const QLayoutItem* item) {
  const QSize hint = item->sizeHint().expandedTo(item->minimumSize());
  return expands(item) ? QSize(item->minimumSize().width(), hint.height()) : hint;
}

}  // namespace

FlowLayout::FlowLayout(QWidget* parent, int spacing) : QLayout(parent) {
  setSpacing(spacing);
  setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() {
  qDeleteAll(items_);
}

void FlowLayout::addItem(QLayoutItem* item) {
  items_.append(item);
}
int FlowLayout::count() const {
  return static_cast<int>(items_.size());
}
QLayoutItem* FlowLayout::itemAt(int index) const {
  return items_.value(index);
}

QLayoutItem* FlowLayout::takeAt(int index) {
  return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

std::vector<FlowLayout::Line> FlowLayout::lines(int width) const {
  std::vector<Line> result;
  for (QLayoutItem* item : items_) {
    if (item->isEmpty()) continue;
    const QSize hint = need(item);
    if (result.empty() || result.back().width + spacing() + hint.width() > width) {
      result.push_back({{item}, hint.width(), hint.height()});
      continue;
    }
    Line& line = result.back();
    line.items.push_back(item);
    line.width += spacing() + hint.width();
    line.height = std::max(line.height, hint.height());
  }
  return result;
}

int FlowLayout::heightForWidth(int width) const {
  const QMargins margins = contentsMargins();
  const std::vector<Line> all = lines(width - margins.left() - margins.right());
  int height = margins.top() + margins.bottom() + spacing() * std::max(0, static_cast<int>(all.size()) - 1);
  for (const Line& line : all) height += line.height;
  return height;
}

QSize FlowLayout::sizeHint() const {
  const QMargins margins = contentsMargins();
  QSize content(0, 0);
  for (const QLayoutItem* item : items_) {
    if (item->isEmpty()) continue;
    const QSize hint = item->sizeHint().expandedTo(item->minimumSize());
    content = QSize(content.width() + (content.isEmpty() ? 0 : spacing()) + hint.width(),
                    std::max(content.height(), hint.height()));
  }
  return content.grownBy(margins);
}

QSize FlowLayout::minimumSize() const {
  QSize size(0, 0);
  for (const QLayoutItem* item : items_) {
    if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
  }
  return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  const QRect area = rect.marginsRemoved(contentsMargins());
  int top = area.top();
  for (const Line& line : lines(area.width())) {
    place(line, {area.left(), top, area.width(), line.height});
    top += line.height + spacing();
  }
}

void FlowLayout::place(const Line& line, const QRect& area) const {
  const auto takers = static_cast<int>(std::ranges::count_if(line.items, expands));
  const int spare = std::max(0, area.width() - line.width);
  const Qt::LayoutDirection direction = parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
  int left = area.left();
  int taken = 0;
  for (QLayoutItem* item : line.items) {
    const QSize hint = need(item);
    int width = std::min(hint.width(), area.width());
    if (expands(item)) {
      ++taken;
      width += spare * taken / takers - spare * (taken - 1) / takers;
      width = std::min(width, item->maximumSize().width());
    }
    const int height = std::min(hint.height(), area.height());
    const QRect box(left, area.top() + (area.height() - height) / 2, width, height);
    item->setGeometry(QStyle::visualRect(direction, area, box));
    left += width + spacing();
  }
}

}  // namespace sockbench::ui
