#include "ui/panels/scenario/scenario_edit.h"

#include <QEvent>
#include <QMimeData>
#include <QPainter>
#include <QTextBlock>
#include <algorithm>
#include <utility>

#include "ui/panels/scenario/steps_view.h"
#include "ui/panels/scenario/toml_highlighter.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wrong_mark.h"

namespace sockbench::ui {
namespace {
constexpr int kGutterPadding = 6;
constexpr int kMark = 12;  // pixels of a step's mark
constexpr int kLeastDigits = 3;

QTextBlock blockOfLine(const QTextDocument* document, std::uint32_t line) {
  return line == 0 ? QTextBlock() : document->findBlockByNumber(static_cast<int>(line) - 1);
}
}  // namespace

class ScenarioEdit::Gutter : public QWidget {
 public:
  explicit Gutter(ScenarioEdit* edit) : QWidget(edit), edit_(edit) {}
  QSize sizeHint() const override { return {edit_->gutterWidth(), 0}; }

 protected:
  void paintEvent(QPaintEvent* event) override {
    QPainter painter(this);
    edit_->paintGutter(painter, event->rect());
  }

 private:
  ScenarioEdit* edit_;
};

ScenarioEdit::ScenarioEdit(QWidget* parent)
    : QPlainTextEdit(parent), highlighter_(new TomlHighlighter(document())), gutter_(new Gutter(this)) {
  setObjectName(QStringLiteral("scenarioEdit"));
  setAccessibleName(tr("Text of the scenario"));
  setLineWrapMode(QPlainTextEdit::NoWrap);
  setTabChangesFocus(true);
  setFont(theme::fixedFont());
  connect(this, &QPlainTextEdit::blockCountChanged, this, &ScenarioEdit::placeGutter);
  connect(this, &QPlainTextEdit::cursorPositionChanged, gutter_, qOverload<>(&QWidget::update));
  connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
    dy != 0 ? gutter_->scroll(0, dy) : gutter_->update(0, rect.y(), gutter_->width(), rect.height());
  });
  placeGutter();
}

// A highlighter that goes changes its document once more; whoever listens may have gone before.
ScenarioEdit::~ScenarioEdit() {
  disconnect();
}

QByteArray ScenarioEdit::utf8() const {
  return toPlainText().toUtf8();
}

void ScenarioEdit::setUtf8(const QByteArray& text) {
  error_ = {};
  stepLine_ = 0;
  states_.clear();
  setPlainText(QString::fromUtf8(text));
  document()->setModified(false);
  showMarks();
}

void ScenarioEdit::markError(TomlPlace place) {
  error_ = place;
  showMarks();
}

void ScenarioEdit::setStepLine(std::uint32_t line) {
  if (std::exchange(stepLine_, line) == line) return;
  showMarks();
  const QTextBlock block = blockOfLine(document(), line);
  if (!block.isValid()) return;
  const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
  if (place.top() >= 0 && place.bottom() <= viewport()->height()) return;
  setTextCursor(QTextCursor(block));
  centerCursor();
}

void ScenarioEdit::setLineStates(const QMap<std::uint32_t, ScenarioStepsModel::State>& states) {
  states_ = states;
  gutter_->update();
}

void ScenarioEdit::showLine(std::uint32_t line) {
  const QTextBlock block = blockOfLine(document(), line);
  if (!block.isValid() || block == textCursor().block()) return;
  setTextCursor(QTextCursor(block));
  centerCursor();
}

std::uint32_t ScenarioEdit::currentLine() const {
  return static_cast<std::uint32_t>(textCursor().blockNumber()) + 1;
}

// A column counts bytes. Marked is the rest of the word that stands there.
void ScenarioEdit::showMarks() {
  QList<QTextEdit::ExtraSelection> marks;
  if (const QTextBlock block = blockOfLine(document(), stepLine_); block.isValid()) {
    QTextEdit::ExtraSelection line;
    line.cursor = QTextCursor(block);
    line.format.setBackground(theme::color(theme::Role::selection));
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    marks.append(line);
  }
  if (const QTextBlock block = blockOfLine(document(), error_.line); block.isValid()) {
    const QString text = block.text();
    const auto bytes = static_cast<qsizetype>(error_.column == 0 ? 0 : error_.column - 1);
    qsizetype from = std::min(QString::fromUtf8(text.toUtf8().left(bytes)).size(), text.size());
    qsizetype end = from;
    while (end < text.size() && !text[end].isSpace() && text[end] != QLatin1Char('=')) ++end;
    if (end == from) end = std::min(from + 1, text.size());
    if (end == from) from = std::max<qsizetype>(0, from - 1);
    marks.append(wrongMark(document(), {.position = block.position() + from, .length = end - from}));
  }
  setExtraSelections(marks);
  gutter_->update();
}

int ScenarioEdit::gutterWidth() const {
  const int digits = std::max(kLeastDigits, static_cast<int>(QString::number(blockCount()).size()));
  return kMark + 3 * kGutterPadding + digits * fontMetrics().horizontalAdvance(QLatin1Char('9'));
}

void ScenarioEdit::placeGutter() {
  setViewportMargins(gutterWidth(), 0, 0, 0);
  const QRect inside = contentsRect();
  gutter_->setGeometry(QRect(inside.left(), inside.top(), gutterWidth(), inside.height()));
}

void ScenarioEdit::paintGutter(QPainter& painter, const QRect& dirty) const {
  painter.fillRect(dirty, theme::color(theme::Role::window));
  painter.setFont(font());
  const int right = gutter_->width() - kGutterPadding;
  const int current = textCursor().blockNumber();
  for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
    const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
    if (place.top() > dirty.bottom()) break;
    const auto line = static_cast<std::uint32_t>(block.blockNumber()) + 1;
    const QRect row(0, static_cast<int>(place.top()), right, fontMetrics().height());
    const bool isWrong = line == error_.line;
    const bool isCurrent = block.blockNumber() == current;
    painter.setPen(theme::color(isWrong     ? theme::Role::error
                                : isCurrent ? theme::Role::text
                                            : theme::Role::dim));
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
    const auto state = states_.constFind(line);
    if (state == states_.cend() || *state == ScenarioStepsModel::State::waiting) continue;
    const QRect mark(kGutterPadding, row.top() + (row.height() - kMark) / 2, kMark, kMark);
    paintStepMark(painter, mark, *state);
  }
}

// Files that are dropped are for the panel, which opens them.
bool ScenarioEdit::canInsertFromMimeData(const QMimeData* source) const {
  return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

void ScenarioEdit::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  placeGutter();
}

void ScenarioEdit::changeEvent(QEvent* event) {
  QPlainTextEdit::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) {
    highlighter_->rehighlight();
    showMarks();
  }
}

}  // namespace sockbench::ui
