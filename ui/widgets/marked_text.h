// Visible text (core/payload/visible_text.h) painted so that its control pictures can be read: each stands as
// a small tag, "CR", "LF", "ESC". Thread: gui.
#pragma once

#include <QColor>
#include <QFont>
#include <QRect>
#include <QString>

class QPainter;

namespace sockbench::ui {

// Draws one line of `text` left-aligned and vertically centred in `rect` with the painter's font, elided by
// U+2026 at the right.
void drawMarkedText(QPainter& painter, const QRect& rect, const QString& text, const QColor& ink,
                    const QColor& markInk);

// How wide drawMarkedText() would make it with `font`, unelided.
int markedTextWidth(const QString& text, const QFont& font);

// "CR" for U+240D and so on, "DEL" for U+2421, "LF" for U+240A; empty for what is no control picture.
QString controlPictureName(QChar c);

// The tag of a control picture beside text in `font`: how wide it is, gaps included, and its painting from
// `x` on, centred on `middle`.
int markWidth(const QString& name, const QFont& font);
void drawMark(QPainter& painter, int x, int middle, const QString& name, const QFont& font,
              const QColor& ink);

}  // namespace sockbench::ui
