#include "ui/widgets/details_table.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>

#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kRowSpacing = 4;    // pixels
constexpr int kNameSpacing = 18;  // between a name and its value
constexpr int kMostPairs = 3;

QColor inkOf(DetailTone tone) {
  switch (tone) {
    case DetailTone::warning:
      return theme::color(theme::Role::warning);
    case DetailTone::error:
      return theme::color(theme::Role::error);
    case DetailTone::plain:
      break;
  }
  return theme::color(theme::Role::text);
}

}  // namespace

DetailsTable::DetailsTable(const QString& name, const QString& title, int leastWidth, QWidget* parent)
    : QTableWidget(0, 2, parent), leastWidth_(leastWidth) {
  setObjectName(name);
  setAccessibleName(title);
  setEditTriggers(NoEditTriggers);
  setSelectionBehavior(SelectRows);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);  // what is longer is wrapped
  setShowGrid(false);
  setTabKeyNavigation(false);
  setWordWrap(true);
  horizontalHeader()->hide();
  horizontalHeader()->setStretchLastSection(true);
  verticalHeader()->hide();
  verticalHeader()->setMinimumSectionSize(1);
}

void DetailsTable::setDetails(const QList<RecordDetail>& details) {
  details_ = details;
  lay();
}

int DetailsTable::pairsThatFit() const {
  return leastWidth_ == 0 ? 1 : std::clamp(viewport()->width() / leastWidth_, 1, kMostPairs);
}

// From top to bottom, then to the right.
void DetailsTable::lay() {
  pairs_ = pairsThatFit();
  const int count = static_cast<int>(details_.size());
  const int rows = (count + pairs_ - 1) / pairs_;
  setColumnCount(2 * pairs_);
  setRowCount(rows);
  for (int i = 0; i < rows * pairs_; ++i) {
    const RecordDetail detail = i < count ? details_[i] : RecordDetail();
    put(i % rows, i / rows * 2, detail.name, theme::color(theme::Role::dim));
    put(i % rows, i / rows * 2 + 1, detail.value, inkOf(detail.tone));
  }
  fitColumns();
  fitRows();
}

void DetailsTable::fitColumns() {
  for (int pair = 0; pair < pairs_; ++pair) {
    const int names = sizeHintForColumn(2 * pair) + kNameSpacing;
    setColumnWidth(2 * pair, names);
    setColumnWidth(2 * pair + 1, std::max(0, viewport()->width() / pairs_ - names));
  }
}

void DetailsTable::put(int row, int column, const QString& text, const QColor& ink) {
  QTableWidgetItem* cell = item(row, column);
  if (cell == nullptr) {
    cell = new QTableWidgetItem;
    cell->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
    setItem(row, column, cell);
  }
  if (cell->text() != text) cell->setText(text);
  cell->setForeground(ink);
}

void DetailsTable::changeEvent(QEvent* event) {
  QTableWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) lay();
}

// A dozen rows at most, as high as their wrapped text (and not as a header's, which is hidden).
void DetailsTable::fitRows() {
  for (int i = 0; i < rowCount(); ++i) {
    setRowHeight(i, sizeHintForRow(i) + kRowSpacing);
  }
}

void DetailsTable::resizeEvent(QResizeEvent* event) {
  QTableWidget::resizeEvent(event);
  if (leastWidth_ > 0) {
    lay();
  } else {
    fitColumns();
    fitRows();
  }
}

void DetailsTable::keyPressEvent(QKeyEvent* event) {
  if (!event->matches(QKeySequence::Copy)) {
    QTableWidget::keyPressEvent(event);
    return;
  }
  QStringList lines;
  for (int column = 0; column < columnCount(); column += 2) {
    for (int i = 0; i < rowCount(); ++i) {
      if (selectionModel()->isRowSelected(i) && !item(i, column)->text().isEmpty()) {
        lines.append(item(i, column)->text() + u'\t' + item(i, column + 1)->text());
      }
    }
  }
  QApplication::clipboard()->setText(lines.join(u'\n'));
}

}  // namespace sockbench::ui
