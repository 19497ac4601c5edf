#include "ui/panels/scenario/difference_view.h"

#include <QEvent>
#include <QTextBlock>

#include "ui/widgets/theme.h"

namespace sockbench::ui {

DifferenceView::DifferenceView(QWidget* parent) : QPlainTextEdit(parent) {
  setObjectName(QStringLiteral("scenarioDiffView"));
  setAccessibleName(tr("What was expected, and what came"));
  setReadOnly(true);
  setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  setTabChangesFocus(true);
  setFont(theme::fixedFont());
  setLineWrapMode(QPlainTextEdit::NoWrap);
  hide();
}

void DifferenceView::showText(const QString& text) {
  setPlainText(text.size() <= kMostShown ? text : text.left(kMostShown) + tr("\n\u2026 and more"));
  colourLines();
  setVisible(!text.isEmpty());
}

// The words at a line's beginning are those of core's comparison and of scenarioDifferences().
void DifferenceView::colourLines() {
  QList<QTextEdit::ExtraSelection> lines;
  for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
    const QString text = block.text();
    theme::Role role = theme::Role::text;
    if (text.startsWith(QLatin1String("expected"))) role = theme::Role::good;
    if (text.startsWith(QLatin1String("came")) || text.trimmed() == QLatin1String("^^"))
      role = theme::Role::error;
    if (role == theme::Role::text) continue;
    QTextEdit::ExtraSelection line;
    line.cursor = QTextCursor(block);
    line.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    line.format.setForeground(theme::color(role));
    lines.append(line);
  }
  setExtraSelections(lines);
}

void DifferenceView::changeEvent(QEvent* event) {
  QPlainTextEdit::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) colourLines();
}

}  // namespace sockbench::ui
