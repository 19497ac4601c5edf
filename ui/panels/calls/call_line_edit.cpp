#include "ui/panels/calls/call_line_edit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QTextDocument>

#include "core/calls/script/call_script.h"
#include "ui/models/format.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

CallLineEdit::CallLineEdit(QWidget* parent) : QPlainTextEdit(parent) {
  setObjectName(QStringLiteral("callsLineEdit"));
  setAccessibleName(tr("The call, as one would write it"));
  setToolTip(plainToolTip(tr("The call as a line; Enter runs it, Up and Down recall earlier ones")));
  setPlaceholderText(QStringLiteral("s = socket(AF_INET, SOCK_STREAM)"));
  setTabChangesFocus(true);
  setLineWrapMode(QPlainTextEdit::NoWrap);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFont(theme::fixedFont());
  document()->setDocumentMargin(2);
  setFixedHeight(fontMetrics().height() + 14);
  connect(this, &QPlainTextEdit::textChanged, this, &CallLineEdit::lineEdited);
}

void CallLineEdit::setLine(const QString& line) {
  if (line == this->line()) return;
  const QSignalBlocker quiet(this);
  clearMark();
  setPlainText(line);
  moveCursor(QTextCursor::End);
}

QString CallLineEdit::line() const {
  return document()->toRawText().remove(QChar::ParagraphSeparator);
}

void CallLineEdit::mark(const Error& error) {
  mark_ = wrongPart(error, line().size());
  if (mark_.length == 0) mark_ = {0, line().size()};
  markWrong(this);
  showMark();
}

void CallLineEdit::clearMark() {
  mark_ = {};
  clearWrong(this);
  showMark();
}

void CallLineEdit::showMark() {
  QList<QTextEdit::ExtraSelection> marks;
  if (mark_.length > 0) marks += wrongMark(document(), mark_);
  setExtraSelections(marks);
}

void CallLineEdit::remember() {
  history_.add({Composer::Mode::text, line()});
}

QStringList CallLineEdit::history() const {
  return history_.toStrings();
}

void CallLineEdit::setHistory(const QStringList& lines) {
  history_.setStrings(lines);
}

void CallLineEdit::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter) {
    emit runKeyPressed();
  } else if (event->key() == Qt::Key_Up) {
    if (const auto older = history_.older({Composer::Mode::text, line()})) recall(older->text);
  } else if (event->key() == Qt::Key_Down) {
    if (const auto newer = history_.newer()) recall(newer->text);
  } else {
    return QPlainTextEdit::keyPressEvent(event);
  }
  event->accept();
}

void CallLineEdit::recall(const QString& line) {
  setLine(line);
  emit lineEdited();
}

// One line, whatever was pasted.
void CallLineEdit::insertFromMimeData(const QMimeData* source) {
  if (!source->hasText()) return;
  QString text = source->text().left(static_cast<qsizetype>(kMostScriptLineBytes));
  for (const char16_t end : {u'\n', u'\r', u'\u2028', u'\u2029'}) text.replace(QChar(end), QLatin1Char(' '));
  textCursor().insertText(text.trimmed());
  ensureCursorVisible();
}

void CallLineEdit::changeEvent(QEvent* event) {
  QPlainTextEdit::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) showMark();
}

}  // namespace sockbench::ui
