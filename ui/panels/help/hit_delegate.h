// HitDelegate: a page that a search has found: its title, and below it, dimmed, where the words stand.
// Thread: gui.
#pragma once

#include <QStyledItemDelegate>

namespace sockbench::ui {

class HitDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  static constexpr int kExcerptRole = Qt::UserRole + 1;

  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace sockbench::ui
