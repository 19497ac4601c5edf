#include "ui/panels/traffic/notes/note_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "core/traffic/row_notes.h"
#include "ui/models/format.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {

NoteBar::NoteBar(QWidget* parent)
    : QWidget(parent),
      label_(new QLabel(this)),
      edit_(named(new QLineEdit(this), "noteEdit", tr("Comment"))),
      save_(named(new QToolButton(this), "noteSaveButton", tr("Keep the comment (Return)"))),
      cancel_(named(new QToolButton(this), "noteCancelButton", tr("Leave it as it was (Esc)"))) {
  setObjectName(QStringLiteral("noteBar"));
  label_->setTextFormat(Qt::PlainText);
  label_->setProperty("dim", true);
  edit_->installEventFilter(this);
  edit_->setMaxLength(static_cast<int>(RowNotes::kMostComment / 4));  // at most four bytes a character
  edit_->setPlaceholderText(tr("Without words the comment goes"));
  save_->setText(tr("Keep"));
  cancel_->setText(tr("Cancel"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(14, 4, 10, 4);
  row->setSpacing(6);
  row->addWidget(label_);
  row->addWidget(edit_, 1);
  for (QToolButton* button : {save_, cancel_}) {
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    row->addWidget(button);
  }
  connect(save_, &QToolButton::clicked, this, &NoteBar::save);
  connect(cancel_, &QToolButton::clicked, this, &NoteBar::close);
  connect(edit_, &QLineEdit::returnPressed, this, &NoteBar::save);
  hide();
}

void NoteBar::open(std::uint64_t row, const QString& comment) {
  row_ = row;
  label_->setText(tr("Comment on No. %1").arg(formatCount(row + 1)));
  edit_->setText(comment);
  show();
  edit_->setFocus(Qt::ShortcutFocusReason);
  edit_->selectAll();
}

void NoteBar::save() {
  emit saved(row_, edit_->text().trimmed());
  close();
}

void NoteBar::close() {
  hide();
  emit closed();
}

// Escape is a key of the window's, too; here it is this bar's.
bool NoteBar::eventFilter(QObject* watched, QEvent* event) {
  const bool key = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
  if (!key || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape)
    return QWidget::eventFilter(watched, event);
  if (event->type() == QEvent::KeyPress) close();
  event->accept();
  return true;
}

void NoteBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return close();
  QWidget::keyPressEvent(event);
}

}  // namespace sockbench::ui
