// The tour as a program: `sockbench --tour`. Thread: gui.
#pragma once

#include <string>

namespace sockbench::gui {

// Plays the tour in a window of its own that remembers nothing, prints each step and then the timeline on
// standard output, and saves the window's picture where `screenshot` is not empty. Answers the exit status: 0
// when every step happened and the picture was written, else 1, after one line on standard error that says
// what did not.
int runTour(const std::string& screenshot);

}  // namespace sockbench::gui
