#include "ui/widgets/hex_pane.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/widgets/byte_copy.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/hex_target.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {
namespace {

constexpr int kFieldCharacters = 18;

QString count(qsizetype bytes) {
  return formatCount(static_cast<std::uint64_t>(bytes));
}
QString hex(qsizetype offset) {
  return QStringLiteral("0x") + QString::number(offset, 16);
}

}  // namespace

QString hexStatusText(const HexView& view) {
  const auto size = static_cast<qsizetype>(view.bytes().bytes.size());
  const auto selection = view.selection();
  if (!selection)
    return HexPane::tr("%1 byte(s)", nullptr, pluralNumber(view.bytes().bytes.size())).arg(count(size));
  if (selection->length() == 1)
    return HexPane::tr("Byte %1 (%2) of %3").arg(count(selection->first), hex(selection->first), count(size));
  return HexPane::tr("Bytes %1\u2013%2 (%3\u2013%4): %5 of %6")
      .arg(count(selection->first), count(selection->last), hex(selection->first), hex(selection->last),
           count(selection->length()), count(size));
}

HexPane::HexPane(const QString& prefix, const QString& title, QWidget* parent)
    : QWidget(parent), view_(new HexView(this)), message_(new InlineMessage(this)) {
  view_->setObjectName(prefix + QStringLiteral("HexView"));
  view_->setAccessibleName(title);
  makeBar(prefix);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(message_);
  column->addWidget(view_, 1);
  column->addWidget(bar_);
  setFocusProxy(view_);
  connect(view_, &HexView::selectionChanged, this, &HexPane::showStatus);
  connect(view_, &HexView::bytesChanged, this, [this] {
    closeField();
    for (QToolButton* button : {button_, copy_}) button->setEnabled(!view_->bytes().bytes.empty());
    message_->clear();
  });
  connect(view_->copier(), &ByteCopy::told, status_, &QLabel::setText);
  connect(view_->copier(), &ByteCopy::refused, this, [this](const Error& error) {
    showStatus();
    message_->showError(error);
  });
  auto* key = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_G), this);
  key->setContext(Qt::WidgetWithChildrenShortcut);
  connect(key, &QShortcut::activated, this, &HexPane::askOffset);
  showStatus();
}

void HexPane::makeBar(const QString& prefix) {
  bar_ = new QWidget(this);
  status_ = new ElidedLabel(bar_);
  status_->setObjectName(prefix + QStringLiteral("HexStatus"));
  status_->setProperty("dim", true);
  status_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  field_ = new QLineEdit(bar_);
  field_->setObjectName(prefix + QStringLiteral("GoToEdit"));
  field_->setAccessibleName(tr("Offset to go to"));
  field_->setPlaceholderText(tr("1200, 0x4b0, +16, 16..31"));
  field_->setMinimumWidth(field_->fontMetrics().averageCharWidth() * kFieldCharacters);
  field_->setMaximumWidth(field_->minimumWidth() * 2);
  field_->installEventFilter(this);
  field_->hide();
  button_ = new QToolButton(bar_);
  button_->setObjectName(prefix + QStringLiteral("GoToButton"));
  button_->setText(tr("Go to\u2026"));
  button_->setAccessibleName(tr("Go to an offset"));
  button_->setToolTip(plainToolTip(tr("Go to an offset, in decimal or hexadecimal (Ctrl+G)")));
  button_->setFocusPolicy(Qt::TabFocus);
  connect(button_, &QToolButton::clicked, this, &HexPane::askOffset);
  connect(field_, &QLineEdit::returnPressed, this, &HexPane::goTo);
  connect(field_, &QLineEdit::textEdited, this, [this] {
    clearWrong(field_);
    showStatus();
  });
  copy_ = new QToolButton(bar_);
  copy_->setObjectName(prefix + QStringLiteral("CopyButton"));
  copy_->setText(tr("Copy as"));
  copy_->setAccessibleName(tr("Copy or save the selected bytes"));
  copy_->setToolTip(plainToolTip(tr("Copy or save the selected bytes, or all where none are selected")));
  copy_->setFocusPolicy(Qt::TabFocus);
  copy_->setPopupMode(QToolButton::InstantPopup);
  copy_->setMenu(new QMenu(copy_));
  copy_->menu()->addActions(view_->actions());
  auto* row = new QHBoxLayout(bar_);
  row->setContentsMargins(14, 0, 6, 0);
  row->setSpacing(6);
  row->addWidget(status_, 1);
  row->addWidget(field_);
  row->addWidget(button_);
  row->addWidget(copy_);
}

void HexPane::showStatus() {
  status_->setText(hexStatusText(*view_));
}

void HexPane::setBarWidth(int pixels) {
  barWidth_ = pixels;
  fitStatus();
}

void HexPane::fitStatus() {
  const QMargins margins = bar_->layout()->contentsMargins();
  const QWidget* goTo = field_->isHidden() ? static_cast<QWidget*>(button_) : field_;
  const int wanted = std::max(goTo->sizeHint().width(), goTo->minimumWidth());
  const int others =
      margins.left() + wanted + copy_->sizeHint().width() + 2 * bar_->layout()->spacing() + margins.right();
  status_->setMaximumWidth(std::max(0, barWidth_ - others));
}

void HexPane::askOffset() {
  if (view_->bytes().bytes.empty()) return;
  button_->hide();
  field_->show();
  fitStatus();
  field_->selectAll();
  field_->setFocus(Qt::ShortcutFocusReason);
}

void HexPane::closeField() {
  const bool had = field_->hasFocus();
  clearWrong(field_);
  field_->hide();
  button_->show();
  fitStatus();
  if (had) view_->setFocus(Qt::OtherFocusReason);
  showStatus();
}

void HexPane::goTo() {
  const auto target =
      hexTarget(field_->text(), view_->cursor(), static_cast<qsizetype>(view_->bytes().bytes.size()));
  if (!target) {
    markWrong(field_);
    status_->setText(target.error());
    return;
  }
  view_->select(target->first, target->last);
  closeField();
}

// Escape is the window's key for cancelling: here it closes the field.
bool HexPane::eventFilter(QObject* watched, QEvent* event) {
  const bool key = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
  if (!key || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape)
    return QWidget::eventFilter(watched, event);
  if (event->type() == QEvent::KeyPress) closeField();
  event->accept();
  return true;
}

}  // namespace sockbench::ui
