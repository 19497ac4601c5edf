#include "ui/panels/resolver/address/marked_table.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QSettings>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/panels/resolver/address/marked_rows.h"
#include "ui/widgets/table_style.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

MarkedTable::MarkedTable(const Contents& contents, QWidget* parent)
    : QWidget(parent),
      name_(contents.name),
      rows_(new GroupedRowsModel(contents.titles, contents.numbers, this)),
      shown_(new MarkedRows(rows_, this)),
      edit_(new QLineEdit(this)),
      table_(new QTableView(this)) {
  rows_->setGroup(0, contents.rows);
  styleTable(table_, name_ + QStringLiteral("Table"), contents.title);
  table_->setModel(shown_);
  table_->horizontalHeader()->setStretchLastSection(true);
  setColumnWidths(table_, contents.widths);
  auto* copy = new QAction(theme::icon(QStringLiteral("copy")), tr("Copy"), table_);
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetShortcut);
  connect(copy, &QAction::triggered, this, [this] { copySelection(table_); });
  table_->addAction(copy);
  table_->setContextMenuPolicy(Qt::ActionsContextMenu);
  edit_->setObjectName(name_ + QStringLiteral("Edit"));
  edit_->setAccessibleName(tr("Search: %1").arg(contents.title));
  edit_->setPlaceholderText(tr("search"));
  edit_->setClearButtonEnabled(true);
  edit_->setVisible(contents.searchable);
  connect(edit_, &QLineEdit::textChanged, this,
          [this](const QString& text) { shown_->search(text.trimmed()); });
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(6, 6, 0, 0);
  column->setSpacing(6);
  column->addWidget(edit_);
  column->addWidget(table_, 1);
}

void MarkedTable::mark(const QSet<int>& rows, int best) {
  shown_->mark(rows, best);
  if (const QModelIndex index = shown_->best(); index.isValid())
    table_->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

void MarkedTable::saveState(QSettings& settings) const {
  settings.setValue(name_ + QStringLiteral("Search"), edit_->text());
  settings.setValue(name_ + QStringLiteral("Columns"), table_->horizontalHeader()->saveState());
}

void MarkedTable::restoreState(QSettings& settings) {
  edit_->setText(settings.value(name_ + QStringLiteral("Search")).toString());
  table_->horizontalHeader()->restoreState(settings.value(name_ + QStringLiteral("Columns")).toByteArray());
}

}  // namespace sockbench::ui
