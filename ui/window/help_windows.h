// The small windows of the Help menu. They stand beside the main window and hold up nobody. Thread: gui.
#pragma once

#include <QAction>
#include <QDialog>
#include <QList>

namespace sockbench::ui {

// Every action of a window beside its key.
class KeyList : public QDialog {
  Q_OBJECT
 public:
  KeyList(const QList<QAction*>& actions, QWidget* parent);
};

// What this program is, its version and its licence.
class AboutBox : public QDialog {
  Q_OBJECT
 public:
  explicit AboutBox(QWidget* parent);
};

}  // namespace sockbench::ui
