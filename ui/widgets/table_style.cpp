#include "ui/widgets/table_style.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QTableView>
#include <algorithm>

#include "ui/widgets/aligned_header.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {
constexpr int kCellPadding = 4;  // pixels: the style's own margin of a cell's text
}

void styleTable(QTableView* table, const QString& name, const QString& title) {
  table->setObjectName(name);
  table->setAccessibleName(title);
  table->setProperty("framed", true);
  table->setFont(theme::tabularFont());
  table->setShowGrid(false);
  table->setWordWrap(false);
  table->setTabKeyNavigation(false);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table->setHorizontalHeader(new AlignedHeader(kCellPadding, table));
  table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table->horizontalHeader()->setHighlightSections(false);
  table->horizontalHeader()->setMinimumSectionSize(24);
  table->verticalHeader()->hide();
  table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
}

void setColumnWidths(QTableView* table, const QList<int>& characters) {
  const int width = table->fontMetrics().averageCharWidth();
  for (int column = 0; column < characters.size(); ++column) {
    const int title = table->horizontalHeader()->sectionSizeHint(column);
    table->setColumnWidth(column, std::max(characters[column] * width + 2 * kCellPadding, title));
  }
}

void copySelection(const QTableView* table) {
  const QItemSelectionModel* selection = table->selectionModel();
  if (!selection) return;
  QStringList lines;
  for (const QModelIndex& row : selection->selectedRows()) {
    QStringList cells;
    for (int column = 0; column < table->model()->columnCount(); ++column) {
      if (!table->isColumnHidden(column)) cells += row.siblingAtColumn(column).data().toString();
    }
    lines += cells.join(QLatin1Char('\t'));
  }
  if (!lines.isEmpty()) QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

}  // namespace sockbench::ui
