// What a panel does in a window that is too low for it: it scrolls, so that nothing is ever cut. Thread: gui.
#pragma once

#include <QScrollArea>

namespace sockbench::ui {

// Takes `content`, which fills it where there is room. No frame, and the cursor passes it by.
inline QScrollArea* makeLowScroll(QWidget* content, QWidget* parent) {
  auto* area = new QScrollArea(parent);
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setFocusPolicy(Qt::NoFocus);
  area->setWidget(content);
  return area;
}

}  // namespace sockbench::ui
