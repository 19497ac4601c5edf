// The mark of what cannot be read: a wave line in the error's colour, in any plain-text edit. Thread: gui.
#pragma once

#include <QTextEdit>

#include "core/base/error.h"

class QTextDocument;

namespace sockbench::ui {

// Characters of a text.
struct TextRange {
  qsizetype position = 0;
  qsizetype length = 0;
};

// The characters of the text typed, `textLength` long, that the wrong part of `error` covers; at least one
// where there is any.
TextRange wrongPart(const Error& error, qsizetype textLength);

// The mark over `range` of the document's text, cut to what is there; an empty one marks nothing.
QTextEdit::ExtraSelection wrongMark(QTextDocument* document, TextRange range);

}  // namespace sockbench::ui
