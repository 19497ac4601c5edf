#include "ui/widgets/hex_view.h"

#include <QAccessible>
#include <QAction>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/widgets/byte_copy.h"
#include "ui/widgets/byte_marks.h"
#include "ui/widgets/hex_painter.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kMargin = 6;  // pixels above the first line and below the last

}  // namespace

HexView::HexView(QWidget* parent) : QAbstractScrollArea(parent), copier_(new ByteCopy(this)) {
  setAccessibleName(tr("Bytes in hexadecimal"));
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  QFont font = theme::fixedFont();
  // The marks of control characters need the room.
  if (font.pointSizeF() > 0) font.setPointSizeF(font.pointSizeF() + 1);
  setFont(font);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  viewport()->setCursor(Qt::IBeamCursor);
  setViewportMargins(0, kMargin, 0, kMargin);
  setBackgroundRole(QPalette::Base);  // of the margins
  setAutoFillBackground(true);
  viewport()->setBackgroundRole(QPalette::Base);
  auto* all = new QAction(tr("Select &all") + QLatin1Char('\t') +
                              QKeySequence(QKeySequence::SelectAll).toString(QKeySequence::NativeText),
                          this);
  all->setObjectName(QStringLiteral("hexSelectAllAction"));
  connect(all, &QAction::triggered, this, &HexView::selectAll);
  addAction(all);
  updateLayout();
}

void HexView::selectAll() {
  select(0, layout_.size - 1);
}

void HexView::setBytes(PinnedBytes bytes) {
  bytes_ = std::move(bytes);
  cursor_ = bytes_.bytes.empty() ? HexCursor() : HexCursor{0, 0};
  const bool had = selection_.has_value();
  selection_.reset();
  highlights_.clear();
  currentHighlight_.reset();
  layout_.lead = layout_.trail = 0;
  updateLayout();
  verticalScrollBar()->setValue(0);
  viewport()->update();
  if (had) emit selectionChanged();
  emit bytesChanged();
}

void HexView::setPlaces(qsizetype lead, qsizetype trail) {
  layout_.lead = std::max<qsizetype>(0, lead);
  layout_.trail = std::max<qsizetype>(0, trail);
  updateLayout();
}

void HexView::setPerLine(int least, int most) {
  leastPerLine_ = least;
  mostPerLine_ = most;
  updateLayout();
}

void HexView::setHighlights(std::vector<HexHighlight> highlights, std::optional<std::size_t> current) {
  highlights_ = std::move(highlights);
  currentHighlight_ = current;
  viewport()->update();
}

void HexView::select(qsizetype first, qsizetype last) {
  if (layout_.size == 0) return;
  cursor_.move(first, false, layout_.size);
  ensureVisible(cursor_.byte);
  moveCursor(last, true);
}

void HexView::clearSelection() {
  if (!selection_) return;
  selection_.reset();
  cursor_.anchor = cursor_.byte;
  viewport()->update();
  emit selectionChanged();
}

void HexView::moveCursor(qsizetype byte, bool extend) {
  if (layout_.size == 0) return;
  cursor_.move(byte, extend, layout_.size);
  selection_ = cursor_.selection();
  ensureVisible(cursor_.byte);
  viewport()->update();
  if (QAccessible::isActive()) setAccessibleDescription(describe(cursor_.byte));
  emit selectionChanged();
}

QString HexView::describe(qsizetype byte) const {
  const auto value = std::to_integer<std::uint8_t>(bytes_.bytes[static_cast<std::size_t>(byte)]);
  return tr("byte %L1 (0x%2)\n%3").arg(byte).arg(byte, 0, 16).arg(byteDescription(value));
}

void HexView::ensureVisible(qsizetype byte) {
  QScrollBar* bar = verticalScrollBar();
  const int line = layout_.lineOf(byte);
  if (line < bar->value())
    bar->setValue(line);
  else if (line >= bar->value() + pageLines())
    bar->setValue(line - pageLines() + 1);
}

int HexView::pageLines() const {
  return std::max(1, viewport()->height() / layout_.lineHeight);
}

void HexView::updateLayout() {
  const QFontMetricsF metrics(font());
  const qsizetype top = layout_.firstOf(verticalScrollBar()->value());
  const qsizetype lead = layout_.lead;
  const qsizetype trail = layout_.trail;
  layout_ = HexLayout::fit(metrics.horizontalAdvance(QLatin1Char('0')), qRound(metrics.lineSpacing()) + 4,
                           static_cast<qsizetype>(bytes_.bytes.size()), viewport()->width(), leastPerLine_,
                           mostPerLine_);
  layout_.lead = lead;
  layout_.trail = trail;
  for (int byte = 0; byte < 256; ++byte) {
    marks_[static_cast<std::size_t>(byte)] = byteMark(static_cast<std::uint8_t>(byte), metrics);
  }
  verticalScrollBar()->setPageStep(pageLines());
  verticalScrollBar()->setRange(0, std::max(0, layout_.lineCount() - pageLines()));
  verticalScrollBar()->setValue(layout_.lineOf(top));
  horizontalScrollBar()->setPageStep(viewport()->width());
  horizontalScrollBar()->setSingleStep(qRound(layout_.cell));
  horizontalScrollBar()->setRange(0, std::max(0, qRound(layout_.width()) - viewport()->width()));
  viewport()->update();
}

PinnedBytes HexView::chosen() const {
  PinnedBytes chosen = bytes_;
  if (selection_)
    chosen.bytes = chosen.bytes.subspan(static_cast<std::size_t>(selection_->first),
                                        static_cast<std::size_t>(selection_->length()));
  return chosen;
}

void HexView::paintEvent(QPaintEvent* event) {
  QPainter painter(viewport());
  painter.translate(-horizontalScrollBar()->value(), 0);
  HexPainter lines{painter, layout_, bytes_.bytes, marks_, fontMetrics()};
  lines.selection = selection_;
  lines.highlights = highlights_;
  lines.current = currentHighlight_;
  if (hasFocus()) lines.cursor = cursor_.byte;
  const int top = verticalScrollBar()->value();
  const int from = event->rect().top() / layout_.lineHeight;
  const int to = event->rect().bottom() / layout_.lineHeight;
  for (int row = from; row <= to && qsizetype{top} + row < layout_.lineCount(); ++row) {
    lines.paint(top + row, row * layout_.lineHeight);
  }
}

std::optional<qsizetype> HexView::byteAt(QPoint place) const {
  return layout_.byteAt(place.x() + horizontalScrollBar()->value(), place.y(), verticalScrollBar()->value());
}

void HexView::resizeEvent(QResizeEvent*) {
  updateLayout();
}

void HexView::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) updateLayout();
  if (event->type() == QEvent::PaletteChange) viewport()->update();
}

void HexView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (const auto byte = byteAt(event->position().toPoint())) {
    moveCursor(*byte, event->modifiers().testFlag(Qt::ShiftModifier));
  }
}

void HexView::mouseMoveEvent(QMouseEvent* event) {
  if (!event->buttons().testFlag(Qt::LeftButton)) return;
  if (const auto byte = byteAt(event->position().toPoint())) moveCursor(*byte, true);
}

void HexView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (const auto byte = byteAt(event->position().toPoint())) {
    const HexSelection run = runAround(bytes_.bytes, *byte);
    cursor_.move(run.first, false, layout_.size);
    moveCursor(run.last, true);
  }
}

bool HexView::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) event->accept();
  }
  return QAbstractScrollArea::event(event);
}

void HexView::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) return copier_->copy(ByteFormat::hex);
  if (event->matches(QKeySequence::SelectAll)) return selectAll();
  if (const auto byte = cursor_.byKey(*event, layout_, pageLines(), bytes_.bytes))
    return moveCursor(*byte, event->modifiers().testFlag(Qt::ShiftModifier));
  QAbstractScrollArea::keyPressEvent(event);
}

void HexView::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu(this);
  menu.addActions(actions());
  for (QAction* action : menu.actions()) action->setEnabled(layout_.size > 0);
  menu.exec(event->globalPos());
}

bool HexView::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  if (const auto byte = byteAt(help->pos())) {
    QToolTip::showText(help->globalPos(), plainToolTip(describe(*byte)), viewport());
  }
  return true;
}

void HexView::focusInEvent(QFocusEvent*) {
  viewport()->update();
}
void HexView::focusOutEvent(QFocusEvent*) {
  viewport()->update();
}

}  // namespace sockbench::ui
