// CapabilityDelegate: a row of the kinds of socket, dimmed where it cannot be had; the word of its state has
// the state's colour. Thread: gui.
#pragma once

#include <QStyledItemDelegate>

namespace sockbench::ui {

class CapabilityDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

}  // namespace sockbench::ui
