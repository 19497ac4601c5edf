// TrafficDelegate: paints the cells of a TrafficModel in the colours of their rows. Thread: gui.
#pragma once

#include <QStyledItemDelegate>

namespace sockbench::ui {

class TrafficDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  static constexpr int kPadding = 8;  // pixels left and right of a cell's text; the header's too

  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace sockbench::ui
