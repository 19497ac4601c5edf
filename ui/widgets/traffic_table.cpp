#include "ui/widgets/traffic_table.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <algorithm>

#include "ui/models/format.h"
#include "ui/widgets/aligned_header.h"
#include "ui/widgets/compare_actions.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/traffic_columns.h"
#include "ui/widgets/traffic_delegate.h"
#include "ui/widgets/traffic_empty_hint.h"

namespace sockbench::ui {
namespace {

constexpr int kRowPadding = 3;      // pixels above and below a row's text
constexpr int kNewRowsMargin = 10;  // between the button and the table's edge

bool movesUp(const QKeyEvent& event) {
  return event.key() == Qt::Key_Up || event.key() == Qt::Key_PageUp || event.key() == Qt::Key_Home;
}

}  // namespace

TrafficTable::TrafficTable(QWidget* parent)
    : QTableView(parent), newRows_(new QPushButton(this)), emptyHint_(new TrafficEmptyHint(this)) {
  setItemDelegate(new TrafficDelegate(this));
  setSelectionBehavior(SelectRows);
  setSelectionMode(ExtendedSelection);
  setEditTriggers(NoEditTriggers);
  setShowGrid(false);
  setWordWrap(false);
  setTabKeyNavigation(false);
  setCornerButtonEnabled(false);
  setFrameShape(QFrame::NoFrame);
  setVerticalScrollMode(ScrollPerItem);
  setHorizontalScrollMode(ScrollPerPixel);
  setAccessibleName(tr("Traffic"));
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  setHorizontalHeader(new AlignedHeader(TrafficDelegate::kPadding, this));
  horizontalHeader()->setStretchLastSection(true);
  horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
  columns_ = new TrafficColumns(this);
  connect(horizontalHeader(), &QWidget::customContextMenuRequested, columns_, &TrafficColumns::openMenu);

  newRows_->setObjectName(QStringLiteral("trafficNewRowsButton"));
  newRows_->setAccessibleName(tr("Go to the newest row and follow"));
  newRows_->setCursor(Qt::PointingHandCursor);
  newRows_->setFocusPolicy(Qt::NoFocus);
  newRows_->setProperty("primary", true);
  newRows_->hide();
  connect(newRows_, &QPushButton::clicked, this, [this] { setFollowing(true); });
  connect(emptyHint_, &TrafficEmptyHint::filterClearRequested, this, &TrafficTable::filterClearRequested);
  connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &TrafficTable::onScrolled);
  connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
    if (following_) {
      toBottom();
    }
  });
  connect(this, &QTableView::activated, this, [this](const QModelIndex& index) {
    if (const SessionId id{index.data(TrafficModel::SessionRole).toUInt()}) {
      emit sessionOpened(id);
    }
  });
  applyMetrics();
}

void TrafficTable::setModel(QAbstractItemModel* model) {
  setModel(qobject_cast<TrafficModel*>(model));
}

void TrafficTable::setModel(TrafficModel* model) {
  if (model_ != nullptr) {
    model_->disconnect(this);
  }
  model_ = model;
  // Before the view's own connections and those of its selection: what is below must know first.
  if (model != nullptr) {
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex&, int first, int last) { beforeRemoval(first, last); });
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &TrafficTable::beforeReset);
  }
  QItemSelectionModel* old = selectionModel();
  QTableView::setModel(model);
  delete old;
  if (model != nullptr) {
    connect(model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex&, int first, int last) { afterRemoval(last - first + 1); });
    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { rowsCame(last - first + 1); });
    connect(model, &QAbstractItemModel::modelReset, this, &TrafficTable::afterReset);
    connect(model, &TrafficModel::countsChanged, emptyHint_, [this, model] { emptyHint_->showFor(*model); });
    emptyHint_->showFor(*model);
  }
  applyMetrics();
  setFollowing(true);
}

void TrafficTable::applyMetrics() {
  const QFont font = theme::fixedFont();
  setFont(font);
  const QFontMetrics metrics(font);
  const int height = metrics.height() + 2 * kRowPadding;
  verticalHeader()->setMinimumSectionSize(height);
  verticalHeader()->setDefaultSectionSize(height);
  columns_->fit();
}

QByteArray TrafficTable::saveColumns() const {
  return columns_->save();
}

void TrafficTable::restoreColumns(const QByteArray& state) {
  columns_->restore(state);
}

// Following

void TrafficTable::setFollowing(bool following) {
  const bool changed = following != following_;
  following_ = following;
  unseen_ = 0;
  if (following) {
    wanted_.reset();
    toBottom();
  }
  placeNewRowsButton();
  if (changed) {
    emit followingChanged(following);
  }
}

void TrafficTable::setTopRow(int row) {
  const QScopedValueRollback guard(adjusting_, true);
  verticalScrollBar()->setValue(row);
}

void TrafficTable::toBottom() {
  const QScopedValueRollback guard(adjusting_, true);
  scrollToBottom();
}

void TrafficTable::onScrolled(int value) {
  if (adjusting_ || removing_) {
    return;
  }
  const bool atBottom = value >= verticalScrollBar()->maximum();
  if (atBottom != following_) {
    setFollowing(atBottom);
  }
}

void TrafficTable::rowsCame(int count) {
  if (following_) {
    toBottom();
  } else {
    unseen_ += static_cast<std::uint64_t>(count);
    placeNewRowsButton();
  }
  seekWanted();
}

void TrafficTable::placeNewRowsButton() {
  newRows_->setVisible(!following_);
  newRows_->setText(unseen_ == 0 ? tr("\u2193 Follow") : tr("\u2193 %1 new").arg(formatCount(unseen_)));
  newRows_->adjustSize();
  const QRect area = viewport()->geometry();
  newRows_->move(area.right() - newRows_->width() - kNewRowsMargin,
                 area.bottom() - newRows_->height() - kNewRowsMargin);
  newRows_->raise();
}

void TrafficTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  columns_->fit();
  placeNewRowsButton();
}

// Eviction takes rows from the top: what the reader sees stays where it is.

void TrafficTable::beforeRemoval(int /*first*/, int /*last*/) {
  removing_ = true;
  topBeforeRemoval_ = verticalScrollBar()->value();
}

void TrafficTable::afterRemoval(int count) {
  if (!currentIndex().isValid() || !selectionModel()->isRowSelected(currentIndex().row())) {
    selectionModel()->clearCurrentIndex();  // the current row has gone; its neighbour was not asked for
  }
  if (following_) {
    toBottom();
  } else {
    setTopRow(std::max(0, topBeforeRemoval_ - count));
  }
  removing_ = false;
}

// A reset changes which rows are shown: the current one is looked for again.

void TrafficTable::beforeReset() {
  removing_ = true;
  if (currentIndex().isValid()) wanted_ = model_->numberAt(currentIndex().row());
}

void TrafficTable::afterReset() {
  removing_ = false;
  unseen_ = 0;
  if (following_) {
    toBottom();
  }
  placeNewRowsButton();
  seekWanted();
}

void TrafficTable::seekWanted() {
  if (!wanted_) {
    return;
  }
  const int row = model_->rowOf(*wanted_);
  if (row < 0) {
    return;
  }
  wanted_.reset();
  const QScopedValueRollback guard(adjusting_, true);
  const QScopedValueRollback seeking(seeking_, true);
  QTableView::selectRow(row);
  if (following_) {
    scrollToBottom();
  } else {
    QTableView::scrollTo(model_->index(row, 0), PositionAtCenter);
  }
}

// The current row

std::optional<LogRow> TrafficTable::currentLogRow() const {
  return model_ != nullptr && currentIndex().isValid() ? model_->rowAt(currentIndex().row()) : std::nullopt;
}

void TrafficTable::showRow(std::uint64_t number) {
  const int row = model_ != nullptr ? model_->rowOf(number) : -1;
  if (row < 0) {
    return;
  }
  QTableView::selectRow(row);
  QTableView::scrollTo(model_->index(row, 0), EnsureVisible);
}

void TrafficTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QTableView::currentChanged(current, previous);
  if (removing_ || model_ == nullptr || !current.isValid() || current.row() == previous.row()) {
    return;
  }
  if (!seeking_) wanted_.reset();
  if (const std::optional<LogRow> row = model_->rowAt(current.row())) {
    emit rowActivated(*row);
  }
}

void TrafficTable::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
    emit freezeRequested();
    return;
  }
  if (event->matches(QKeySequence::Copy)) {
    copy(CopyForm::rows);
    return;
  }
  if (following_ && movesUp(*event) && model_ != nullptr && model_->rowCount() > 0) {
    setFollowing(false);
  }
  QTableView::keyPressEvent(event);
}

void TrafficTable::changeEvent(QEvent* event) {
  QTableView::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
    applyMetrics();
    viewport()->update();
  }
}

// Copying

QString TrafficTable::selectedText(CopyForm form) const {
  return model_ != nullptr ? copiedText(*model_, selectionModel()->selection(), form) : QString();
}

void TrafficTable::copy(CopyForm form) const {
  QApplication::clipboard()->setText(selectedText(form));
}

void TrafficTable::contextMenuEvent(QContextMenuEvent* event) {
  const std::optional<LogRow> row = currentLogRow();
  const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
  const QModelIndex cell = byMouse ? indexAt(event->pos()) : currentIndex();
  QMenu menu(this);
  menu.setObjectName(QStringLiteral("trafficTableMenu"));
  const auto add = [&](const QString& text, bool enabled, auto act) {
    QAction* action = menu.addAction(text, this, act);
    action->setEnabled(enabled);
    return action;
  };
  const bool any = selectionModel() != nullptr && selectionModel()->hasSelection();
  add(tr("Copy &row"), any, [this] { copy(CopyForm::rows); });
  add(tr("Copy &preview"), any, [this] { copy(CopyForm::preview); });
  add(tr("Copy bytes as &hex"), any, [this] { copy(CopyForm::hex); });
  add(tr("Copy bytes as &escaped text"), any, [this] { copy(CopyForm::escaped); });
  menu.addSeparator();
  addCompareActions(menu, this);
  menu.addSeparator();
  const SessionId session = row ? row->record.session : SessionId{};
  add(session ? tr("&Only session %1").arg(session.value) : tr("&Only this session"),
      static_cast<bool>(session), [this, session] { emit onlySessionRequested(session); });
  add(tr("&All sessions"), model_ != nullptr && model_->onlySession(),
      [this] { emit onlySessionRequested({}); });
  add(session ? tr("&Follow the stream of session %1").arg(session.value) : tr("&Follow the stream"),
      static_cast<bool>(session), [this, session] { emit streamRequested(session); });
  if (cell.isValid()) emit menuOpening(&menu, cell);
  const QPoint below = viewport()->mapToGlobal(visualRect(cell).bottomLeft());
  menu.exec(byMouse || !cell.isValid() ? event->globalPos() : below);
}

}  // namespace sockbench::ui
