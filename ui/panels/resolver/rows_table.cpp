#include "ui/panels/resolver/rows_table.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <utility>

#include "ui/panels/resolver/words_delegate.h"
#include "ui/widgets/table_style.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

RowsTable::RowsTable(const QString& name, const QString& title, GroupedRowsModel* model, QWidget* parent)
    : QTableView(parent), rows_(model) {
  setModel(model);
  styleTable(this, name, title);
  horizontalHeader()->setStretchLastSection(true);
  setItemDelegate(new WordsDelegate(this));
  connect(this, &QTableView::doubleClicked, this, &RowsTable::rowChosen);
}

void RowsTable::setWidths(const QList<int>& characters) {
  setColumnWidths(this, characters);
}

void RowsTable::setDispensable(const QList<int>& columns) {
  dispensable_ = columns;
}

QByteArray RowsTable::saveColumns() const {
  return horizontalHeader()->saveState();
}

void RowsTable::restoreColumns(const QByteArray& state) {
  horizontalHeader()->restoreState(state);
  fittedWidth_ = -1;
  fitColumns();
}

// The last column that is seen takes what is left, and needs no more than its title.
int RowsTable::neededWidth() const {
  const QHeaderView* header = horizontalHeader();
  int needed = 0;
  int last = -1;
  for (int column = 0; column < header->count(); ++column) {
    if (header->isSectionHidden(column)) continue;
    if (last >= 0) needed += header->sectionSize(last);
    last = column;
  }
  return last < 0 ? 0 : needed + header->sectionSizeHint(last);
}

void RowsTable::fitColumns() {
  if (dispensable_.isEmpty() || viewport()->width() == fittedWidth_) return;
  fittedWidth_ = viewport()->width();
  for (const int column : std::as_const(dispensable_)) showColumn(column);
  for (const int column : std::as_const(dispensable_)) {
    if (neededWidth() <= viewport()->width()) return;
    hideColumn(column);
  }
}

void RowsTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  fitColumns();
}

// Also what is hidden: it stands in the row.
void RowsTable::copyRows() const {
  QStringList lines;
  for (const TextRow* row : selectedRows()) lines += row->cells.join(QLatin1Char('\t'));
  if (!lines.isEmpty()) QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

const TextRow* RowsTable::currentRow() const {
  return currentIndex().isValid() ? rows_->row(currentIndex().row()) : nullptr;
}

QList<const TextRow*> RowsTable::selectedRows() const {
  QList<const TextRow*> chosen;
  for (const QModelIndex& index : selectionModel()->selectedRows()) chosen += rows_->row(index.row());
  return chosen;
}

bool RowsTable::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride &&
      static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
    event->accept();
  }
  return QTableView::event(event);
}

void RowsTable::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) return copyRows();
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && currentRow())
    emit rowChosen();
  else
    QTableView::keyPressEvent(event);
}

void RowsTable::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu(this);
  emit menuWanted(&menu);
  QAction* copy = menu.addAction(theme::icon(QStringLiteral("copy")), tr("Copy"));
  copy->setShortcut(QKeySequence::Copy);
  copy->setEnabled(selectionModel()->hasSelection());
  connect(copy, &QAction::triggered, this, [this] { copyRows(); });
  menu.exec(event->globalPos());
}

}  // namespace sockbench::ui
