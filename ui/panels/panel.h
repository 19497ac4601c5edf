// Panel: what the main window knows of a page of its tabs. Thread: gui.
#pragma once

#include <QWidget>

class QSettings;

namespace sockbench::ui {

class Panel : public QWidget {
  Q_OBJECT
 public:
  using QWidget::QWidget;
  virtual void act() = 0;         // the panel's main act: look up, start, connect (F5)
  virtual void cancel() = 0;      // Esc: what act() began and has not ended
  virtual void focusFirst() = 0;  // put the cursor where a person starts
  // Pixels above the timeline, its tab included, in a window of the usual height.
  static constexpr int kUsualHeight = 404;
  virtual int heightWanted() const { return kUsualHeight; }
  // Last inputs and layout, in a group of the panel's own that the window has begun.
  virtual void saveState(QSettings& settings) const = 0;
  virtual void restoreState(QSettings& settings) = 0;
};

}  // namespace sockbench::ui
