// The bytes of a conversation as lines of one form, each character with the bytes that it stands for.
#pragma once

#include <QFont>
#include <QHash>
#include <QString>
#include <cstdint>
#include <vector>

#include "core/base/bytes.h"
#include "core/payload/text_codec.h"

namespace sockbench::ui {

enum class StreamForm {
  text,    // in an encoding, with every control character in sight
  hex,     // offset, hexadecimal, ASCII
  cArray,  // a C array a frame
  raw,     // escape()d
};

// What is drawn as one: a character, two hexadecimal digits, "0x48,".
struct StreamCell {
  int at = 0;  // in StreamLine::text
  int length = 0;
  float x = 0;  // pixels from the line's beginning
  float width = 0;
  std::int32_t byte = -1;  // the first that it stands for, from the beginning of what was laid out; -1: none
  std::uint8_t bytes = 0;
  bool mark = false;  // a control character's picture: drawn as a tag
};

struct StreamLine {
  QString text;  // safe to show
  std::vector<StreamCell> cells;
  std::int32_t first = 0;  // its bytes: [first, end)
  std::int32_t end = 0;
};

// How wide things are in a font. Thread: gui.
class StreamMeasure {
 public:
  explicit StreamMeasure(const QFont& font);
  float cell() const { return cell_; }
  float widthOf(const QString& shown, bool mark) const;

 private:
  QFont font_;
  float cell_;
  mutable QHash<QString, float> known_;
};

struct StreamStyle {
  StreamForm form = StreamForm::text;
  TextEncoding encoding = TextEncoding::utf8;
  int bytesPerLine = 16;  // hex, cArray
  float width = 0;        // pixels at which text and raw go on in the next line
  const StreamMeasure* measure =
      nullptr;  // none: no line is broken, and nothing has a width. Thread: any then
};

// `offset`: of the first byte in its stream.
std::vector<StreamLine> streamLines(ByteView bytes, std::uint64_t offset, const StreamStyle& style);

// How many bytes at the beginning of `bytes` (not empty) are one character.
std::size_t characterLength(ByteView bytes, TextEncoding encoding);
// Where near the end of `window` text is best parted: behind a line's end, else between characters. At most
// window.size(), at least 1.
std::size_t partingPlace(ByteView window, TextEncoding encoding);

}  // namespace sockbench::ui
