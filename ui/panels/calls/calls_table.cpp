#include "ui/panels/calls/calls_table.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/models/calls_model.h"
#include "ui/widgets/marked_text.h"
#include "ui/widgets/table_style.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

QColor toneColor(CallsModel::Tone tone) {
  switch (tone) {
    case CallsModel::Tone::dim:
      return theme::color(theme::Role::dim);
    case CallsModel::Tone::waiting:
      return theme::color(theme::Role::warning);
    case CallsModel::Tone::error:
      return theme::color(theme::Role::error);
    case CallsModel::Tone::plain:
      break;
  }
  return theme::color(theme::Role::text);
}

class ToneDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus;
    const QColor ink = toneColor(static_cast<CallsModel::Tone>(index.data(CallsModel::ToneRole).toInt()));
    option->palette.setColor(QPalette::Text, ink);
    option->palette.setColor(QPalette::HighlightedText, ink);
    if (index.column() == CallsModel::Call) option->font = theme::fixedFont();
  }
};

}  // namespace

CallsTable::CallsTable(CallsModel* model, QWidget* parent) : QTableView(parent) {
  styleTable(this, QStringLiteral("callsTable"), tr("Calls"));
  setModel(model);
  setItemDelegate(new ToneDelegate(this));
  setColumnWidths(this, {4, 36, 27, 29, 9});
  horizontalHeader()->setStretchLastSection(false);
}

int CallsTable::currentRow() const {
  return currentIndex().isValid() ? currentIndex().row() : -1;
}

QList<int> CallsTable::selectedRows() const {
  QList<int> rows;
  for (const QModelIndex& index : selectionModel()->selectedRows()) rows += index.row();
  std::ranges::sort(rows);
  return rows;
}

void CallsTable::showRow(int row) {
  const QModelIndex index = model()->index(row, CallsModel::Call);
  if (!index.isValid()) return;
  setCurrentIndex(index);
  scrollTo(model()->index(row, 0));
}

void CallsTable::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return emit rowChosen();
  if (event->key() == Qt::Key_Delete) return emit deleteRequested();
  if (event->matches(QKeySequence::Copy)) return copySelection(this);
  QTableView::keyPressEvent(event);
}

void CallsTable::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu(this);
  menu.setObjectName(QStringLiteral("callsTableMenu"));
  emit menuWanted(&menu);
  if (!menu.isEmpty()) menu.exec(event->globalPos());
}

}  // namespace sockbench::ui
