#include "ui/widgets/aligned_header.h"

#include <QApplication>
#include <QPainter>

#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {
constexpr int kAboveAndBelow = 5;
constexpr int kRounding = 2;  // a text may be a fraction wider than its advance in whole pixels
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
  return {metrics.horizontalAdvance(title) + 2 * padding_ + kRounding, metrics.height() + 2 * kAboveAndBelow};
}

void AlignedHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
  painter->save();
  painter->fillRect(rect, theme::color(theme::Role::panel));
  painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme::color(theme::Role::line));
  painter->setFont(titleFont());
  painter->setPen(theme::color(theme::Role::dim));
  const auto alignment =
      model()->headerData(section, orientation(), Qt::TextAlignmentRole).value<Qt::Alignment>();
  const QString title = model()->headerData(section, orientation()).toString();
  const QRect room = rect.adjusted(padding_, 0, -padding_, 0);
  painter->drawText(room, static_cast<int>(alignment) | Qt::TextSingleLine,
                    painter->fontMetrics().elidedText(title, Qt::ElideRight, room.width()));
  painter->restore();
}

}  // namespace sockbench::ui
