// A picture of a window. Thread: gui.
#pragma once

#include <QWidget>
#include <string>

namespace sockbench::gui {

// Writes it as PNG. False after one line on standard error that says why it could not.
bool saveScreenshot(QWidget& window, const std::string& file);

}  // namespace sockbench::gui
