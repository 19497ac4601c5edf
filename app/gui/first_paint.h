// When a window has been painted for the first time. Thread: gui.
#pragma once

#include <QWidget>

namespace sockbench::gui {

// Prints "painted" once `window` stands painted on the screen, then ends the program with status 0: what
// measures how long a start takes waits for that line. Call before the window is shown.
void exitAfterPaint(QWidget& window);

}  // namespace sockbench::gui
