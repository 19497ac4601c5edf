#include "ui/panels/traffic/options_table.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <algorithm>

#include "ui/models/options_model.h"
#include "ui/panels/traffic/option_delegate.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/table_style.h"

namespace sockbench::ui {
namespace {
constexpr int kWidthForLevels = 760;  // pixels; a narrower table leaves that column out
}  // namespace

class OptionsTable::Filter : public QSortFilterProxyModel {
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void set(const QStringList& words, bool changedOnly) {
    words_ = words;
    changedOnly_ = changedOnly;
    invalidateFilter();
  }
  const QStringList& words() const { return words_; }
  bool changedOnly() const { return changedOnly_; }

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (changedOnly_ && !index.data(OptionsModel::ChangedRole).toBool()) return false;
    const QString text = index.data(OptionsModel::SearchRole).toString();
    return std::ranges::all_of(words_,
                               [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
  }

 private:
  QStringList words_;
  bool changedOnly_ = false;
};

OptionsTable::OptionsTable(OptionsModel* model, QWidget* parent)
    : QTableView(parent), model_(model), filter_(new Filter(this)), hint_(new EmptyHint(this)) {
  styleTable(this, QStringLiteral("detailsOptionsTable"), tr("Socket options"));
  setProperty("framed", false);
  setFrameShape(NoFrame);
  setEditTriggers(DoubleClicked | EditKeyPressed);
  setSelectionMode(ExtendedSelection);
  setItemDelegate(new OptionDelegate(this));
  filter_->setSourceModel(model_);
  setModel(filter_);
  hint_->follow(filter_);
  horizontalHeader()->setStretchLastSection(true);
  setColumnWidths(this, {28, 16, 15, 16, 8});  // the meaning takes the rest
  connect(filter_, &QAbstractItemModel::dataChanged, this, &OptionsTable::currentRowChanged);
  connect(filter_, &QAbstractItemModel::modelReset, this, &OptionsTable::currentRowChanged);
}

void OptionsTable::setFilter(const QString& words) {
  filter_->set(words.split(u' ', Qt::SkipEmptyParts), filter_->changedOnly());
}

void OptionsTable::setChangedOnly(bool only) {
  filter_->set(filter_->words(), only);
}

void OptionsTable::setHint(const QString& text) {
  hint_->setHint(text);
}

int OptionsTable::currentRow() const {
  const QModelIndex index = filter_->mapToSource(currentIndex());
  return index.isValid() ? index.row() : -1;
}

void OptionsTable::copySettings() const {
  const QItemSelection rows = filter_->mapSelectionToSource(selectionModel()->selection());
  const QString text = model_->settingsText(rows);
  if (!text.isEmpty()) QApplication::clipboard()->setText(text);
}

void OptionsTable::change(const QModelIndex& index) {
  const QModelIndex value = index.siblingAtColumn(OptionsModel::Effective);
  if (!value.flags().testFlag(Qt::ItemIsUserCheckable)) {
    QTableView::edit(value, AllEditTriggers, nullptr);
    return;
  }
  const bool on = value.data(Qt::CheckStateRole).toInt() == Qt::Checked;
  filter_->setData(value, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

// A click on a switch is the delegate's; every other way to edit a row leads to its value.
bool OptionsTable::edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) {
  const bool started = trigger == DoubleClicked || trigger == EditKeyPressed;
  if (!started || !index.isValid()) return QTableView::edit(index, trigger, event);
  const QModelIndex value = index.siblingAtColumn(OptionsModel::Effective);
  if (!value.flags().testFlag(Qt::ItemIsUserCheckable)) return QTableView::edit(value, trigger, event);
  if (index.column() == OptionsModel::Effective) return QTableView::edit(index, trigger, event);
  change(index);
  return true;
}

void OptionsTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTableView::currentChanged(current, previous);
  emit currentRowChanged();
}

void OptionsTable::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  const bool isSwitch =
      currentIndex().siblingAtColumn(OptionsModel::Effective).flags().testFlag(Qt::ItemIsUserCheckable);
  if (event->matches(QKeySequence::Copy)) {
    copySettings();
  } else if (key == Qt::Key_Return || key == Qt::Key_Enter || (key == Qt::Key_Space && isSwitch)) {
    change(currentIndex());
  } else {
    QTableView::keyPressEvent(event);
  }
}

void OptionsTable::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu(this);
  QAction* set = menu.addAction(tr("Change the value"), this, [this] { change(currentIndex()); });
  set->setEnabled(model_->isWritable(currentRow()));
  QAction* copy = menu.addAction(tr("Copy as NAME=VALUE"), this, &OptionsTable::copySettings);
  copy->setEnabled(selectionModel()->hasSelection());
  QAction* refresh = menu.addAction(tr("Read again"), this, &OptionsTable::refreshRequested);
  refresh->setEnabled(model_->isLive());
  menu.exec(event->globalPos());
}

void OptionsTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  setColumnHidden(OptionsModel::Level, width() < kWidthForLevels);
  scrollTo(currentIndex());  // a message that takes room is about this row
}

}  // namespace sockbench::ui
