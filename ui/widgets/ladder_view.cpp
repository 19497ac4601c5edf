#include "ui/widgets/ladder_view.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <chrono>

#include "ui/models/format.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kMargin = 10;
constexpr int kGap = 8;   // between a line and the words beside it
constexpr int kHead = 7;  // of an arrow
constexpr int kNarrowest = 420;

QColor toneColor(LadderStep::Tone tone) {
  switch (tone) {
    case LadderStep::Tone::sent:
      return theme::color(theme::Role::sent);
    case LadderStep::Tone::received:
      return theme::color(theme::Role::received);
    case LadderStep::Tone::good:
      return theme::color(theme::Role::good);
    case LadderStep::Tone::error:
      return theme::color(theme::Role::error);
    case LadderStep::Tone::plain:
      break;
  }
  return theme::color(theme::Role::text);
}

QString elapsed(WallNanos time, WallNanos start) {
  if (time <= start) return QStringLiteral("0");
  return QStringLiteral("+") + formatDuration(std::chrono::nanoseconds(std::max<WallNanos>(0, time - start)));
}

}  // namespace

LadderView::LadderView(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("ladderView"));
  setAccessibleName(tr("What went between the two ends"));
  setFont(theme::tabularFont());
}

void LadderView::setLadder(const SessionLadder& ladder) {
  ladder_ = ladder;
  setAccessibleDescription(ladderText(ladder));
  updateGeometry();
  update();
}

int LadderView::rowHeight() const {
  return fontMetrics().height() + 6;
}

int LadderView::top() const {
  return kMargin + 2 * rowHeight();
}

QSize LadderView::sizeHint() const {
  const auto rows = static_cast<int>(ladder_.steps.size()) + (ladder_.leftOut > 0 ? 1 : 0);
  return {640, top() + rows * rowHeight() + kMargin};
}

QSize LadderView::minimumSizeHint() const {
  return {kNarrowest, sizeHint().height()};
}

LadderView::Columns LadderView::columns() const {
  const int time = kMargin + fontMetrics().horizontalAdvance(QStringLiteral("+000.00 ms"));
  const int words =
      std::min(width() / 4, fontMetrics().horizontalAdvance(QStringLiteral("half-closed by the peer  ")));
  return {time, time + kGap + words, width() - kMargin - words};
}

void LadderView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(rect(), theme::color(theme::Role::panel));
  const Columns at = columns();
  paintEnds(painter, at);
  int y = top();
  const qsizetype gapAt = ladder_.leftOut > 0 ? SessionLadder::kMostSteps / 2 : -1;
  for (qsizetype i = 0; i < ladder_.steps.size(); ++i) {
    if (i == gapAt) {
      paintGap(painter, at, y);
      y += rowHeight();
    }
    paintStep(painter, at, ladder_.steps[i], y);
    y += rowHeight();
  }
}

void LadderView::paintEnds(QPainter& painter, const Columns& at) const {
  const int bottom = sizeHint().height() - kMargin;
  painter.setPen(theme::color(theme::Role::line));
  painter.drawLine(at.left, top() - rowHeight() / 2, at.left, bottom);
  painter.drawLine(at.right, top() - rowHeight() / 2, at.right, bottom);
  QFont bold = painter.font();
  bold.setWeight(QFont::DemiBold);
  painter.save();
  painter.setFont(bold);
  painter.setPen(theme::color(theme::Role::text));
  const int half = (at.right - at.left) / 2 - kGap;
  const QFontMetrics metrics(bold);
  const auto write = [&](const QRect& box, Qt::Alignment alignment, const QString& text) {
    painter.drawText(box, static_cast<int>(alignment | Qt::TextSingleLine),
                     metrics.elidedText(text, Qt::ElideMiddle, box.width()));
  };
  const int leftRoom = at.left - kMargin;
  write({kMargin, kMargin, leftRoom + half, rowHeight()}, Qt::AlignLeft | Qt::AlignVCenter,
        tr("us: %1").arg(ladder_.us));
  write({at.right - half, kMargin, half + width() - kMargin - at.right, rowHeight()},
        Qt::AlignRight | Qt::AlignVCenter, tr("peer: %1").arg(ladder_.peer));
  painter.restore();
}

void LadderView::paintStep(QPainter& painter, const Columns& at, const LadderStep& step, int y) const {
  const int height = rowHeight();
  const auto write = [&](QRect box, Qt::Alignment alignment, const QString& text, const QColor& color) {
    painter.setPen(color);
    painter.drawText(box, static_cast<int>(alignment | Qt::AlignVCenter | Qt::TextSingleLine),
                     fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
  };
  if (!step.implied)
    write({0, y, at.time, height}, Qt::AlignRight, elapsed(step.time, ladder_.steps.front().time),
          theme::color(theme::Role::dim));
  write({at.time + kGap, y, at.left - at.time - 2 * kGap, height}, Qt::AlignRight, step.ours,
        toneColor(step.tone));
  write({at.right + kGap, y, width() - at.right - kGap, height}, Qt::AlignLeft, step.theirs,
        theme::color(theme::Role::text));
  if (step.arrow != LadderStep::Arrow::none) return paintArrow(painter, at, step, y);
  painter.setPen(Qt::NoPen);
  painter.setBrush(toneColor(step.tone));
  const int x = step.ours.isEmpty() ? at.right : at.left;
  painter.drawEllipse(QPointF(x, y + height / 2.0), 3, 3);
}

void LadderView::paintArrow(QPainter& painter, const Columns& at, const LadderStep& step, int y) const {
  const bool outward = step.arrow == LadderStep::Arrow::toPeer;
  const double middle = y + rowHeight() / 2.0;
  const QColor color = step.implied && step.tone == LadderStep::Tone::plain ? theme::color(theme::Role::dim)
                                                                            : toneColor(step.tone);
  painter.setPen(QPen(color, 1.4, step.implied ? Qt::DashLine : Qt::SolidLine));
  painter.drawLine(QPointF(at.left + 1, middle), QPointF(at.right - 1, middle));
  const double tip = outward ? at.right - 1 : at.left + 1;
  const double back = outward ? -kHead : kHead;
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  painter.drawPolygon(QPolygonF{{tip, middle}, {tip + back, middle - 4}, {tip + back, middle + 4}});

  const int room = at.right - at.left - 4 * kHead;
  const QString label = fontMetrics().elidedText(step.label, Qt::ElideRight, room);
  const int wide = fontMetrics().horizontalAdvance(label) + 2 * kGap;
  const QRect box((at.left + at.right - wide) / 2, y, wide, rowHeight());
  painter.fillRect(box.adjusted(0, 2, 0, -2), theme::color(theme::Role::panel));
  painter.setPen(color);
  painter.drawText(box, static_cast<int>(Qt::AlignCenter | Qt::TextSingleLine), label);
}

void LadderView::paintGap(QPainter& painter, const Columns& at, int y) const {
  painter.setPen(theme::color(theme::Role::dim));
  painter.drawText(
      QRect(at.left, y, at.right - at.left, rowHeight()), Qt::AlignCenter,
      tr("%n step(s) left out", nullptr, pluralNumber(static_cast<std::uint64_t>(ladder_.leftOut))));
}

}  // namespace sockbench::ui
