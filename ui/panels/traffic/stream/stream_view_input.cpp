#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "ui/bridge/core_types.h"
#include "ui/panels/traffic/stream/stream_view.h"

namespace sockbench::ui {
namespace {

constexpr int kNotch = 120;  // eighths of a degree of a wheel

}  // namespace

void StreamView::addActions() {
  const auto add = [this](const QString& text, const char* name, const QKeySequence& key, auto slot) {
    // Keys are taken in keyPressEvent(): a shortcut would contend with those of the window.
    const QString shown =
        key.isEmpty() ? text : text + QLatin1Char('\t') + key.toString(QKeySequence::NativeText);
    auto* action = new QAction(shown, this);
    action->setObjectName(QLatin1String(name));
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
  };
  add(tr("Copy as shown"), "streamCopyAction", QKeySequence::Copy, [this] { copyShown(); });
  add(tr("Copy bytes as hex"), "streamCopyHexAction", {}, [this] {
    const Bytes bytes = selectedBytes();
    copy(toQString(toHexSpaced(bytes, kMostCopied)), bytes.size());
  });
  add(tr("Copy bytes as escaped text"), "streamCopyEscapedAction", {}, [this] {
    const Bytes bytes = selectedBytes();
    copy(toQString(escape(bytes)), bytes.size());
  });
  add(tr("Save bytes…"), "streamSaveBytesAction", {}, [this] {
    const Bytes bytes = selectedBytes();
    if (bytes.size() >= kMostCopied) emit copyCut();
    emit saveRequested(QByteArray(asChars(bytes).data(), static_cast<qsizetype>(bytes.size())));
  });
  add(tr("Select all"), "streamSelectAllAction", QKeySequence::SelectAll, [this] { selectAll(); });
  add(tr("Show its row in the timeline"), "streamShowRowAction", {}, [this] {
    const auto spot = spotAt(menuPlace_);
    const auto row = spot ? document_->rowAt(*spot) : std::nullopt;
    if (row) emit rowActivated(*row);
  });
}

void StreamView::copy(const QString& text, std::size_t of) {
  QApplication::clipboard()->setText(text);
  if (of >= kMostCopied) emit copyCut();
}

void StreamView::copyShown() {
  const QString text = selectedText();
  copy(text, static_cast<std::size_t>(text.size()));
}

void StreamView::contextMenuEvent(QContextMenuEvent* event) {
  menuPlace_ = viewport()->mapFromGlobal(event->globalPos());
  const bool any = selection().has_value();
  QMenu menu(this);
  for (QAction* action : actions()) {
    const QString name = action->objectName();
    if (name.contains(QLatin1String("Copy")) || name.contains(QLatin1String("Save"))) action->setEnabled(any);
    menu.addAction(action);
  }
  menu.exec(event->globalPos());
  for (QAction* action : actions()) action->setEnabled(true);
}

std::optional<StreamView::Selection> StreamView::selection() const {
  if (!anchor_ || *anchor_ == cursor_) return std::nullopt;
  return std::minmax(*anchor_, cursor_);
}

void StreamView::select(StreamSpot from, StreamSpot to) {
  anchor_ = from;
  cursor_ = to;
  viewport()->update();
  emit selectionChanged();
}

void StreamView::selectAll() {
  if (document_) select(document_->begin(), document_->end());
}

QString StreamView::selectedText() const {
  const auto chosen = selection();
  return chosen && document_
             ? document_->text(chosen->first, chosen->second, static_cast<qsizetype>(kMostCopied))
             : QString();
}

Bytes StreamView::selectedBytes() const {
  const auto chosen = selection();
  return chosen && document_ ? document_->bytes(chosen->first, chosen->second, kMostCopied) : Bytes();
}

// The spot between two bytes that is nearest to a place of the viewport.
std::optional<StreamSpot> StreamView::spotAt(QPoint place) const {
  layoutLines();
  if (shown_.empty()) return std::nullopt;
  const auto under =
      std::ranges::find_if(shown_, [&](const Shown& shown) { return place.y() < shown.area.bottom(); });
  const Shown& shown = under == shown_.end() ? shown_.back() : *under;
  if (shown.line.kind == StreamShownLine::Kind::head || shown.line.kind == StreamShownLine::Kind::array)
    return StreamSpot{shown.place.frame, -1};
  if (shown.line.kind == StreamShownLine::Kind::arrayEnd)
    return StreamSpot{shown.place.frame, shown.line.bodyEnd};
  const auto x = static_cast<float>(place.x() - StreamLook::textX(shown.line.direction));
  const StreamCell* nearest = nullptr;
  const auto distance = [x](const StreamCell& cell) { return std::abs(x - cell.x - cell.width / 2); };
  for (const StreamCell& cell : shown.line.line.cells) {
    if (cell.byte >= 0 && (!nearest || distance(cell) < distance(*nearest))) nearest = &cell;
  }
  if (!nearest) return StreamSpot{shown.place.frame, shown.line.start};
  const bool behind = x > nearest->x + nearest->width / 2;
  return StreamSpot{shown.place.frame, shown.line.start + nearest->byte + (behind ? nearest->bytes : 0)};
}

void StreamView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  const auto spot = spotAt(event->pos());
  if (!spot) return;
  const bool extend = (event->modifiers() & Qt::ShiftModifier) != 0 && anchor_;
  select(extend ? *anchor_ : *spot, *spot);
}

void StreamView::mouseMoveEvent(QMouseEvent* event) {
  if ((event->buttons() & Qt::LeftButton) == 0 || !anchor_) return;
  if (event->pos().y() < 0) scrollLines(-1);
  if (event->pos().y() > viewport()->height()) scrollLines(1);
  if (const auto spot = spotAt(event->pos())) select(*anchor_, *spot);
}

void StreamView::mouseDoubleClickEvent(QMouseEvent* event) {
  const auto spot = spotAt(event->pos());
  const auto row = spot ? document_->rowAt(*spot) : std::nullopt;
  if (row) emit rowActivated(*row);
}

void StreamView::wheelEvent(QWheelEvent* event) {
  wheel_ += event->angleDelta().y();
  const int lines = wheel_ * QApplication::wheelScrollLines() / kNotch;
  if (lines == 0) return;
  wheel_ -= lines * kNotch / std::max(1, QApplication::wheelScrollLines());
  scrollLines(-lines);
  event->accept();
}

void StreamView::keyPressEvent(QKeyEvent* event) {
  const auto is = [event](QKeySequence::StandardKey key) { return event->matches(key); };
  if (is(QKeySequence::Copy)) return copyShown();
  if (is(QKeySequence::SelectAll)) return selectAll();
  if (!document_) return QAbstractScrollArea::keyPressEvent(event);
  switch (event->key()) {
    case Qt::Key_Up:
      return scrollLines(-1);
    case Qt::Key_Down:
      return scrollLines(1);
    case Qt::Key_PageUp:
      return scrollLines(-pageLines());
    case Qt::Key_PageDown:
      return scrollLines(pageLines());
    case Qt::Key_Home:
      return scrollTo(document_->first().value_or(StreamPlace{}));
    case Qt::Key_End:
      return scrollTo(endTop());
    default:
      return QAbstractScrollArea::keyPressEvent(event);
  }
}

}  // namespace sockbench::ui
