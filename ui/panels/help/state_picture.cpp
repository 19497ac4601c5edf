#include "ui/panels/help/state_picture.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr QSize kSize{700, 560};
constexpr QSizeF kBox{124, 28};

// Where each state stands: the middle of its box.
struct State {
  const char* name;
  double x, y;
};
constexpr std::array kStates{
    State{"CLOSED", 350, 24},        State{"LISTEN", 130, 104},      State{"SYN-SENT", 570, 104},
    State{"SYN-RECEIVED", 130, 196}, State{"ESTABLISHED", 350, 196}, State{"FIN-WAIT-1", 190, 296},
    State{"CLOSE-WAIT", 560, 296},   State{"FIN-WAIT-2", 90, 400},   State{"CLOSING", 300, 400},
    State{"LAST-ACK", 560, 400},     State{"TIME-WAIT", 190, 500},   State{"CLOSED", 560, 500},
};
enum Place {
  closed,
  listen,
  synSent,
  synReceived,
  established,
  finWait1,
  closeWait,
  finWait2,
  closing,
  lastAck,
  timeWait,
  closedAgain
};

// Who makes the step: a call of this end, or a segment of the other one.
enum class Cause { call, segment, time };
struct Step {
  Place from, to;
  Cause cause;
  const char* words;
  double shift;  // of the words from the middle of the arrow, to the right
};
constexpr std::array kSteps{
    Step{closed, listen, Cause::call, "listen", -50},
    Step{closed, synSent, Cause::call, "connect: SYN", 72},
    Step{listen, synReceived, Cause::segment, "SYN: SYN, ACK", -56},
    Step{synSent, established, Cause::segment, "SYN, ACK: ACK", 76},
    Step{synReceived, established, Cause::segment, "ACK", 0},
    Step{established, finWait1, Cause::call, "close: FIN", -62},
    Step{established, closeWait, Cause::segment, "FIN: ACK", 60},
    Step{finWait1, finWait2, Cause::segment, "ACK", -24},
    Step{finWait1, closing, Cause::segment, "FIN: ACK", 40},
    Step{finWait2, timeWait, Cause::segment, "FIN: ACK", -42},
    Step{closing, timeWait, Cause::segment, "ACK", 26},
    Step{closeWait, lastAck, Cause::call, "close: FIN", 46},
    Step{lastAck, closedAgain, Cause::segment, "ACK", 26},
    Step{timeWait, closedAgain, Cause::time, "60 s", 0},
};

QColor causeColor(Cause cause) {
  switch (cause) {
    case Cause::call:
      return theme::color(theme::Role::sent);
    case Cause::segment:
      return theme::color(theme::Role::received);
    case Cause::time:
      break;
  }
  return theme::color(theme::Role::dim);
}

QPointF middleOf(Place place) {
  return {kStates[place].x, kStates[place].y};
}

// Where the straight way from `from` to the middle of a box at `to` meets its edge.
QPointF edgeTowards(QPointF to, QPointF from) {
  const QPointF way = from - to;
  const double byWidth = std::abs(way.x()) > 0 ? kBox.width() / 2 / std::abs(way.x()) : 1;
  const double byHeight = std::abs(way.y()) > 0 ? kBox.height() / 2 / std::abs(way.y()) : 1;
  return to + way * std::min({byWidth, byHeight, 1.0});
}

void drawStep(QPainter& painter, const Step& step) {
  const QPointF begin = edgeTowards(middleOf(step.from), middleOf(step.to));
  const QPointF end = edgeTowards(middleOf(step.to), middleOf(step.from));
  const QPointF way = end - begin;
  const double length = std::hypot(way.x(), way.y());
  const QPointF along = way / length * 8;
  const QPointF across(-along.y() / 2, along.x() / 2);
  const QColor color = causeColor(step.cause);
  painter.setPen(QPen(color, 1.4));
  painter.drawLine(begin, end - along);
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  painter.drawPolygon(QPolygonF{end, end - along + across, end - along - across});

  const QString words = QString::fromLatin1(step.words);
  const QSizeF size(painter.fontMetrics().horizontalAdvance(words) + 6, painter.fontMetrics().height());
  const QPointF middle = (begin + end) / 2 + QPointF(step.shift, step.shift == 0 ? -11 : 0);
  const QRectF box(middle - QPointF(size.width() / 2, size.height() / 2), size);
  painter.setPen(color);
  painter.drawText(box, static_cast<int>(Qt::AlignCenter | Qt::TextSingleLine), words);
}

void drawState(QPainter& painter, const State& state) {
  const QRectF box(QPointF(state.x, state.y) - QPointF(kBox.width() / 2, kBox.height() / 2), kBox);
  painter.setPen(QPen(theme::color(theme::Role::accent), 1.2));
  painter.setBrush(theme::color(theme::Role::panel));
  painter.drawRoundedRect(box, 5, 5);
  painter.setPen(theme::color(theme::Role::text));
  painter.drawText(box, static_cast<int>(Qt::AlignCenter), QString::fromLatin1(state.name));
}

}  // namespace

QImage tcpStatesPicture(const QFont& font, int widest, qreal scale) {
  const qreal shrunk = std::clamp(widest / qreal(kSize.width()), 0.5, 1.0);
  QImage image((QSizeF(kSize) * shrunk * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(scale);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(shrunk, shrunk);
  QFont words(font);
  words.setPixelSize(12);
  painter.setFont(words);
  for (const Step& step : kSteps) drawStep(painter, step);
  for (const State& state : kStates) drawState(painter, state);
  return image;
}

}  // namespace sockbench::ui
