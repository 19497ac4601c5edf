// RemarkDelegate: items of a list as their text and, dimmed behind it, the remark in kRemarkRole. Plain text
// only. Thread: gui.
#pragma once

#include <QStyledItemDelegate>

namespace sockbench::ui {

inline constexpr int kRemarkRole = Qt::UserRole + 100;

class RemarkDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace sockbench::ui
