#include "ui/widgets/bit_ruler.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QToolTip>
#include <algorithm>

#include "core/resolve/ip_network.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kGroupGap = 6;
constexpr int kMargin = 4;
constexpr int kBarWidth = 3;
constexpr int kSwatch = 9;

int gaps(int bits, int groupBits) {
  return (bits / groupBits - 1) * kGroupGap;
}

}  // namespace

BitRuler::BitRuler(QWidget* parent) : QAbstractSlider(parent) {
  setObjectName(QStringLiteral("bitRuler"));
  setAccessibleName(tr("Prefix length, over the bits of the address"));
  setOrientation(Qt::Horizontal);
  setFocusPolicy(Qt::StrongFocus);
  setFont(theme::fixedFont());
  setMouseTracking(true);
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  setAddress(std::nullopt, std::nullopt);
}

void BitRuler::setAddress(std::optional<IpNumber> address, std::optional<int> prefix) {
  const QScopedValueRollback silence(quiet_, true);
  const int before = bits();
  address_ = address;
  hasPrefix_ = prefix.has_value();
  setEnabled(address_.has_value());
  setRange(0, bits());
  setSingleStep(1);
  setPageStep(groupBits());
  setValue(prefix.value_or(bits()));
  setCursor(address_ ? Qt::SplitHCursor : Qt::ArrowCursor);
  announce();
  if (bits() != before) updateGeometry();
  update();
}

void BitRuler::announce() {
  setAccessibleDescription(words());
}

BitRuler::Shape BitRuler::shapeFor(int width) const {
  const QFontMetrics metrics(font());
  const int digit = metrics.horizontalAdvance(QLatin1Char('0'));
  const int room = width - 2 * kMargin;
  Shape shape{};
  for (shape.bitsPerLine = bits(); shape.bitsPerLine > groupBits(); shape.bitsPerLine /= 2) {
    shape.cell = (room - gaps(shape.bitsPerLine, groupBits())) / shape.bitsPerLine;
    if (shape.cell > digit) break;
  }
  shape.cell = (room - gaps(shape.bitsPerLine, groupBits())) / shape.bitsPerLine;
  shape.cell = std::clamp(shape.cell, digit, 3 * digit);
  shape.cellHeight = metrics.height() + 4;
  shape.lineHeight = shape.cellHeight + metrics.height() + 4;
  shape.top = metrics.height() + 6;
  return shape;
}

int BitRuler::heightForWidth(int width) const {
  const Shape shape = shapeFor(width);
  return shape.top + bits() / shape.bitsPerLine * shape.lineHeight;
}

QSize BitRuler::sizeHint() const {
  const int width = 32 * 2 * fontMetrics().horizontalAdvance(QLatin1Char('0')) + gaps(32, 8) + 2 * kMargin;
  return {width, heightForWidth(width)};
}

// The height is that of the width it has: layouts give no less than this.
QSize BitRuler::minimumSizeHint() const {
  const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
  return {32 * digit + gaps(32, 8) + 2 * kMargin, heightForWidth(std::max(width(), 33 * digit + 40))};
}

int BitRuler::left(const Shape& shape, int column) const {
  return kMargin + column * shape.cell + column / groupBits() * kGroupGap;
}

QRect BitRuler::bitRect(int bit) const {
  const Shape shape = shapeFor(width());
  const int line = bit / shape.bitsPerLine;
  return {left(shape, bit % shape.bitsPerLine), shape.top + line * shape.lineHeight, shape.cell,
          shape.cellHeight};
}

int BitRuler::prefixAt(const QPoint& place) const {
  const Shape shape = shapeFor(width());
  const int lines = bits() / shape.bitsPerLine;
  const int line = std::clamp((place.y() - shape.top) / shape.lineHeight, 0, lines - 1);
  int nearest = 0;
  for (int column = 0; column <= shape.bitsPerLine; ++column) {
    const auto distance = [&](int c) { return std::abs(place.x() - left(shape, c)); };
    if (distance(column) < distance(nearest)) nearest = column;
  }
  return line * shape.bitsPerLine + nearest;
}

bool BitRuler::isSet(int bit) const {
  return (address_->value >> (bits() - 1 - bit) & 1) != 0;
}

QString BitRuler::groupText(int group) const {
  const int width = groupBits();
  const auto value =
      static_cast<uint>(address_->value >> (bits() - (group + 1) * width)) & ((1U << width) - 1);
  return QString::number(value, width == 8 ? 10 : 16);
}

QString BitRuler::words() const {
  if (!address_) return {};
  if (!hasPrefix_)
    return tr("%n bits, no network: drag the bar at the end, or press an arrow key", nullptr, bits());
  return tr("%1: %2 bits of the network, %3 of the host")
      .arg(toQString(IpNetwork(*address_, value()).text()))
      .arg(value())
      .arg(bits() - value());
}

void BitRuler::paintEvent(QPaintEvent*) {
  if (!address_) return;
  QPainter painter(this);
  const Shape shape = shapeFor(width());
  QRect line(kMargin, 2, width() - 2 * kMargin, fontMetrics().height());
  if (hasPrefix_) {
    painter.fillRect(QRect(line.left(), line.center().y() - kSwatch / 2, kSwatch, kSwatch),
                     theme::color(theme::Role::accent));
    line.setLeft(line.left() + kSwatch + 6);
  }
  painter.setPen(theme::color(theme::Role::dim));
  QFont plain = theme::tabularFont();
  painter.setFont(plain);
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetrics(plain).elidedText(words(), Qt::ElideRight, line.width()));
  painter.setFont(font());
  paintBits(painter, shape);
  paintBar(painter, shape);
}

void BitRuler::paintBits(QPainter& painter, const Shape& shape) const {
  const QColor line = theme::color(theme::Role::line);
  for (int bit = 0; bit < bits(); ++bit) {
    const QRect cell = bitRect(bit);
    const bool network = hasPrefix_ && bit < value();
    painter.fillRect(cell, theme::color(network ? theme::Role::selection : theme::Role::panel));
    if (network) {
      painter.fillRect(QRect(cell.left(), cell.bottom() - 1, cell.width(), 2),
                       theme::color(theme::Role::accent));
    } else {
      painter.setPen(line);
      painter.drawRect(cell.adjusted(0, 0, -1, -1));
    }
    painter.setPen(theme::color(theme::Role::text));
    painter.drawText(cell, Qt::AlignCenter, isSet(bit) ? QStringLiteral("1") : QStringLiteral("0"));
    if (bit % groupBits() != groupBits() - 1) continue;
    const QRect first = bitRect(bit - groupBits() + 1);
    const QRect under(first.left(), cell.bottom() + 1, cell.right() - first.left() + 1,
                      shape.lineHeight - shape.cellHeight - 2);
    painter.setPen(theme::color(theme::Role::dim));
    painter.drawText(under, Qt::AlignHCenter | Qt::AlignTop, groupText(bit / groupBits()));
  }
}

void BitRuler::paintBar(QPainter& painter, const Shape& shape) const {
  const bool atEnd = value() == bits();
  const QRect cell = bitRect(atEnd ? bits() - 1 : value());
  const int x = atEnd ? cell.right() + 1 : cell.left();
  QRect bar(x - kBarWidth / 2 - 1, cell.top() - 3, kBarWidth, shape.cellHeight + 6);
  painter.fillRect(bar, theme::color(theme::Role::text));
  if (!hasFocus()) return;
  painter.setPen(theme::color(theme::Role::accent));
  painter.drawRect(bar.adjusted(-2, -2, 1, 1));
}

void BitRuler::choose(const QPoint& place) {
  const int wanted = prefixAt(place);
  // Without a prefix the bar stands at the end already; dropped there, it chooses that.
  if (wanted == value() && !hasPrefix_) {
    hasPrefix_ = true;
    emit prefixChosen(wanted);
  }
  setValue(wanted);
}

void BitRuler::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  setSliderDown(true);
  choose(event->position().toPoint());
}

void BitRuler::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons().testFlag(Qt::LeftButton)) choose(event->position().toPoint());
}

void BitRuler::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) setSliderDown(false);
}

// A page that is scrolled must not change the prefix under the pointer.
void BitRuler::wheelEvent(QWheelEvent* event) {
  hasFocus() ? QAbstractSlider::wheelEvent(event) : event->ignore();
}

void BitRuler::sliderChange(SliderChange change) {
  QAbstractSlider::sliderChange(change);
  if (change != SliderValueChange || quiet_) return;
  hasPrefix_ = true;
  announce();
  update();
  emit prefixChosen(value());
}

void BitRuler::changeEvent(QEvent* event) {
  QAbstractSlider::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) updateGeometry();
}

QString BitRuler::describe(int bit) const {
  const QString side = !hasPrefix_ ? QString() : bit < value() ? tr(", network") : tr(", host");
  return tr("bit %1 of %2, worth 2^%3: %4%5")
      .arg(bit + 1)
      .arg(bits())
      .arg(bits() - 1 - bit)
      .arg(isSet(bit) ? 1 : 0)
      .arg(side);
}

bool BitRuler::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip || !address_) return QAbstractSlider::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  for (int bit = 0; bit < bits(); ++bit) {
    if (bitRect(bit).contains(help->pos())) {
      QToolTip::showText(help->globalPos(), plainToolTip(describe(bit)), this);
      return true;
    }
  }
  QToolTip::hideText();
  return true;
}

}  // namespace sockbench::ui
