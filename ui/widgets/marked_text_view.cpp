#include "ui/widgets/marked_text_view.h"

#include <QPainter>
#include <QSyntaxHighlighter>
#include <QTextBlock>
#include <QTextLayout>

#include "ui/widgets/marked_text.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

// Hides each control picture and gives it the width of its tag.
class RoomForMarks : public QSyntaxHighlighter {
 public:
  using QSyntaxHighlighter::QSyntaxHighlighter;

 protected:
  void highlightBlock(const QString& text) override {
    const QFont font = document()->defaultFont();
    const QFontMetricsF metrics(font);
    for (qsizetype i = 0; i < text.size(); ++i) {
      const QString name = controlPictureName(text[i]);
      if (name.isEmpty()) {
        continue;
      }
      QTextCharFormat format;
      format.setForeground(Qt::transparent);
      format.setFontLetterSpacingType(QFont::AbsoluteSpacing);
      format.setFontLetterSpacing(markWidth(name, font) - metrics.horizontalAdvance(text[i]));
      setFormat(static_cast<int>(i), 1, format);
    }
  }
};

}  // namespace

MarkedTextView::MarkedTextView(QWidget* parent) : QPlainTextEdit(parent) {
  setReadOnly(true);
  setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  setFrameShape(QFrame::NoFrame);
  setFont(theme::fixedFont());
  new RoomForMarks(document());
}

void MarkedTextView::paintEvent(QPaintEvent* event) {
  QPlainTextEdit::paintEvent(event);
  QPainter painter(viewport());
  QPointF origin = contentOffset();
  for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
    const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
    if (place.top() > event->rect().bottom()) {
      break;
    }
    origin.setY(place.top());
    paintMarks(painter, block, origin);
  }
}

void MarkedTextView::paintMarks(QPainter& painter, const QTextBlock& block, const QPointF& origin) const {
  const QString text = block.text();
  const QColor ink = theme::color(theme::Role::accent);
  for (int i = 0; i < block.layout()->lineCount(); ++i) {
    const QTextLine line = block.layout()->lineAt(i);
    const QRectF place = line.rect().translated(origin);
    if (place.bottom() < 0 || place.top() > viewport()->height()) {
      continue;
    }
    for (int at = line.textStart(); at < line.textStart() + line.textLength(); ++at) {
      if (const QString name = controlPictureName(text[at]); !name.isEmpty()) {
        drawMark(painter, qRound(origin.x() + line.cursorToX(at)), qRound(place.center().y()), name, font(),
                 ink);
      }
    }
  }
}

}  // namespace sockbench::ui
