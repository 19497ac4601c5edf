// Bytes as lines of offset, hexadecimal and ASCII. Thread: any.
#pragma once

#include <QString>

#include "core/base/bytes.h"
#include "ui/widgets/hex_layout.h"

namespace sockbench::ui {

inline constexpr char kHexDigits[] = "0123456789abcdef";

QString hexOffset(qsizetype offset, const HexLayout& layout);  // "000010"

// The lines of `bytes` that hold [first, last], with what lies outside left blank, each ended by \n. Bytes
// that are not printing ASCII stand as a full stop.
QString hexDump(ByteView bytes, qsizetype first, qsizetype last, const HexLayout& layout);

}  // namespace sockbench::ui
