// The states of TCP and what leads from one to the next (RFC 9293, figure 5), as a picture in the colours of
// the theme. Thread: gui.
#pragma once

#include <QFont>
#include <QImage>

namespace sockbench::ui {

// At most `widest` logical pixels wide (and never larger than it is drawn); `scale`: pixels of the screen per
// logical one. `font`: of its words.
QImage tcpStatesPicture(const QFont& font, int widest, qreal scale);

}  // namespace sockbench::ui
