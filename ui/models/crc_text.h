// The parameters of a CRC as a line of text, as the RevEng catalogue writes them. Thread: gui.
#pragma once

#include <QString>
#include <expected>

#include "core/payload/checksum/checksum.h"

namespace sockbench::ui {

// "width=16 poly=0x8005 init=0xffff refin=true refout=true xorout=0x0000"
QString crcText(const CrcParameters& parameters);

// Such a line, its parts in any order. Numbers are hexadecimal with 0x, else decimal. Only width and poly
// must be there; the others are 0 and false. The error is a sentence.
std::expected<CrcParameters, QString> parseCrcText(const QString& text);

}  // namespace sockbench::ui
