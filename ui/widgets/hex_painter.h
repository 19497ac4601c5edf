// HexPainter: one line of a HexView on the screen. Thread: gui.
#pragma once

#include <QFontMetrics>
#include <array>
#include <optional>
#include <span>

#include "core/base/bytes.h"
#include "ui/widgets/byte_marks.h"
#include "ui/widgets/hex_cursor.h"
#include "ui/widgets/hex_highlight.h"
#include "ui/widgets/hex_layout.h"

class QPainter;

namespace sockbench::ui {

struct HexPainter {
  QPainter& painter;
  const HexLayout& layout;
  ByteView bytes;
  const std::array<ByteMark, 256>& marks;
  QFontMetrics metrics;
  std::optional<HexSelection> selection = {};
  qsizetype cursor = -1;                          // the byte to frame; -1: none
  std::span<const HexHighlight> highlights = {};  // ascending, none over another
  std::optional<std::size_t> current = {};        // of these

  void paint(int line, int y) const;  // with its top at `y`

 private:
  struct Stretch {  // of one line, in columns
    int first;
    int last;
  };
  std::optional<Stretch> within(int line, qsizetype first, qsizetype last) const;
  QRectF hexBand(Stretch stretch, int y) const;
  QRectF asciiBand(Stretch stretch, int y) const;
  void paintBytes(int line, int y) const;
  void paintSelection(int line, int y) const;
  void paintHighlights(int line, int y) const;
  void paintHighlight(int line, const HexHighlight& highlight, bool isCurrent, int y) const;
  void paintOutline(int line, const HexHighlight& highlight, const QColor& ink, int y) const;
};

}  // namespace sockbench::ui
