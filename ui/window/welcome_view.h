// WelcomeView: what stands where the timeline will be while there is nothing to show: what this program is
// for, and one button that begins. Thread: gui.
#pragma once

#include <QWidget>

class QPushButton;

namespace sockbench::ui {

class WelcomeView : public QWidget {
  Q_OBJECT
 public:
  explicit WelcomeView(QWidget* parent = nullptr);

 signals:
  void tryItRequested();
};

}  // namespace sockbench::ui
