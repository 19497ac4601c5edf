#include "ui/panels/resolver/race_bars.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>
#include <array>
#include <utility>

#include "ui/panels/resolver/race_model.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

namespace {

constexpr int kMargin = 5;
constexpr int kGap = 6;
constexpr int kBarHeight = 9;
constexpr int kSwatch = 10;
constexpr double kBarsShare = 0.4;  // of the cell; the words have the rest
constexpr int kThinnest = 2;        // pixels: a bar is never too short to be seen

QColor colorOf(RaceBar::Part part) {
  switch (part) {
    case RaceBar::Part::resolve:
      return theme::color(theme::Role::dim);
    case RaceBar::Part::connect:
      return theme::color(theme::Role::accent);
    case RaceBar::Part::firstByte:
      return theme::color(theme::Role::good);
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

using KeyEntry = std::pair<RaceBar::Part, const char*>;
constexpr std::array<KeyEntry, 4> kKey{
    {{RaceBar::Part::resolve, QT_TRANSLATE_NOOP("RaceKey", "resolve")},
     {RaceBar::Part::connect, QT_TRANSLATE_NOOP("RaceKey", "connect")},
     {RaceBar::Part::firstByte, QT_TRANSLATE_NOOP("RaceKey", "first byte")},
     {RaceBar::Part::failed, QT_TRANSLATE_NOOP("RaceKey", "failed")}}};

}  // namespace

void RaceBarsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
  QStyleOptionViewItem cell = option;
  initStyleOption(&cell, index);
  cell.state &= ~QStyle::State_HasFocus;
  const QString text = std::exchange(cell.text, QString());
  const QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
  style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

  const QRect area = cell.rect.adjusted(kMargin, 0, -kMargin, 0);
  QRect axis = area;
  axis.setWidth(static_cast<int>(area.width() * kBarsShare));
  painter->save();
  const int end = drawBars(painter, axis, index.data(RaceModel::kBarsRole).value<QList<RaceBar>>());
  painter->setFont(cell.font);
  painter->setPen(cell.palette.color(QPalette::Text));
  const QRect words = area.adjusted(end - area.left() + kGap, 0, 0, 0);
  painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                    cell.fontMetrics.elidedText(text, Qt::ElideRight, words.width()));
  painter->restore();
}

RaceKey::RaceKey(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("resolverRaceKey"));
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize RaceKey::sizeHint() const {
  int width = 0;
  for (const KeyEntry& entry : kKey)
    width += kSwatch + kGap + fontMetrics().horizontalAdvance(tr(entry.second)) + 2 * kGap;
  return {width - 2 * kGap, fontMetrics().height() + 2};
}

void RaceKey::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  int x = 0;
  for (const KeyEntry& entry : kKey) {
    const QString word = tr(entry.second);
    painter.fillRect(x, (height() - kBarHeight) / 2, kSwatch, kBarHeight, colorOf(entry.first));
    x += kSwatch + kGap;
    painter.setPen(theme::color(theme::Role::dim));
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, word);
    x += fontMetrics().horizontalAdvance(word) + 2 * kGap;
  }
}

}  // namespace sockbench::ui
