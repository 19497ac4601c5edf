#include "ui/widgets/message_preview.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>
#include <algorithm>
#include <climits>

#include "core/payload/hex.h"
#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kBytesInText = 32;
constexpr std::size_t kMostHead = 256;  // more are in no line
constexpr std::size_t kMostTail = 16;
constexpr std::size_t kTailShown = 6;
constexpr std::size_t kToolTipCharacters = 400;
constexpr std::size_t kNameCharacters = 60;
constexpr qsizetype kNamesInToolTip = 12;

// By ruleColor().
constexpr int kFieldColor = 5;
constexpr int kEndingColor = 2;
constexpr int kLengthColor = 3;
constexpr int kChecksumColor = 6;

int colorOf(ExpandedMessage::Part part) {
  using Part = ExpandedMessage::Part;
  switch (part) {
    case Part::field:
      return kFieldColor;
    case Part::ending:
      return kEndingColor;
    case Part::length:
      return kLengthColor;
    case Part::checksum:
      break;
  }
  return kChecksumColor;
}

}  // namespace

MessagePreview::MessagePreview(QWidget* parent) : ElidedLabel(parent) {}

QString MessagePreview::nameOf(const MessageSpec& spec, const ExpandedMessage::Span& span) const {
  using Part = ExpandedMessage::Part;
  switch (span.part) {
    case Part::field: {
      const std::string_view source =
          std::string_view(spec.body).substr(span.source.offset, span.source.length);
      const QString name = toQString(previewText(asBytes(source), kNameCharacters));
      return span.changes ? tr("%1: will be that of the moment of sending").arg(name) : name;
    }
    case Part::ending:
      return tr("Line ending");
    case Part::length:
      return tr("Length");
    case Part::checksum:
      break;
  }
  const std::string& checksum = spec.insertions.at(span.insertion).checksum;
  return checksum.empty() ? tr("CRC of your own") : toQString(checksum);
}

void MessagePreview::showMessage(const MessageSpec& spec, const ExpandedMessage& message) {
  const ByteView bytes = message.bytes;
  size_ = bytes.size();
  head_.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(std::min(size_, kMostHead)));
  tail_.assign(bytes.end() - static_cast<std::ptrdiff_t>(std::min(size_, kMostTail)), bytes.end());
  tints_.clear();
  QStringList names;
  for (const ExpandedMessage::Span& span : message.spans) {
    const bool isShown = span.offset < kMostHead || span.offset + span.length + kMostTail > size_;
    if (!isShown) continue;
    tints_.push_back({span.offset, span.length, colorOf(span.part), nameOf(spec, span)});
    if (names.size() < kNamesInToolTip)
      names << tr("%1, %Ln byte(s) from byte %2", nullptr, static_cast<int>(span.length))
                   .arg(tints_.back().name, formatCount(span.offset));
  }
  headline_ = tr("%Ln byte(s)", nullptr, static_cast<int>(std::min<std::size_t>(size_, INT_MAX)));
  setText(headline_ + QStringLiteral("   ") + toQString(toHexSpaced(bytes, kBytesInText)));
  names.prepend(toQString(previewText(bytes, kToolTipCharacters)));
  setToolTip(plainToolTip(names.join(QLatin1Char('\n'))));
  setMinimumWidth(fontMetrics().horizontalAdvance(headline_ + QStringLiteral("  …")));
  setFault(false);
  update();
}

void MessagePreview::showWords(const QString& words, bool isFault) {
  size_ = 0;
  head_.clear();
  tail_.clear();
  tints_.clear();
  headline_.clear();
  setText(words);
  setToolTip({});
  setMinimumWidth(fontMetrics().horizontalAdvance(words + QStringLiteral("  …")));
  setFault(isFault);
}

void MessagePreview::setFault(bool isFault) {
  if (property("fault").toBool() == isFault) return;
  setProperty("fault", isFault);
  style()->unpolish(this);
  style()->polish(this);
}

const MessagePreview::Tint* MessagePreview::tintOf(std::size_t offset) const {
  const auto found = std::ranges::find_if(
      tints_, [&](const Tint& tint) { return offset >= tint.offset && offset - tint.offset < tint.length; });
  return found == tints_.end() ? nullptr : &*found;
}

int MessagePreview::cellWidth() const {
  return QFontMetrics(theme::fixedFont()).horizontalAdvance(QStringLiteral("00 "));
}

int MessagePreview::bytesLeft() const {
  return contentsRect().left() + fontMetrics().horizontalAdvance(headline_ + QStringLiteral("   "));
}

MessagePreview::Cells MessagePreview::cells() const {
  const int room = std::max(0, contentsRect().right() - bytesLeft() + 1) / cellWidth();
  const auto fit = static_cast<std::size_t>(room);
  if (size_ <= std::min(fit, kMostHead)) return {size_, 0};
  if (fit == 0) return {};
  const bool hasTail = std::ranges::any_of(
      tints_, [&](const Tint& tint) { return tint.offset + tint.length + kTailShown > size_; });
  const std::size_t tail = hasTail ? std::min(kTailShown, (fit - 1) / 2) : 0;
  return {std::min(fit - 1 - tail, kMostHead), tail};
}

QString MessagePreview::nameAt(const QPoint& place) const {
  const int left = bytesLeft();
  if (place.x() < left) return {};
  const auto cell = static_cast<std::size_t>((place.x() - left) / cellWidth());
  const Cells shown = cells();
  const Tint* tint = nullptr;
  if (cell < shown.head) {
    tint = tintOf(cell);
  } else if (cell > shown.head && cell - shown.head - 1 < shown.tail) {
    tint = tintOf(size_ - shown.tail + (cell - shown.head - 1));
  }
  return tint ? tint->name : QString();
}

bool MessagePreview::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString name = nameAt(help->pos());
    if (!name.isEmpty()) {
      QToolTip::showText(help->globalPos(), plainToolTip(name), this);
      return true;
    }
  }
  return ElidedLabel::event(event);
}

void MessagePreview::paintByte(QPainter& painter, int cell, std::size_t offset) const {
  const int width = cellWidth();
  const QRect place(bytesLeft() + cell * width, contentsRect().top(), width, contentsRect().height());
  const int gap = QFontMetrics(painter.font()).horizontalAdvance(QLatin1Char(' '));
  if (const Tint* tint = tintOf(offset)) {
    const QRect line(place.left() - gap / 2, place.center().y() - painter.fontMetrics().height() / 2, width,
                     painter.fontMetrics().height());
    painter.fillRect(line, theme::ruleColor(tint->color));
    painter.setPen(theme::color(theme::Role::text));
  } else {
    painter.setPen(palette().color(foregroundRole()));
  }
  const std::byte byte = offset < head_.size() ? head_[offset] : tail_[tail_.size() - (size_ - offset)];
  painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, toQString(toHex(ByteView(&byte, 1))));
}

void MessagePreview::paintEvent(QPaintEvent* event) {
  if (headline_.isEmpty()) return ElidedLabel::paintEvent(event);
  QPainter painter(this);
  painter.setPen(palette().color(foregroundRole()));
  painter.drawText(contentsRect(), Qt::AlignLeft | Qt::AlignVCenter, headline_);
  painter.setFont(theme::fixedFont());
  const Cells shown = cells();
  int cell = 0;
  for (; static_cast<std::size_t>(cell) < shown.head; ++cell)
    paintByte(painter, cell, static_cast<std::size_t>(cell));
  if (shown.head == size_) return;
  painter.setPen(palette().color(foregroundRole()));
  painter.drawText(
      QRect(bytesLeft() + cell * cellWidth(), contentsRect().top(), cellWidth(), contentsRect().height()),
      Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("…"));
  for (std::size_t i = 0; i < shown.tail; ++i) paintByte(painter, ++cell, size_ - shown.tail + i);
}

}  // namespace sockbench::ui
