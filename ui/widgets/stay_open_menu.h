// StayOpenMenu: a menu in which several boxes can be checked before it closes. Thread: gui.
#pragma once

#include <QMenu>

namespace sockbench::ui {

class StayOpenMenu : public QMenu {
  Q_OBJECT
 public:
  using QMenu::QMenu;

 protected:
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;  // Space checks; Enter checks and closes

 private:
  bool toggle(QAction* action);
};

}  // namespace sockbench::ui
