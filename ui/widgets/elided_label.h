// ElidedLabel: a label of one plain line that gives way: what does not fit ends in U+2026 and stands in the
// tool tip. text() is always the whole. Thread: gui.
#pragma once

#include <QLabel>

namespace sockbench::ui {

class ElidedLabel : public QLabel {
  Q_OBJECT
 public:
  explicit ElidedLabel(QWidget* parent = nullptr);
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent*) override;
  bool event(QEvent* event) override;
};

}  // namespace sockbench::ui
