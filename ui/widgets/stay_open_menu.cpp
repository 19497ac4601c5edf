#include "ui/widgets/stay_open_menu.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace sockbench::ui {

bool StayOpenMenu::toggle(QAction* action) {
  if (!action || !action->isCheckable() || !action->isEnabled()) return false;
  action->trigger();
  return true;
}

void StayOpenMenu::mouseReleaseEvent(QMouseEvent* event) {
  if (!toggle(actionAt(event->position().toPoint()))) QMenu::mouseReleaseEvent(event);
}

void StayOpenMenu::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Space || !toggle(activeAction())) QMenu::keyPressEvent(event);
}

}  // namespace sockbench::ui
