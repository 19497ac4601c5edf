#include "ui/widgets/marked_text.h"

#include <QFontMetrics>
#include <QPainter>
#include <array>

namespace sockbench::ui {
namespace {

constexpr int kTagGap = 1;
constexpr int kTagPadding = 3;
constexpr double kTagFontScale = 0.72;

bool isPicture(QChar c) {
  return c.unicode() >= 0x2400 && c.unicode() <= 0x2421;
}

class Line {
 public:
  Line(QPainter& painter, const QRect& rect, const QColor& ink, const QColor& markInk)
      : painter_(painter),
        rect_(rect),
        ink_(ink),
        markInk_(markInk),
        x_(rect.left()),
        font_(painter.font()),
        tagFont_(font_),
        metrics_(font_),
        tagMetrics_(smaller()) {}

  // False once the line is full.
  bool word(const QString& text) {
    const int width = metrics_.horizontalAdvance(text);
    painter_.setFont(font_);
    painter_.setPen(ink_);
    if (x_ + width <= rect_.right() + 1) {
      put(text, width);
      return true;
    }
    const QString elided = metrics_.elidedText(text, Qt::ElideRight, rect_.right() + 1 - x_);
    put(elided, metrics_.horizontalAdvance(elided));
    return false;
  }

  bool tag(const QString& name) {
    const int width = tagMetrics_.horizontalAdvance(name) + 2 * kTagPadding;
    if (x_ + width + kTagGap > rect_.right() + 1) {
      word(QString(QChar(0x2026)));
      return false;
    }
    const int height = tagMetrics_.ascent() + 3;
    const QRect box(x_ + kTagGap, rect_.center().y() - height / 2, width, height);
    QColor fill = markInk_;
    fill.setAlphaF(0.14F);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(fill);
    painter_.drawRoundedRect(box, 2.5, 2.5);
    painter_.setFont(tagFont_);
    painter_.setPen(markInk_);
    painter_.drawText(box, Qt::AlignCenter, name);
    x_ += width + 2 * kTagGap;
    return true;
  }

 private:
  QFontMetrics smaller() {
    tagFont_.setPixelSize(std::max(8, static_cast<int>(QFontInfo(font_).pixelSize() * kTagFontScale)));
    tagFont_.setWeight(QFont::DemiBold);
    return QFontMetrics(tagFont_);
  }
  void put(const QString& text, int width) {
    painter_.drawText(QRect(x_, rect_.top(), rect_.right() + 1 - x_, rect_.height()),
                      Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    x_ += width;
  }

  QPainter& painter_;
  QRect rect_;
  QColor ink_;
  QColor markInk_;
  int x_;
  QFont font_;
  QFont tagFont_;
  QFontMetrics metrics_;
  QFontMetrics tagMetrics_;
};

}  // namespace

QString controlPictureName(QChar c) {
  static constexpr std::array<const char*, 34> kNames = {
      "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",  "HT",  "LF",  "VT",
      "FF",  "CR",  "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB",
      "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US",  "SP",  "DEL"};
  return isPicture(c) ? QString::fromLatin1(kNames.at(c.unicode() - 0x2400U)) : QString();
}

void drawMarkedText(QPainter& painter, const QRect& rect, const QString& text, const QColor& ink,
                    const QColor& markInk) {
  painter.save();
  painter.setClipRect(rect);
  painter.setRenderHint(QPainter::Antialiasing);
  Line line(painter, rect, ink, markInk);
  qsizetype from = 0;
  bool room = true;
  while (room && from < text.size()) {
    qsizetype to = from;
    while (to < text.size() && !isPicture(text[to])) {
      ++to;
    }
    if (to > from) {
      room = line.word(text.mid(from, to - from));
    } else {
      room = line.tag(controlPictureName(text[to++]));
    }
    from = to;
  }
  painter.restore();
}

}  // namespace sockbench::ui
