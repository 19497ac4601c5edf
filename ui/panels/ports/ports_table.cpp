#include "ui/panels/ports/ports_table.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include "ui/models/ports_model.h"
#include "ui/widgets/table_style.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr int kTint = 34;  // of 255: the text keeps its contrast

QColor tint(theme::Role role) {
  QColor color = theme::color(role);
  color.setAlpha(kTint);
  return color;
}

class RowDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus;
    const auto change = static_cast<PortRow::Change>(index.data(PortsModel::ChangeRole).toInt());
    if (change == PortRow::Change::appeared) {
      option->backgroundBrush = tint(theme::Role::good);
      if (index.column() == PortsModel::Change) ink(option, theme::Role::good);
    } else if (change == PortRow::Change::gone) {
      option->backgroundBrush = tint(theme::Role::error);
      option->font.setStrikeOut(index.column() != PortsModel::Change);
      ink(option, index.column() == PortsModel::Change ? theme::Role::error : theme::Role::dim);
    } else if (index.data(PortsModel::OursRole).toBool() && index.column() == PortsModel::Process) {
      ink(option, theme::Role::accent);
    }
  }

 private:
  static void ink(QStyleOptionViewItem* option, theme::Role role) {
    option->palette.setColor(QPalette::Text, theme::color(role));
  }
};

}  // namespace

PortsTable::PortsTable(PortsModel* model, QWidget* parent) : QTableView(parent), rows_(model) {
  setModel(model);
  styleTable(this, QStringLiteral("portsTable"), tr("Sockets of this machine"));
  setItemDelegate(new RowDelegate(this));
  setSelectionMode(QAbstractItemView::ExtendedSelection);
  setColumnWidths(this, {8, 12, 15, 22, 22, 18, 8, 8, 8, 8, 12, 9});
  horizontalHeader()->setSortIndicatorClearable(true);
  horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  setSortingEnabled(true);
  connect(this, &QTableView::doubleClicked, this, &PortsTable::rowChosen);
}

const PortRow* PortsTable::currentRow() const {
  const QModelIndex current = currentIndex();
  return current.isValid() && selectionModel()->isRowSelected(current.row()) ? rows_->rowAt(current.row())
                                                                             : nullptr;
}

void PortsTable::keepPlace(const std::function<void()>& change) {
  const PortRow* top = rows_->rowAt(rowAt(0));
  const std::optional<std::uint64_t> key = top ? std::optional(top->key) : std::nullopt;
  const bool atTop = verticalScrollBar()->value() == verticalScrollBar()->minimum();
  change();
  const int row = key && !atTop ? rows_->rowOf(*key) : -1;
  if (row >= 0) verticalScrollBar()->setValue(row);
}

bool PortsTable::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride &&
      static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
    event->accept();
  }
  return QTableView::event(event);
}

void PortsTable::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) return copySelection(this);
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && currentRow())
    emit rowChosen();
  else
    QTableView::keyPressEvent(event);
}

void PortsTable::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu(this);
  emit menuWanted(&menu);
  QAction* copy = menu.addAction(theme::icon(QStringLiteral("copy")), tr("Copy the rows"));
  copy->setShortcut(QKeySequence::Copy);
  copy->setEnabled(selectionModel()->hasSelection());
  connect(copy, &QAction::triggered, this, [this] { copySelection(this); });
  const QString cell = currentIndex().data().toString();
  QAction* copyCell = menu.addAction(tr("Copy the cell"));
  copyCell->setEnabled(!cell.isEmpty());
  connect(copyCell, &QAction::triggered, this, [cell] { QApplication::clipboard()->setText(cell); });
  menu.exec(event->globalPos());
}

}  // namespace sockbench::ui
