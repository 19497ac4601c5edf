// RaceBarsDelegate: the waterfall of a race: a row's bars and, beside them, their numbers in the same
// colours. Thread: gui.
#pragma once

#include <QStyledItemDelegate>

namespace sockbench::ui {

class RaceBarsDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace sockbench::ui
