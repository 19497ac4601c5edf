// How one byte is shown in a column of characters, and what it is called. Thread: gui.
#pragma once

#include <QChar>
#include <QString>
#include <cstdint>

class QFontMetricsF;

namespace sockbench::ui {

struct ByteMark {
  QChar character;
  bool printing = false;  // else a mark that stands for the byte, to be drawn dimmed
  bool caret = false;     // the letter of Ctrl+letter, to be drawn underlined
};

// Printing ASCII as itself; NUL, TAB, LF and CR as signs that fill a cell, where the font has them, the other
// control characters by their caret letter (^G is G, underlined), bytes from 0x80 as a middle dot.
ByteMark byteMark(std::uint8_t byte, const QFontMetricsF& metrics);

// "0x0d  13  CR, carriage return (Ctrl+M)"
QString byteDescription(std::uint8_t byte);

}  // namespace sockbench::ui
