#include "ui/panels/server/connections_view.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <functional>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/connections_model.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/page_tabs.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

// A table that says in its empty middle what will stand there.
class HintedTable : public QTableView {
 public:
  using QTableView::QTableView;
  void setHint(const QString& text) {
    hint_ = text;
    setAccessibleDescription(text);
    viewport()->update();
  }

 protected:
  void paintEvent(QPaintEvent* event) override {
    QTableView::paintEvent(event);
    if (!model() || model()->rowCount() > 0 || hint_.isEmpty()) return;
    QPainter painter(viewport());
    painter.setPen(theme::color(theme::Role::dim));
    painter.drawText(viewport()->rect().adjusted(16, 4, -16, -4), Qt::AlignCenter | Qt::TextWordWrap, hint_);
  }

 private:
  QString hint_;
};

namespace {

constexpr int kLeastTableHeight = 84;

// The state's dot before its words.
class StateDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
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
      table_(new HintedTable(this)),
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
  table_->setObjectName(QStringLiteral("serverConnectionsTable"));
  table_->setAccessibleName(tr("Connections"));
  table_->setProperty("framed", true);
  table_->setModel(model_);
  table_->setItemDelegateForColumn(ConnectionsModel::State, new StateDelegate(table_));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setTabKeyNavigation(false);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  table_->setMinimumHeight(kLeastTableHeight);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 9);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->setFont(theme::tabularFont());
  constexpr std::array kWidths{25, 18, 4, 15, 8, 8, 8, 10, 10, 9, 7};  // in characters, by column
  for (int column = 0; column < static_cast<int>(kWidths.size()); ++column) {
    table_->setColumnWidth(column,
                           fontMetrics().averageCharWidth() * kWidths[static_cast<std::size_t>(column)] + 16);
  }

  connect(table_, &QWidget::customContextMenuRequested, this, &ConnectionsView::openMenu);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
    refreshButtons();
    emit changed();
  });
  connect(table_, &QAbstractItemView::clicked, this,
          [this](const QModelIndex& index) { emit picked(model_->sessionAt(index.row())); });
  const auto onRows = [this] {
    selectFirstIfNone();
    refreshButtons();
    emit changed();
  };
  connect(model_, &QAbstractItemModel::rowsInserted, this, onRows);
  connect(model_, &QAbstractItemModel::rowsRemoved, this, onRows);
  connect(model_, &QAbstractItemModel::modelReset, this, onRows);
  connect(model_, &QAbstractItemModel::dataChanged, this, onRows);
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
    table_->selectRow(row);
    return;
  }
}

void ConnectionsView::addListener(SessionId id) {
  model_->addListener(id);
}

void ConnectionsView::setHint(const QString& text) {
  table_->setHint(text);
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
  table_->selectRow(row);
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
  for (QPushButton* button : {halfClose_, close_, reset_}) {
    QAction* action = menu.addAction(button->icon(), button->text(), button, &QPushButton::click);
    action->setEnabled(button->isEnabled());
  }
  menu.addSeparator();
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
