// Digits and offsets, as every view of bytes in hexadecimal writes them. Thread: any.
#pragma once

#include <QString>

#include "ui/widgets/hex_layout.h"

namespace sockbench::ui {

inline constexpr char kHexDigits[] = "0123456789abcdef";

QString hexOffset(qsizetype offset, const HexLayout& layout);  // "000010"

}  // namespace sockbench::ui
