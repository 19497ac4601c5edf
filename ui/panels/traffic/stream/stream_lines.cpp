#include "ui/panels/traffic/stream/stream_lines.h"

#include <QFontMetricsF>
#include <algorithm>

#include "core/base/unicode.h"
#include "core/payload/escapes.h"
#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/widgets/hex_dump.h"
#include "ui/widgets/marked_text.h"

namespace sockbench::ui {
namespace {

constexpr int kMostMarks = 4;            // combining marks that one character may carry
constexpr qsizetype kMostLine = 16'384;  // characters of a line that is not broken by its width

unsigned valueOf(std::byte byte) {
  return std::to_integer<unsigned>(byte);
}

// Lines that are filled cell by cell.
class LineWriter {
 public:
  explicit LineWriter(const StreamStyle& style) : style_(style) {}

  void put(const QString& shown, std::int32_t byte, std::size_t bytes, bool mark = false) {
    const float width = style_.measure ? style_.measure->widthOf(shown, mark) : 0;
    const bool full = style_.measure ? x_ + width > style_.width : line_.text.size() >= kMostLine;
    if (full && !line_.cells.empty() && style_.form != StreamForm::hex) breakLine();
    StreamCell cell;
    cell.at = static_cast<int>(line_.text.size());
    cell.length = static_cast<int>(shown.size());
    cell.x = x_;
    cell.width = width;
    cell.byte = byte;
    cell.bytes = static_cast<std::uint8_t>(bytes);
    cell.mark = mark;
    line_.text += shown;
    line_.cells.push_back(cell);
    x_ += width;
    if (byte >= 0) line_.end = std::max(line_.end, byte + static_cast<std::int32_t>(bytes));
  }
  void breakLine() {
    const std::int32_t end = line_.end;
    lines_.push_back(std::move(line_));
    line_ = {};
    line_.first = line_.end = end;
    x_ = 0;
  }
  std::vector<StreamLine> take() {
    if (!line_.cells.empty()) breakLine();
    return std::move(lines_);
  }

 private:
  const StreamStyle& style_;
  std::vector<StreamLine> lines_;
  StreamLine line_;
  float x_ = 0;
};

bool isMark(const QString& shown) {
  return shown.size() == 1 && !controlPictureName(shown[0]).isEmpty();
}

void writeText(ByteView bytes, const StreamStyle& style, LineWriter& out) {
  int marks = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const ByteView rest = bytes.subspan(at);
    const std::size_t length = characterLength(rest, style.encoding);
    const std::string character = decodeText(rest.first(length), style.encoding);
    std::size_t place = 0;
    const char32_t code = nextUtf8(character, place);
    marks = isCombiningMark(code) ? marks + 1 : 0;
    const QString shown =
        marks > kMostMarks
            ? QStringLiteral("<U+%1>").arg(static_cast<uint>(code), 4, 16, QLatin1Char('0')).toUpper()
            : toQString(visibleText(character));
    out.put(shown, static_cast<std::int32_t>(at), length, isMark(shown));
    if (code == U'\n') out.breakLine();
    at += length;
  }
}

void writeRaw(ByteView bytes, LineWriter& out) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ByteView rest = bytes.subspan(at);
    const std::size_t length = characterLength(rest, TextEncoding::utf8);
    out.put(toQString(escape(rest.first(length))), static_cast<std::int32_t>(at), length);
    at += length;
  }
}

QString hexByte(std::byte byte) {
  const char digits[] = {kHexDigits[valueOf(byte) >> 4U], kHexDigits[valueOf(byte) & 15U], '\0'};
  return QString::fromLatin1(digits);
}

void writeHexLine(ByteView bytes, std::size_t from, std::uint64_t offset, std::size_t perLine,
                  LineWriter& out) {
  const ByteView line = bytes.subspan(from, std::min(perLine, bytes.size() - from));
  out.put(QStringLiteral("%1  ").arg(offset + from, 8, 16, QLatin1Char('0')), -1, 0);
  for (std::size_t i = 0; i < perLine; ++i) {
    const bool there = i < line.size();
    out.put(there ? hexByte(line[i]) : QStringLiteral("  "), there ? static_cast<std::int32_t>(from + i) : -1,
            there ? 1 : 0);
    out.put(i + 1 == perLine / 2 || i + 1 == perLine ? QStringLiteral("  ") : QStringLiteral(" "), -1, 0);
  }
  for (std::size_t i = 0; i < line.size(); ++i) {
    const unsigned value = valueOf(line[i]);
    const QChar shown = value >= 0x20 && value < 0x7f ? QChar(value) : QChar(u'.');
    out.put(QString(shown), static_cast<std::int32_t>(from + i), 1);
  }
  out.breakLine();
}

void writeArrayLine(ByteView bytes, std::size_t from, std::size_t perLine, LineWriter& out) {
  const std::size_t to = std::min(from + perLine, bytes.size());
  out.put(QStringLiteral("  "), -1, 0);
  for (std::size_t at = from; at < to; ++at) {
    out.put(QStringLiteral("0x%1,").arg(hexByte(bytes[at])), static_cast<std::int32_t>(at), 1);
    if (at + 1 < to) out.put(QStringLiteral(" "), -1, 0);
  }
  out.breakLine();
}

}  // namespace

StreamMeasure::StreamMeasure(const QFont& font)
    : font_(font), cell_(static_cast<float>(QFontMetricsF(font).horizontalAdvance(QLatin1Char('0')))) {}

float StreamMeasure::widthOf(const QString& shown, bool mark) const {
  const bool plain = std::ranges::all_of(shown, [](QChar c) { return c >= u' ' && c < QChar(0x7f); });
  if (plain) return cell_ * static_cast<float>(shown.size());
  const auto known = known_.constFind(shown);
  if (known != known_.constEnd()) return *known;
  const qreal width =
      mark ? markWidth(controlPictureName(shown[0]), font_) : QFontMetricsF(font_).horizontalAdvance(shown);
  if (known_.size() > 20'000) known_.clear();
  return *known_.insert(shown, static_cast<float>(width));
}

std::vector<StreamLine> streamLines(ByteView bytes, std::uint64_t offset, const StreamStyle& style) {
  LineWriter out(style);
  const auto perLine = static_cast<std::size_t>(std::max(1, style.bytesPerLine));
  switch (style.form) {
    case StreamForm::text:
      writeText(bytes, style, out);
      break;
    case StreamForm::raw:
      writeRaw(bytes, out);
      break;
    case StreamForm::hex:
      for (std::size_t from = 0; from < bytes.size(); from += perLine)
        writeHexLine(bytes, from, offset, perLine, out);
      break;
    case StreamForm::cArray:
      for (std::size_t from = 0; from < bytes.size(); from += perLine)
        writeArrayLine(bytes, from, perLine, out);
      break;
  }
  return out.take();
}

std::size_t characterLength(ByteView bytes, TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::latin1:
      return 1;
    case TextEncoding::utf8: {
      std::size_t length = 0;
      nextUtf8(asChars(bytes.first(std::min<std::size_t>(bytes.size(), 4))), length);
      return length;
    }
    case TextEncoding::gbk: {
      const bool two = bytes.size() > 1 && valueOf(bytes[0]) >= 0x81 && valueOf(bytes[0]) < 0xff &&
                       valueOf(bytes[1]) >= 0x40 && valueOf(bytes[1]) != 0x7f && valueOf(bytes[1]) < 0xff;
      return two ? 2 : 1;
    }
    case TextEncoding::utf16le:
    case TextEncoding::utf16be: {
      const std::size_t high = encoding == TextEncoding::utf16le ? 1 : 0;
      if (bytes.size() < 2) return bytes.size();
      const auto is = [&](std::size_t at, unsigned what) { return (valueOf(bytes[at]) & 0xfcU) == what; };
      return bytes.size() >= 4 && is(high, 0xd8) && is(high + 2, 0xdc) ? 4 : 2;
    }
  }
  return 1;
}

std::size_t partingPlace(ByteView window, TextEncoding encoding) {
  const std::string_view text = asChars(window);
  const bool wide = encoding == TextEncoding::utf16le || encoding == TextEncoding::utf16be;
  if (!wide) {
    if (const std::size_t line = text.rfind('\n'); line != std::string_view::npos) return line + 1;
  }
  std::size_t at = window.size();
  if (encoding == TextEncoding::utf8) {
    for (int back = 0; back < 4 && at > 1 && (valueOf(window[at - 1]) & 0x80U) != 0; ++back) {
      --at;
      if ((valueOf(window[at]) & 0xc0U) == 0xc0U) return at;
    }
    return window.size();
  }
  if (encoding == TextEncoding::gbk) {
    for (; at > 1; --at) {
      if (valueOf(window[at - 1]) < 0x40) return at;
    }
    return window.size();
  }
  if (!wide) return at;
  at &= ~std::size_t{1};
  const std::size_t high = encoding == TextEncoding::utf16le ? 1 : 2;  // of the last unit, from the end
  const bool pairBegins = at >= 4 && (valueOf(window[at - high]) & 0xfcU) == 0xd8U;
  return std::max<std::size_t>(2, pairBegins ? at - 2 : at);
}

}  // namespace sockbench::ui
