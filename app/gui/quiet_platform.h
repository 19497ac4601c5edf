// What Qt says on standard error about its off-screen platform, and of which a person can make nothing, is
// left out. Thread: gui.
#pragma once

namespace sockbench::gui {

void quietPlatform();  // before QApplication is made

}  // namespace sockbench::gui
