// Finding a widget by its object name, as the tour and the tests do. Pages of a panel share their names, so
// the visible one is meant. Thread: gui.
#pragma once

#include <QWidget>

namespace sockbench::ui {

// nullptr when no widget of this name and kind is visible in `window`.
template <class Kind = QWidget>
Kind* visibleChild(const QWidget* window, const QString& name) {
  const auto children = window->findChildren<Kind*>(name);
  for (Kind* child : children) {
    if (child->isVisible()) return child;
  }
  return nullptr;
}

}  // namespace sockbench::ui
