#include "ui/widgets/wrong_mark.h"

#include <QTextCursor>
#include <QTextDocument>
#include <algorithm>

#include "ui/bridge/core_types.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

TextRange wrongPart(const Error& error, qsizetype textLength) {
  if (!error.where) return {0, 0};
  const std::string_view subject = error.subject;
  const auto characters = [&](std::size_t bytes) { return toQString(subject.substr(0, bytes)).size(); };
  const std::size_t begin = std::min(error.where->offset, subject.size());
  const std::size_t end = std::min(begin + error.where->length, subject.size());
  TextRange range{characters(begin), 0};
  range.length = std::max<qsizetype>(characters(end) - range.position, 1);
  // At the end of the text there is nothing to mark but what stands before it.
  if (range.position >= textLength) range.position = std::max<qsizetype>(textLength - 1, 0);
  range.length = std::min(range.length, textLength - range.position);
  return range;
}

QTextEdit::ExtraSelection wrongMark(QTextDocument* document, TextRange range) {
  const qsizetype last = document->characterCount() - 1;
  QTextEdit::ExtraSelection wrong;
  wrong.cursor = QTextCursor(document);
  wrong.cursor.setPosition(static_cast<int>(std::min(range.position, last)));
  wrong.cursor.setPosition(static_cast<int>(std::min(range.position + range.length, last)),
                           QTextCursor::KeepAnchor);
  QColor wash = theme::color(theme::Role::error);
  wash.setAlpha(40);
  wrong.format.setBackground(wash);
  wrong.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
  wrong.format.setUnderlineColor(theme::color(theme::Role::error));
  return wrong;
}

}  // namespace sockbench::ui
