// SessionTreeDelegate: a row of the session tree: the dot of its state, its name, and its remark dimmed.
// Plain text only. Thread: gui.
#pragma once

#include <QStyledItemDelegate>

namespace sockbench::ui {

class SessionTreeDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

}  // namespace sockbench::ui
