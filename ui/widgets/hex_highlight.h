// What stands out among the bytes of a HexView besides the selection: what was found, what differs.
#pragma once

#include <QtGlobal>

namespace sockbench::ui {

// Never told apart by colour alone: a match is underlined, a difference has a dashed line under it, and the
// current one of either stands in a box.
enum class HexMark { match, difference };

struct HexHighlight {
  qsizetype first = 0;
  qsizetype last = 0;  // inclusive
  HexMark mark = HexMark::match;
  bool operator==(const HexHighlight&) const = default;
};

}  // namespace sockbench::ui
