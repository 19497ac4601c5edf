// TomlHighlighter: colours for TOML: headers, keys, texts, numbers and comments. Light: it does not judge.
// Thread: gui.
#pragma once

#include <QSyntaxHighlighter>
#include <QTextCharFormat>

#include "ui/widgets/theme.h"

namespace sockbench::ui {

class TomlHighlighter : public QSyntaxHighlighter {
  Q_OBJECT
 public:
  explicit TomlHighlighter(QTextDocument* document);

 protected:
  void highlightBlock(const QString& text) override;

 private:
  // What a line begins within, as the state of the block before it.
  enum Within { nothing, basicLines, literalLines };
  qsizetype colourText(const QString& text, qsizetype at);  // answers where it ends
  qsizetype colourLines(const QString& text, qsizetype from, qsizetype search, Within within);
  void colourWord(const QString& text, qsizetype from, qsizetype end);
  void colour(qsizetype from, qsizetype end, theme::Role role, bool bold = false);
};

}  // namespace sockbench::ui
