#include "ui/panels/scenario/toml_highlighter.h"

#include <algorithm>

namespace sockbench::ui {
namespace {

bool isBareKey(QChar c) {
  return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('-') || c == QLatin1Char('.') ||
         c == QLatin1Char('+') || c == QLatin1Char(':');
}

bool isFollowedByEquals(const QString& text, qsizetype at) {
  while (at < text.size() && text[at].isSpace()) ++at;
  return at < text.size() && text[at] == QLatin1Char('=');
}

}  // namespace

TomlHighlighter::TomlHighlighter(QTextDocument* document) : QSyntaxHighlighter(document) {}

void TomlHighlighter::colour(qsizetype from, qsizetype end, theme::Role role, bool bold) {
  QTextCharFormat format;
  format.setForeground(theme::color(role));
  if (bold) format.setFontWeight(QFont::DemiBold);
  setFormat(static_cast<int>(from), static_cast<int>(end - from), format);
}

void TomlHighlighter::highlightBlock(const QString& text) {
  const int before = previousBlockState();
  setCurrentBlockState(nothing);
  qsizetype at = 0;
  if (before == basicLines || before == literalLines)
    at = colourLines(text, 0, 0, static_cast<Within>(before));
  if (at == 0 && text.trimmed().startsWith(QLatin1Char('['))) {
    const qsizetype comment = text.indexOf(QLatin1Char('#'));
    const qsizetype end = comment < 0 ? text.size() : comment;
    colour(0, end, theme::Role::accent, true);
    at = end;
  }
  while (at < text.size()) {
    const QChar c = text[at];
    if (c == QLatin1Char('#')) return colour(at, text.size(), theme::Role::dim);
    if (c == QLatin1Char('"') || c == QLatin1Char('\'')) {
      at = colourText(text, at);
    } else if (isBareKey(c)) {
      const qsizetype from = at;
      while (at < text.size() && isBareKey(text[at])) ++at;
      colourWord(text, from, at);
    } else {
      ++at;
    }
  }
}

void TomlHighlighter::colourWord(const QString& text, qsizetype from, qsizetype end) {
  if (isFollowedByEquals(text, end)) return colour(from, end, theme::Role::received);
  colour(from, end, theme::Role::sent);
}

qsizetype TomlHighlighter::colourText(const QString& text, qsizetype at) {
  const QChar quote = text[at];
  if (QStringView(text).mid(at, 3) == QString(3, quote))
    return colourLines(text, at, at + 3, quote == QLatin1Char('"') ? basicLines : literalLines);
  qsizetype end = at + 1;
  while (end < text.size() && text[end] != quote)
    end += quote == QLatin1Char('"') && text[end] == QLatin1Char('\\') ? 2 : 1;
  end = std::min(end + 1, text.size());
  colour(at, end, isFollowedByEquals(text, end) ? theme::Role::received : theme::Role::good);
  return end;
}

// From `from` to the quotes that end it, looked for from `search` on.
qsizetype TomlHighlighter::colourLines(const QString& text, qsizetype from, qsizetype search, Within within) {
  const QString quotes(3, within == basicLines ? QLatin1Char('"') : QLatin1Char('\''));
  const qsizetype last = text.indexOf(quotes, search);
  if (last < 0) setCurrentBlockState(within);
  const qsizetype end = last < 0 ? text.size() : last + 3;
  colour(from, end, theme::Role::good);
  return end;
}

}  // namespace sockbench::ui
