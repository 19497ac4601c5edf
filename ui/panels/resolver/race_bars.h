// The waterfall of a race: a delegate that paints a row's bars and, beside them, their numbers; and the key
// to the bars' colours. Thread: gui.
#pragma once

#include <QStyledItemDelegate>
#include <QWidget>

namespace sockbench::ui {

class RaceBarsDelegate : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class RaceKey : public QWidget {
  Q_OBJECT
 public:
  explicit RaceKey(QWidget* parent = nullptr);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace sockbench::ui
