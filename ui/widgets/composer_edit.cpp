#include "ui/widgets/composer_edit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QTextDocumentFragment>
#include <QTextLayout>
#include <algorithm>

#include "ui/widgets/field_completion.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wrong_mark.h"

namespace sockbench::ui {
namespace {

constexpr qsizetype kShownOfHeld = 2000;

// toPlainText() would turn no-break spaces into spaces; the raw text keeps each character.
QString exactText(QString raw) {
  return raw.replace(QChar::ParagraphSeparator, QLatin1Char('\n'));
}

// Keys that choose from the list of fields, or close it, while it is open.
bool isOfTheList(int key) {
  return key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab || key == Qt::Key_Escape;
}

}  // namespace

ComposerEdit::ComposerEdit(QWidget* parent) : QPlainTextEdit(parent), fields_(new FieldCompletion(this)) {
  setTabChangesFocus(true);
  setLineWrapMode(QPlainTextEdit::WidgetWidth);
  setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  setFont(theme::fixedFont());
  connect(this, &QPlainTextEdit::textChanged, this, &ComposerEdit::messageChanged);
}

void ComposerEdit::setMessage(const QString& text) {
  const QString editable = editableText(text, mode_);
  mark_ = {};
  held_ = editable.size() > kMostEditable ? editable : QString();
  setReadOnly(holdsLongText());
  // One change, not two, so that the preview is made once; undo brings the earlier message back.
  QTextCursor cursor(document());
  cursor.select(QTextCursor::Document);
  cursor.insertText(holdsLongText() ? editable.left(kShownOfHeld) + QChar(0x2026) : editable);
  cursor.movePosition(QTextCursor::End);
  setTextCursor(cursor);
  if (holdsLongText()) document()->clearUndoRedoStacks();
}

QString ComposerEdit::message() const {
  return holdsLongText() ? held_ : exactText(document()->toRawText());
}

qsizetype ComposerEdit::messageLength() const {
  return holdsLongText() ? held_.size() : document()->characterCount() - 1;
}

void ComposerEdit::mark(TextRange range) {
  mark_ = range;
  showMark();
}

void ComposerEdit::clearMark() {
  mark({});
}

void ComposerEdit::showMark() {
  QList<QTextEdit::ExtraSelection> selections;
  if (mark_.length > 0) selections.append(wrongMark(document(), mark_));
  setExtraSelections(selections);
}

void ComposerEdit::changeEvent(QEvent* event) {
  QPlainTextEdit::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && mark_.length > 0) showMark();
}

bool ComposerEdit::onEdgeLine(bool first) const {
  const QTextCursor cursor = textCursor();
  const QTextBlock block = cursor.block();
  if (first ? block.previous().isValid() : block.next().isValid()) return false;
  const QTextLine line = block.layout()->lineForTextPosition(cursor.positionInBlock());
  if (!line.isValid()) return true;
  return line.lineNumber() == (first ? 0 : block.layout()->lineCount() - 1);
}

void ComposerEdit::keyPressEvent(QKeyEvent* event) {
  const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && modifiers == Qt::ControlModifier) {
    emit sendKeyPressed();
  } else if (fields_->isOpen() && isOfTheList(event->key())) {
    event->ignore();
    return;
  } else if (event->key() == Qt::Key_Up && modifiers == Qt::NoModifier && onEdgeLine(true)) {
    emit olderKeyPressed();
  } else if (event->key() == Qt::Key_Down && modifiers == Qt::NoModifier && onEdgeLine(false)) {
    emit newerKeyPressed();
  } else if (holdsLongText() && (event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Delete)) {
    setMessage({});
  } else {
    QPlainTextEdit::keyPressEvent(event);
    if (mode_ != Composer::Mode::file && (fields_->isOpen() || !event->text().isEmpty())) fields_->offer();
    return;
  }
  event->accept();
}

void ComposerEdit::insertFromMimeData(const QMimeData* source) {
  if (isReadOnly() || !source->hasText()) return;
  const QString pasted = editableText(source->text(), mode_);
  QTextCursor cursor = textCursor();
  const qsizetype replaced = cursor.selectionEnd() - cursor.selectionStart();
  if (messageLength() - replaced + pasted.size() <= kMostEditable) {
    cursor.insertText(pasted);
    ensureCursorVisible();
    return;
  }
  QString whole = message();
  whole.replace(cursor.selectionStart(), replaced, pasted);
  setMessage(whole);
}

QMimeData* ComposerEdit::createMimeDataFromSelection() const {
  auto* copied = new QMimeData;
  copied->setText(exactText(textCursor().selection().toRawText()));
  return copied;
}

}  // namespace sockbench::ui
