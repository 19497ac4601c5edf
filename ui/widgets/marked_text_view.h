// MarkedTextView: a read-only page of visible text in which each control picture stands as a legible tag. The
// text, and what is copied of it, keeps the pictures. Thread: gui.
#pragma once

#include <QPlainTextEdit>

namespace sockbench::ui {

class MarkedTextView : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit MarkedTextView(QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paintMarks(QPainter& painter, const QTextBlock& block, const QPointF& origin) const;
};

}  // namespace sockbench::ui
