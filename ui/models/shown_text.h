// Text that came from a network, a file or the system, as it may stand in the window.
#pragma once

#include <QString>
#include <string_view>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {

// What could mislead the eye is a visible symbol: see visibleText(). Plain text, never rich. Thread: any.
inline QString shownText(std::string_view utf8) {
  return toQString(visibleText(utf8));
}

}  // namespace sockbench::ui
