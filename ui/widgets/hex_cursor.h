// HexCursor: the place in the bytes of a HexView and the selection behind it, as keys and clicks move them.
// No widget.
#pragma once

#include <optional>

#include "core/base/bytes.h"
#include "ui/widgets/hex_layout.h"

class QKeyEvent;

namespace sockbench::ui {

struct HexSelection {
  qsizetype first = 0;
  qsizetype last = 0;  // inclusive
  qsizetype length() const { return last - first + 1; }
  bool operator==(const HexSelection&) const = default;
};

struct HexCursor {
  qsizetype byte = -1;    // -1: there is none
  qsizetype anchor = -1;  // the other end of what is selected

  HexSelection selection() const;
  void move(qsizetype to, bool extend, qsizetype size);  // to the nearest byte that there is

  // Where an arrow, Home, End or a page key leads, with Control farther; nullopt: it is another key, or it
  // leads nowhere.
  std::optional<qsizetype> byKey(const QKeyEvent& event, const HexLayout& layout, int pageLines,
                                 ByteView bytes) const;
};

// The run around a byte that belongs together: a word, a number or a name (letters, digits, _ and bytes from
// 0x80 on, which are letters in most encodings), blanks, equal bytes, or else the byte alone. At most
// kLongestRun to each side.
inline constexpr qsizetype kLongestRun = qsizetype{1} << 20;
HexSelection runAround(ByteView bytes, qsizetype byte);

}  // namespace sockbench::ui
