// The command line of `sockbench`. Thread: any; needs no QApplication.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "ui/widgets/theme.h"
#include "ui/window/launch_request.h"

namespace sockbench::gui {

struct Options {
  ui::LaunchRequest endpoints;           // --listen, --connect, FILE, in their order
  bool tour = false;                     // --tour
  std::string screenshot;                // --screenshot FILE; empty: none
  bool exitAfterPaint = false;           // --exit-after-paint
  bool newWindow = false;                // --new-window
  std::optional<ui::theme::Mode> theme;  // --theme; none: the remembered one
};

// The options, or the exit status of a program that has nothing more to do: 0 after --help and --version, 2
// after one line on standard error that says what is wrong. Qt's own options (-platform, -style...) are left
// to Qt.
std::variant<Options, int> parseOptions(int argc, const char* const* argv);

// True when the command line tells Qt which platform to use (-platform offscreen).
bool namesPlatform(int argc, const char* const* argv);

}  // namespace sockbench::gui
