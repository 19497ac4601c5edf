// Where a person wants to go in bytes, as it is written. Thread: gui.
#pragma once

#include <QString>
#include <expected>

#include "ui/widgets/hex_cursor.h"

namespace sockbench::ui {

// "1200" and "0x4b0" count from the first byte, "+16" and "-0x10" from `cursor`; "16..31" is a range. Digits
// may be grouped by commas, spaces or underscores. The error is a sentence: what cannot be read, or which
// bytes there are.
std::expected<HexSelection, QString> hexTarget(const QString& written, qsizetype cursor, qsizetype size);

}  // namespace sockbench::ui
