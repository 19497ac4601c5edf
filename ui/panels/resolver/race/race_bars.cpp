#include "ui/panels/resolver/race/race_bars.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

#include "ui/panels/resolver/race/race_model.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

namespace {

constexpr int kMargin = 5;
constexpr int kGap = 6;
constexpr int kBarHeight = 9;
constexpr double kBarsShare = 0.35;  // of the cell; the words have the rest
constexpr int kThinnest = 2;         // pixels: a bar is never too short to be seen

QColor colorOf(RaceBar::Part part) {
  switch (part) {
    case RaceBar::Part::resolve:
      return theme::color(theme::Role::dim);
    case RaceBar::Part::connect:
      return theme::color(theme::Role::accent);
    case RaceBar::Part::firstByte:
      return theme::color(theme::Role::good);
    case RaceBar::Part::nothing:
      return theme::color(theme::Role::line);
    case RaceBar::Part::failed:
      break;
  }
  return theme::color(theme::Role::error);
}

// Answers where the last one ends.
int drawBars(QPainter* painter, const QRect& area, const QList<RaceBar>& bars) {
  int end = area.left();
  const int top = area.center().y() - kBarHeight / 2;
  for (const RaceBar& bar : bars) {
    const int from = std::max(end, area.left() + static_cast<int>(bar.from * area.width()));
    const int to = std::max(from + kThinnest, area.left() + static_cast<int>(bar.to * area.width()));
    painter->fillRect(from, top, to - from, kBarHeight, colorOf(bar.part));
    end = to;
  }
  return end;
}

// Each in the colour of its bar, on what room there is.
void drawWords(QPainter* painter, QRect area, const QStyleOptionViewItem& cell,
               const QList<RaceWord>& words) {
  for (const RaceWord& word : words) {
    if (area.width() <= 0) return;
    painter->setPen(word.part ? colorOf(*word.part) : cell.palette.color(QPalette::Text));
    painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                      cell.fontMetrics.elidedText(word.text, Qt::ElideRight, area.width()));
    area.setLeft(area.left() + cell.fontMetrics.horizontalAdvance(word.text));
  }
}

}  // namespace

void RaceBarsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
  QStyleOptionViewItem cell = option;
  initStyleOption(&cell, index);
  cell.state &= ~QStyle::State_HasFocus;
  cell.text.clear();
  const QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

  const QRect area = cell.rect.adjusted(kMargin, 0, -kMargin, 0);
  QRect axis = area;
  axis.setWidth(static_cast<int>(area.width() * kBarsShare));
  painter->save();
  const int end = drawBars(painter, axis, index.data(RaceModel::kBarsRole).value<QList<RaceBar>>());
  painter->setFont(cell.font);
  drawWords(painter, area.adjusted(end - area.left() + kGap, 0, 0, 0), cell,
            index.data(RaceModel::kWordsRole).value<QList<RaceWord>>());
  painter->restore();
}

}  // namespace sockbench::ui
