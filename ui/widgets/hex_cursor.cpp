#include "ui/widgets/hex_cursor.h"

#include <QKeyEvent>
#include <algorithm>

namespace sockbench::ui {
namespace {

enum class Sort { word, blank, other };

std::uint8_t valueAt(ByteView bytes, qsizetype at) {
  return std::to_integer<std::uint8_t>(bytes[static_cast<std::size_t>(at)]);
}

Sort sortOf(std::uint8_t value) {
  const auto between = [value](char first, char last) { return value >= first && value <= last; };
  if (value >= 0x80 || between('a', 'z') || between('A', 'Z') || between('0', '9') || value == '_')
    return Sort::word;
  return value == ' ' || between('\t', '\r') ? Sort::blank : Sort::other;
}

bool together(std::uint8_t one, std::uint8_t two) {
  const Sort sort = sortOf(one);
  return sort == sortOf(two) && (sort != Sort::other || one == two);
}

// The beginning of the run to the left, or to the right.
qsizetype nextRun(ByteView bytes, qsizetype from, bool forward) {
  const auto size = static_cast<qsizetype>(bytes.size());
  if (forward) return std::min(runAround(bytes, from).last + 1, size - 1);
  const qsizetype first = runAround(bytes, from).first;
  return first < from || first == 0 ? first : runAround(bytes, first - 1).first;
}

}  // namespace

HexSelection HexCursor::selection() const {
  return {std::min(anchor, byte), std::max(anchor, byte)};
}

void HexCursor::move(qsizetype to, bool extend, qsizetype size) {
  byte = std::clamp<qsizetype>(to, 0, size - 1);
  if (!extend || anchor < 0) anchor = byte;
}

std::optional<qsizetype> HexCursor::byKey(const QKeyEvent& event, const HexLayout& layout, int pageLines,
                                          ByteView bytes) const {
  if (byte < 0) return std::nullopt;
  const bool far = event.modifiers().testFlag(Qt::ControlModifier);
  const auto lines = [&](int count) -> std::optional<qsizetype> {
    const qsizetype target = byte + qsizetype{count} * layout.bytesPerLine;
    if (target >= 0 && target < layout.size) return target;
    if (std::abs(count) == 1) return std::nullopt;
    return target < 0 ? std::max<qsizetype>(0, layout.columnOf(byte) - layout.lead) : layout.size - 1;
  };
  const qsizetype start = byte - layout.columnOf(byte);
  switch (event.key()) {
    case Qt::Key_Left:
      return far ? nextRun(bytes, byte, false) : byte - 1;
    case Qt::Key_Right:
      return far ? nextRun(bytes, byte, true) : byte + 1;
    case Qt::Key_Up:
      return lines(-1);
    case Qt::Key_Down:
      return lines(1);
    case Qt::Key_PageUp:
      return lines(-std::max(2, pageLines));
    case Qt::Key_PageDown:
      return lines(std::max(2, pageLines));
    case Qt::Key_Home:
      return far ? 0 : start;
    case Qt::Key_End:
      return far ? layout.size - 1 : start + layout.bytesPerLine - 1;
    default:
      return std::nullopt;
  }
}

HexSelection runAround(ByteView bytes, qsizetype byte) {
  const std::uint8_t value = valueAt(bytes, byte);
  const qsizetype least = std::max<qsizetype>(0, byte - kLongestRun);
  const qsizetype most = std::min(static_cast<qsizetype>(bytes.size()) - 1, byte + kLongestRun);
  HexSelection run{byte, byte};
  while (run.first > least && together(value, valueAt(bytes, run.first - 1))) --run.first;
  while (run.last < most && together(value, valueAt(bytes, run.last + 1))) ++run.last;
  return run;
}

}  // namespace sockbench::ui
