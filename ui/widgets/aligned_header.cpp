#include "ui/widgets/aligned_header.h"

#include <QApplication>
#include <QPainter>

#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {
constexpr int kAboveAndBelow = 5;
constexpr int kRounding = 2;  // a text may be a fraction wider than its advance in whole pixels
constexpr int kArrow = 8;     // pixels: the mark of the column that is sorted by
constexpr int kBeforeArrow = 4;
}  // namespace

AlignedHeader::AlignedHeader(int padding, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent), padding_(padding) {
  setHighlightSections(false);
  setSectionsClickable(true);
}

QFont AlignedHeader::titleFont() const {
  QFont font = QApplication::font("QHeaderView");  // not the fixed-width one that a table hands down
  font.setWeight(QFont::DemiBold);
  return font;
}

QSize AlignedHeader::sectionSizeFromContents(int section) const {
  const QString title = model()->headerData(section, orientation()).toString();
  const QFontMetrics metrics(titleFont());
  const int arrow = isSortIndicatorShown() ? kArrow + kBeforeArrow : 0;
  return {metrics.horizontalAdvance(title) + 2 * padding_ + kRounding + arrow,
          metrics.height() + 2 * kAboveAndBelow};
}

void AlignedHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
  painter->save();
  painter->fillRect(rect, theme::color(theme::Role::panel));
  painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme::color(theme::Role::line));
  painter->setFont(titleFont());
  painter->setPen(theme::color(theme::Role::dim));
  const QVariant own = model()->headerData(section, orientation(), Qt::TextAlignmentRole);
  const auto alignment = own.isValid() ? own.value<Qt::Alignment>() : defaultAlignment();
  const QString title = model()->headerData(section, orientation()).toString();
  QRect room = rect.adjusted(padding_, 0, -padding_, 0);
  if (isSortIndicatorShown() && sortIndicatorSection() == section) {
    paintArrow(painter, QRect(room.right() - kArrow + 1, room.center().y() - kArrow / 4, kArrow, kArrow / 2));
    room.setRight(room.right() - kArrow - kBeforeArrow);
  }
  painter->drawText(room, static_cast<int>(alignment) | Qt::TextSingleLine,
                    painter->fontMetrics().elidedText(title, Qt::ElideRight, room.width()));
  painter->restore();
}

void AlignedHeader::paintArrow(QPainter* painter, const QRect& place) const {
  const bool up = sortIndicatorOrder() == Qt::AscendingOrder;
  const int tip = up ? place.top() : place.bottom();
  const int foot = up ? place.bottom() : place.top();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->drawPolyline(QPolygonF{QPointF(place.left(), foot), QPointF(place.center().x() + 0.5, tip),
                                  QPointF(place.right() + 1, foot)});
}

}  // namespace sockbench::ui
