// CaptionBar: a strip that tells what is going on in the window (the tour). Hidden until it has something to
// tell. Thread: gui.
#pragma once

#include <QFrame>

class QLabel;

namespace sockbench::ui {

class CaptionBar : public QFrame {
  Q_OBJECT
 public:
  explicit CaptionBar(QWidget* parent = nullptr);
  void tell(int step, int steps, const QString& text);  // plain text
  QString text() const;

 private:
  QLabel* count_;
  QLabel* text_;
};

}  // namespace sockbench::ui
