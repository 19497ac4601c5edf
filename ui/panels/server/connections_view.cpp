#include "ui/panels/server/connections_view.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <functional>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/connections_model.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/page_tabs.h"
#include "ui/widgets/table_style.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

namespace {

constexpr int kLeastTableHeight = 68;  // the titles, a row and a scroll bar

// The state's dot before its words; no frame around the current cell, since rows are what is chosen.
class RowDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    option->state &= ~QStyle::State_HasFocus;
    if (index.column() != ConnectionsModel::State) return;
    const auto state = static_cast<SessionState>(index.data(ConnectionsModel::StateRole).toInt());
    const qreal ratio = option->widget ? option->widget->devicePixelRatioF() : 1.0;
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = QSize(12, 12);
    option->icon = stateDot(state, ratio);
  }
};

bool canSend(const SessionSnapshot& session) {
  return session.state == SessionState::connected ||
         (session.state == SessionState::halfClosed && session.by == Party::peer);
}

}  // namespace

ConnectionsView::ConnectionsView(EngineBridge* bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      model_(new ConnectionsModel(this)),
      table_(new QTableView(this)),
      hint_(new EmptyHint(table_)),
      copy_(new QAction(tr("Copy"), this)),
      buttons_(new QWidget(this)) {
  auto* row = new QHBoxLayout(buttons_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  halfClose_ =
      addButton(QStringLiteral("serverHalfCloseButton"), tr("Half-close"), QStringLiteral("half-close"),
                tr("Shut our side of the selected connections once their queue is sent; theirs stays open"));
  close_ = addButton(QStringLiteral("serverCloseButton"), tr("Close"), QStringLiteral("close"),
                     tr("Close the selected connections once their queue is sent"));
  reset_ = addButton(QStringLiteral("serverResetButton"), tr("Reset"), QStringLiteral("reset"),
                     tr("Drop the selected connections at once: TCP sends RST"));
  connect(halfClose_, &QPushButton::clicked, this, [this] { apply(&EngineBridge::halfClose); });
  connect(close_, &QPushButton::clicked, this, [this] { apply(&EngineBridge::close); });
  connect(reset_, &QPushButton::clicked, this, [this] { apply(&EngineBridge::reset); });
  model_->follow(*bridge_);
  setUpTable();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(table_);
  refreshButtons();
}

QPushButton* ConnectionsView::addButton(const QString& name, const QString& text, const QString& icon,
                                        const QString& toolTip) {
  auto* button = new QPushButton(theme::icon(icon), text, buttons_);
  button->setObjectName(name);
  button->setAccessibleName(text);
  button->setToolTip(toolTip);
  button->setAutoDefault(false);
  buttons_->layout()->addWidget(button);
  return button;
}

void ConnectionsView::setUpTable() {
  styleTable(table_, QStringLiteral("serverConnectionsTable"), tr("Connections"));
  table_->setModel(model_);
  hint_->follow(model_);
  table_->setItemDelegate(new RowDelegate(table_));
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  table_->setMinimumHeight(kLeastTableHeight);
  table_->horizontalHeader()->setStretchLastSection(true);
  setColumnWidths(table_, {25, 18, 4, 13, 9, 9, 8, 4, 8, 8, 9, 9});
  connectTable();
}

void ConnectionsView::connectTable() {
  copy_->setShortcut(QKeySequence::Copy);
  copy_->setShortcutContext(Qt::WidgetShortcut);
  table_->addAction(copy_);
  connect(copy_, &QAction::triggered, this, [this] { copySelection(table_); });
  connect(table_, &QWidget::customContextMenuRequested, this, &ConnectionsView::openMenu);
  // Thousands of rows that go are one piece of news.
  news_.setSingleShot(true);
  news_.setInterval(0);
  connect(&news_, &QTimer::timeout, this, [this] {
    refreshButtons();
    emit changed();
  });
  const auto tell = [this] { news_.start(); };
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, tell);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& index) {
            if (!selecting_ && table_->hasFocus() && index.isValid())
              emit picked(model_->sessionAt(index.row()));
          });
  connect(model_, &QAbstractItemModel::rowsInserted, this, &ConnectionsView::selectFirstIfNone);
  connect(model_, &QAbstractItemModel::rowsInserted, this, tell);
  connect(model_, &QAbstractItemModel::rowsRemoved, this, tell);
  connect(model_, &QAbstractItemModel::modelReset, this, tell);
  connect(model_, &QAbstractItemModel::dataChanged, this, tell);
}

template <class Predicate>
bool ConnectionsView::anySelected(Predicate predicate) const {
  for (const QItemSelectionRange& range : table_->selectionModel()->selection()) {
    for (int row = range.top(); row <= range.bottom(); ++row) {
      if (const SessionSnapshot* session = model_->snapshotAt(row); session && predicate(*session))
        return true;
    }
  }
  return false;
}

// Whoever answers the only connection need not pick it first.
void ConnectionsView::selectFirstIfNone() {
  if (anySelected(std::mem_fn(&SessionSnapshot::isOpen))) return;
  for (int row = 0; row < model_->rowCount(); ++row) {
    if (!model_->snapshotAt(row)->isOpen()) continue;
    selectRow(row);
    return;
  }
}

void ConnectionsView::selectRow(int row) {
  selecting_ = true;
  table_->selectRow(row);
  selecting_ = false;
}

void ConnectionsView::addListener(SessionId id) {
  model_->addListener(id);
}

void ConnectionsView::setHint(const QString& text) {
  hint_->setHint(text);
}

QList<SessionSnapshot> ConnectionsView::selected() const {
  QList<SessionSnapshot> result;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows()) {
    if (const SessionSnapshot* session = model_->snapshotAt(index.row())) result.append(*session);
  }
  return result;
}

QList<SessionId> ConnectionsView::sendable(int most) const {
  QList<SessionId> result;
  for (int row = 0; row < model_->rowCount() && result.size() < most; ++row) {
    if (canSend(*model_->snapshotAt(row))) result.append(model_->sessionAt(row));
  }
  return result;
}

QList<SessionId> ConnectionsView::sessions() const {
  QList<SessionId> result;
  for (int row = 0; row < model_->rowCount(); ++row) result.append(model_->sessionAt(row));
  return result;
}

bool ConnectionsView::hasClosed() const {
  for (int row = 0; row < model_->rowCount(); ++row) {
    if (!model_->snapshotAt(row)->isOpen()) return true;
  }
  return false;
}

const SessionSnapshot* ConnectionsView::snapshot(SessionId id) const {
  return model_->snapshotAt(model_->rowOf(id));
}

bool ConnectionsView::contains(SessionId id) const {
  return model_->rowOf(id) >= 0;
}

void ConnectionsView::select(SessionId id) {
  const int row = model_->rowOf(id);
  if (row < 0) return;
  selectRow(row);
  table_->scrollTo(model_->index(row, 0));
}

void ConnectionsView::refreshButtons() {
  const bool open = anySelected(std::mem_fn(&SessionSnapshot::isOpen));
  const bool stream = anySelected([](const SessionSnapshot& s) { return !isDatagramTransport(s.transport); });
  const QString pick = tr("Select an open connection first");
  setEnabledOr(halfClose_, open && stream, open ? tr("Datagrams have no end that could be sent") : pick);
  setEnabledOr(close_, open, pick);
  setEnabledOr(reset_, open, pick);
}

void ConnectionsView::apply(Verb verb) {
  for (const SessionSnapshot& session : selected()) {
    if (session.isOpen()) (bridge_->*verb)(session.id);
  }
}

void ConnectionsView::openMenu(const QPoint& where) {
  QMenu menu(this);
  const SessionId current = model_->sessionAt(table_->currentIndex().row());
  QAction* details = menu.addAction(tr("Details"), this, [=, this] { emit detailsRequested(current); });
  QAction* options =
      menu.addAction(tr("Socket options"), this, [=, this] { emit optionsRequested(current); });
  for (QAction* action : {details, options}) action->setEnabled(static_cast<bool>(current));
  menu.addSeparator();
  for (QPushButton* button : {halfClose_, close_, reset_}) {
    QAction* action = menu.addAction(button->icon(), button->text(), button, &QPushButton::click);
    action->setEnabled(button->isEnabled());
  }
  menu.addSeparator();
  menu.addAction(copy_);
  copy_->setEnabled(table_->selectionModel()->hasSelection());
  QAction* forget = menu.addAction(tr("Remove those that are closed"), this, &ConnectionsView::forgetClosed);
  forget->setEnabled(hasClosed());
  menu.exec(table_->viewport()->mapToGlobal(where));
}

void ConnectionsView::forgetClosed() {
  for (const SessionId id : sessions()) {
    if (!snapshot(id)->isOpen()) bridge_->forget(id);
  }
}

QByteArray ConnectionsView::saveState() const {
  return table_->horizontalHeader()->saveState();
}

void ConnectionsView::restoreState(const QByteArray& state) {
  if (!state.isEmpty()) table_->horizontalHeader()->restoreState(state);
}

void ConnectionsView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  model_->setActive(true);
}

void ConnectionsView::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  model_->setActive(false);
}

}  // namespace sockbench::ui
