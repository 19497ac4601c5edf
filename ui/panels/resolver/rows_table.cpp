#include "ui/panels/resolver/rows_table.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>

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
  if (event->matches(QKeySequence::Copy)) return copySelection(this);
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
  connect(copy, &QAction::triggered, this, [this] { copySelection(this); });
  menu.exec(event->globalPos());
}

}  // namespace sockbench::ui
