// HexPainter: one line of a HexView on the screen. Thread: gui.
#pragma once

#include <QFontMetrics>
#include <array>
#include <optional>
#include <utility>

#include "core/base/bytes.h"
#include "ui/widgets/byte_marks.h"
#include "ui/widgets/hex_layout.h"

class QPainter;

namespace sockbench::ui {

struct HexPainter {
  QPainter& painter;
  const HexLayout& layout;
  ByteView bytes;
  const std::array<ByteMark, 256>& marks;
  QFontMetrics metrics;
  std::optional<std::pair<qsizetype, qsizetype>> selection = {};  // first and last
  qsizetype cursor = -1;                                          // the byte to frame; -1: none

  void paint(int line, int y) const;  // with its top at `y`

 private:
  void paintSelection(qsizetype start, qsizetype end, int y) const;
};

}  // namespace sockbench::ui
