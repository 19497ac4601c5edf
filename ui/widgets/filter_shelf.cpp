#include "ui/widgets/filter_shelf.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/models/filter_store.h"
#include "ui/models/format.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/named.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {
enum Column { kName, kText };
constexpr int kNameRole = Qt::UserRole;  // of a saved filter, as it is stored
constexpr QSize kSize{520, 320};
constexpr int kNameWidth = 150;
}  // namespace

FilterShelf::FilterShelf(FilterStore* store, QWidget* parent)
    : QFrame(parent, Qt::Popup),
      store_(store),
      list_(named(new QTreeWidget(this), "trafficFilterList", tr("Saved and recent filters"))),
      name_(named(new QLineEdit(this), "trafficFilterNameEdit", tr("Name for the filter"))),
      save_(named(new QPushButton(tr("Save"), this), "trafficFilterSaveButton", tr("Save the filter"),
                  tr("Save the filter that stands in the line under this name"))),
      rename_(named(new QPushButton(tr("Rename"), this), "trafficFilterRenameButton",
                    tr("Rename the selected filter"), tr("Rename the selected filter (F2)"))),
      remove_(named(new QPushButton(tr("Remove"), this), "trafficFilterRemoveButton",
                    tr("Remove the selected filter"), tr("Remove the selected filter (Delete)"))),
      note_(new QLabel(this)) {
  setObjectName(QStringLiteral("trafficFilterShelf"));
  build();
  connectParts();
  fill();
}

void FilterShelf::build() {
  setFrameShape(QFrame::StyledPanel);
  list_->setToolTip({});
  list_->setColumnCount(2);
  list_->setHeaderHidden(true);
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->setEditTriggers(QAbstractItemView::NoEditTriggers);  // by key or button, of a name alone
  list_->setTextElideMode(Qt::ElideRight);
  list_->header()->setSectionResizeMode(kName, QHeaderView::Fixed);
  list_->header()->resizeSection(kName, kNameWidth);
  list_->installEventFilter(this);
  name_->setPlaceholderText(tr("Name for the filter that stands in the line"));
  auto* keep = new QHBoxLayout;
  keep->addWidget(name_, 1);
  keep->addWidget(save_);
  auto* change = new QHBoxLayout;
  note_->setTextFormat(Qt::PlainText);
  note_->setProperty("fault", true);
  change->addWidget(note_, 1);
  change->addWidget(rename_);
  change->addWidget(remove_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(10, 10, 10, 10);
  column->addLayout(keep);
  column->addWidget(list_, 1);
  column->addLayout(change);
  resize(kSize);
}

void FilterShelf::connectParts() {
  connect(store_, &FilterStore::changed, this, &FilterShelf::fill);
  connect(list_, &QTreeWidget::itemClicked, this, &FilterShelf::take);
  connect(list_, &QTreeWidget::currentItemChanged, this, &FilterShelf::updateButtons);
  // Behind the editing of the name, which the filling of the list would take away from under itself.
  connect(list_, &QTreeWidget::itemChanged, this, [this](const QTreeWidgetItem* item) {
    if (filling_) return;
    const QString from = item->data(kName, kNameRole).toString();
    QMetaObject::invokeMethod(
        this, [this, from, to = item->text(kName)] { rename(from, to); }, Qt::QueuedConnection);
  });
  connect(name_, &QLineEdit::textChanged, this, &FilterShelf::updateButtons);
  connect(name_, &QLineEdit::returnPressed, this, &FilterShelf::save);
  connect(save_, &QPushButton::clicked, this, &FilterShelf::save);
  connect(rename_, &QPushButton::clicked, this, [this] { list_->editItem(list_->currentItem(), kName); });
  connect(remove_, &QPushButton::clicked, this, &FilterShelf::removeCurrent);
}

void FilterShelf::open(const QString& current, bool canSave) {
  current_ = current;
  canSave_ = canSave;
  name_->clear();
  note_->clear();
  selectFirst();
  updateButtons();
  list_->setFocus(Qt::PopupFocusReason);
  show();
}

void FilterShelf::fill() {
  const QScopedValueRollback guard(filling_, true);
  const QString selected = currentName();
  list_->clear();
  addHeading(store_->saved().isEmpty() ? tr("Saved: none yet") : tr("Saved"));
  for (const FilterStore::Saved& one : store_->saved()) {
    QTreeWidgetItem* item = addFilter(one.name, one.text);
    item->setData(kName, kNameRole, one.name);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    if (one.name == selected) list_->setCurrentItem(item);
  }
  addHeading(store_->recent().isEmpty() ? tr("Recent: none yet") : tr("Recent"));
  for (const QString& text : store_->recent()) addFilter(text, text)->setFirstColumnSpanned(true);
  updateButtons();
}

void FilterShelf::selectFirst() {
  for (int row = 0; row < list_->topLevelItemCount(); ++row) {
    QTreeWidgetItem* item = list_->topLevelItem(row);
    if (item->flags().testFlag(Qt::ItemIsSelectable)) return list_->setCurrentItem(item);
  }
}

void FilterShelf::addHeading(const QString& text) {
  auto* item = new QTreeWidgetItem(list_, {text});
  item->setFlags(Qt::NoItemFlags);
  item->setFirstColumnSpanned(true);
  item->setForeground(kName, theme::color(theme::Role::dim));
}

QTreeWidgetItem* FilterShelf::addFilter(const QString& name, const QString& text) {
  auto* item = new QTreeWidgetItem(list_, {name, text});
  item->setToolTip(kName, plainToolTip(text));
  item->setToolTip(kText, plainToolTip(text));
  item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
  return item;
}

void FilterShelf::take(QTreeWidgetItem* item) {
  if (item == nullptr || !item->flags().testFlag(Qt::ItemIsSelectable)) return;
  const QString text = item->text(kText);
  hide();
  emit chosen(text);
}

QString FilterShelf::currentName() const {
  const QTreeWidgetItem* item = list_->currentItem();
  return item != nullptr ? item->data(kName, kNameRole).toString() : QString();
}

void FilterShelf::save() {
  if (!save_->isEnabled()) return;
  if (store_->save(name_->text(), current_))
    name_->clear();
  else
    note_->setText(tr("No more than %1 filters are kept.").arg(FilterStore::kMostSaved));
}

void FilterShelf::rename(const QString& from, const QString& to) {
  const bool done = store_->rename(from, to);
  if (!done) fill();
  note_->setText(done                     ? QString()
                 : to.trimmed().isEmpty() ? tr("A saved filter needs a name.")
                                          : tr("Another filter has that name."));
}

void FilterShelf::removeCurrent() {
  if (const QString name = currentName(); !name.isEmpty()) store_->remove(name);
}

void FilterShelf::updateButtons() {
  setEnabledOr(name_, canSave_, tr("There is no filter in the line that could be saved."));
  setEnabledOr(save_, canSave_ && !name_->text().trimmed().isEmpty(),
               canSave_ ? tr("It needs a name.") : tr("There is no filter in the line that could be saved."));
  const bool saved = !currentName().isEmpty();
  setEnabledOr(rename_, saved, tr("Select a saved filter first."));
  setEnabledOr(remove_, saved, tr("Select a saved filter first."));
}

bool FilterShelf::eventFilter(QObject* watched, QEvent* event) {
  if (watched == list_ && event->type() == QEvent::KeyPress) {
    switch (static_cast<QKeyEvent*>(event)->key()) {
      case Qt::Key_Return:
      case Qt::Key_Enter:
        take(list_->currentItem());
        return true;
      case Qt::Key_Delete:
        removeCurrent();
        return true;
      case Qt::Key_F2:
        if (!currentName().isEmpty()) list_->editItem(list_->currentItem(), kName);
        return true;
      default:
        break;
    }
  }
  return QFrame::eventFilter(watched, event);
}

}  // namespace sockbench::ui
