#include "ui/widgets/marked_text.h"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>
#include <array>

namespace sockbench::ui {
namespace {

constexpr int kTagGap = 1;
constexpr int kTagPadding = 3;
constexpr double kTagFontScale = 0.72;

bool isPicture(QChar c) {
  return c.unicode() >= 0x2400 && c.unicode() <= 0x2421;
}

QFont markFont(const QFont& font) {
  QFont small = font;
  small.setPixelSize(std::max(8, static_cast<int>(QFontInfo(font).pixelSize() * kTagFontScale)));
  small.setWeight(QFont::DemiBold);
  small.setLetterSpacing(QFont::AbsoluteSpacing, 0);
  return small;
}

// A line that is filled from the left until there is no room.
class Line {
 public:
  Line(QPainter& painter, const QRect& rect)
      : painter_(painter), rect_(rect), font_(painter.font()), metrics_(font_), x_(rect.left()) {}

  // False once the line is full.
  bool word(const QString& text, const QColor& ink) {
    const int width = metrics_.horizontalAdvance(text);
    const bool fits = width <= room();
    painter_.setFont(font_);
    painter_.setPen(ink);
    painter_.drawText(QRect(x_, rect_.top(), room(), rect_.height()),
                      Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      fits ? text : metrics_.elidedText(text, Qt::ElideRight, room()));
    x_ += width;
    return fits;
  }

  bool mark(const QString& name, const QColor& ink, const QColor& elision) {
    const int width = markWidth(name, font_);
    if (width > room()) {
      word(QString(QChar(0x2026)), elision);
      return false;
    }
    drawMark(painter_, x_, rect_.center().y(), name, font_, ink);
    x_ += width;
    return true;
  }

 private:
  int room() const { return rect_.right() + 1 - x_; }

  QPainter& painter_;
  QRect rect_;
  QFont font_;
  QFontMetrics metrics_;
  int x_;
};

}  // namespace

QString controlPictureName(QChar c) {
  static constexpr std::array<const char*, 34> kNames = {
      "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",  "HT",  "LF",  "VT",
      "FF",  "CR",  "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB",
      "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US",  "SP",  "DEL"};
  return isPicture(c) ? QString::fromLatin1(kNames.at(c.unicode() - 0x2400U)) : QString();
}

int markWidth(const QString& name, const QFont& font) {
  return QFontMetrics(markFont(font)).horizontalAdvance(name) + 2 * (kTagPadding + kTagGap);
}

void drawMark(QPainter& painter, int x, int middle, const QString& name, const QFont& font,
              const QColor& ink) {
  const QFont small = markFont(font);
  const int height = QFontMetrics(small).ascent() + 3;
  const QRect box(x + kTagGap, middle - height / 2, markWidth(name, font) - 2 * kTagGap, height);
  QColor fill = ink;
  fill.setAlphaF(0.14F);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(fill);
  painter.drawRoundedRect(box, 2.5, 2.5);
  painter.setFont(small);
  painter.setPen(ink);
  painter.drawText(box, Qt::AlignCenter, name);
  painter.restore();
}

void drawMarkedText(QPainter& painter, const QRect& rect, const QString& text, const QColor& ink,
                    const QColor& markInk) {
  painter.save();
  painter.setClipRect(rect, Qt::IntersectClip);
  Line line(painter, rect);
  qsizetype from = 0;
  bool room = true;
  while (room && from < text.size()) {
    qsizetype to = from;
    while (to < text.size() && !isPicture(text[to])) {
      ++to;
    }
    if (to > from) {
      room = line.word(text.mid(from, to - from), ink);
    } else {
      room = line.mark(controlPictureName(text[to++]), markInk, ink);
    }
    from = to;
  }
  painter.restore();
}

int markedTextWidth(const QString& text, const QFont& font) {
  const QFontMetrics metrics(font);
  int width = 0;
  for (qsizetype from = 0; from < text.size();) {
    qsizetype to = from;
    while (to < text.size() && !isPicture(text[to])) ++to;
    width += to > from ? metrics.horizontalAdvance(text.mid(from, to - from))
                       : markWidth(controlPictureName(text[to++]), font);
    from = to;
  }
  return width;
}

}  // namespace sockbench::ui
