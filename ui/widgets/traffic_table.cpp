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

#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "ui/models/format.h"
#include "ui/widgets/aligned_header.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/traffic_delegate.h"

namespace sockbench::ui {
namespace {

constexpr int kRowPadding = 3;          // pixels above and below a row's text
constexpr int kCellSpare = 4;           // pixels that a cell has beyond its usual text
constexpr int kPreviewCharacters = 34;  // that the preview keeps room for
constexpr int kMostPeerSpare = 70;      // pixels that a peer may have beyond its usual text
constexpr int kNewRowsMargin = 10;      // between the button and the table's edge

// The widest text that a column's usual cells have.
QString usualText(int column) {
  switch (column) {
    case TrafficModel::No:
      return QStringLiteral("1234567");
    case TrafficModel::Time:
      return QStringLiteral("00:00:00.000000");
    case TrafficModel::Delta:
      return QStringLiteral("100000.000");
    case TrafficModel::Session:
      return QStringLiteral("10000");
    case TrafficModel::Direction:
      return QStringLiteral("\u2192");
    case TrafficModel::Peer:
      return QStringLiteral("127.0.0.1:65535");
    case TrafficModel::Length:
      return QStringLiteral("100000");
    default:
      return QStringLiteral("a preview");
  }
}

bool movesUp(const QKeyEvent& event) {
  return event.key() == Qt::Key_Up || event.key() == Qt::Key_PageUp || event.key() == Qt::Key_Home;
}

bool hasPayload(const LogRow& row) {
  return row.record.kind == RecordKind::in || row.record.kind == RecordKind::out;
}

}  // namespace

TrafficTable::TrafficTable(QWidget* parent) : QTableView(parent), newRows_(new QPushButton(this)) {
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
  connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, &TrafficTable::chooseColumns);
  connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
    const bool dragged = !fitting_ && (QApplication::mouseButtons() & Qt::LeftButton) != 0;
    columnsChosen_ = columnsChosen_ || (dragged && column != TrafficModel::Preview);
  });

  newRows_->setObjectName(QStringLiteral("trafficNewRowsButton"));
  newRows_->setAccessibleName(tr("Go to the newest row and follow"));
  newRows_->setCursor(Qt::PointingHandCursor);
  newRows_->setFocusPolicy(Qt::NoFocus);
  newRows_->setProperty("primary", true);
  newRows_->hide();
  connect(newRows_, &QPushButton::clicked, this, [this] { setFollowing(true); });
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
  fitColumns();
}

int TrafficTable::usualWidth(int column) const {
  const int text = QFontMetrics(font()).horizontalAdvance(usualText(column)) + 2 * TrafficDelegate::kPadding;
  return std::max(text + kCellSpare, horizontalHeader()->sectionSizeHint(column));
}

// What a small window cannot show goes, so that the preview keeps its room.
void TrafficTable::fitColumns() {
  if (model_ == nullptr || columnsChosen_) {
    return;
  }
  const QScopedValueRollback guard(fitting_, true);
  int room = viewport()->width() - kPreviewCharacters * QFontMetrics(font()).averageCharWidth();
  for (int column = 0; column < TrafficModel::Preview; ++column) {
    setColumnWidth(column, usualWidth(column));
    room -= isColumnHidden(column) && !gaveWay_.contains(column) ? 0 : usualWidth(column);
  }
  for (const int column : {TrafficModel::Delta, TrafficModel::No}) {
    const bool givesWay = room < 0;
    room += givesWay ? usualWidth(column) : 0;
    if (givesWay && !isColumnHidden(column)) {
      gaveWay_.insert(column);
      hideColumn(column);
    } else if (!givesWay && gaveWay_.remove(column)) {
      showColumn(column);
    }
  }
  // A long peer is worth more than the end of a preview.
  setColumnWidth(TrafficModel::Peer,
                 usualWidth(TrafficModel::Peer) + std::clamp(room / 5, 0, kMostPeerSpare));
}

QByteArray TrafficTable::saveColumns() const {
  return columnsChosen_ ? horizontalHeader()->saveState() : QByteArray();
}

void TrafficTable::restoreColumns(const QByteArray& state) {
  const QScopedValueRollback guard(fitting_, true);
  columnsChosen_ = !state.isEmpty() && horizontalHeader()->restoreState(state);
  fitColumns();
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
  fitColumns();
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
  wanted_ = currentIndex().isValid() ? model_->numberAt(currentIndex().row()) : std::nullopt;
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
    copy(selectedRowsText());
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

template <class Function>
void TrafficTable::eachSelectedRow(Function function) const {
  if (model_ == nullptr || selectionModel() == nullptr) {
    return;
  }
  int left = kCopiedRows;
  QItemSelection selection = selectionModel()->selection();
  std::sort(selection.begin(), selection.end(),
            [](const auto& a, const auto& b) { return a.top() < b.top(); });
  for (const QItemSelectionRange& range : selection) {
    for (int row = range.top(); row <= range.bottom(); ++row) {
      if (left-- == 0 || !function(row)) {
        return;
      }
    }
  }
}

QString TrafficTable::selectedRowsText() const {
  QStringList lines;
  eachSelectedRow([&](int row) {
    QStringList cells;
    for (int column = 0; column < TrafficModel::kColumns; ++column) {
      cells.append(model_->index(row, column).data().toString());
    }
    lines.append(cells.join(u'\t'));
    return true;
  });
  return lines.join(u'\n');
}

QString TrafficTable::selectedPreviews() const {
  QStringList lines;
  eachSelectedRow([&](int row) {
    lines.append(model_->index(row, TrafficModel::Preview).data().toString());
    return true;
  });
  return lines.join(u'\n');
}

namespace {

// Adds a row's payload as `encode` writes it, until `left` bytes have been written.
template <class Encode>
bool addPayload(const std::optional<LogRow>& row, std::size_t& left, QStringList& lines, Encode encode) {
  if (row && hasPayload(*row)) {
    const ByteView bytes = row->payload.bytes.first(std::min(left, row->payload.bytes.size()));
    left -= bytes.size();
    lines.append(toQString(encode(bytes)));
  }
  return left > 0;
}

}  // namespace

QString TrafficTable::selectedHex() const {
  QStringList lines;
  std::size_t left = kCopiedBytes;
  eachSelectedRow([&](int row) {
    return addPayload(model_->rowAt(row), left, lines, [](ByteView b) { return toHexSpaced(b, b.size()); });
  });
  return lines.join(u'\n');
}

QString TrafficTable::selectedEscapedText() const {
  QStringList lines;
  std::size_t left = kCopiedBytes;
  eachSelectedRow([&](int row) {
    return addPayload(model_->rowAt(row), left, lines, [](ByteView b) { return escape(b); });
  });
  return lines.join(u'\n');
}

void TrafficTable::copy(const QString& text) const {
  QApplication::clipboard()->setText(text);
}

void TrafficTable::contextMenuEvent(QContextMenuEvent* event) {
  const std::optional<LogRow> row = currentLogRow();
  QMenu menu(this);
  const auto add = [&](const QString& text, bool enabled, auto act) {
    QAction* action = menu.addAction(text, this, act);
    action->setEnabled(enabled);
    return action;
  };
  const bool any = selectionModel() != nullptr && selectionModel()->hasSelection();
  add(tr("Copy &row"), any, [this] { copy(selectedRowsText()); });
  add(tr("Copy &preview"), any, [this] { copy(selectedPreviews()); });
  add(tr("Copy bytes as &hex"), any, [this] { copy(selectedHex()); });
  add(tr("Copy bytes as &escaped text"), any, [this] { copy(selectedEscapedText()); });
  menu.addSeparator();
  const SessionId session = row ? row->record.session : SessionId{};
  add(session ? tr("&Only session %1").arg(session.value) : tr("&Only this session"),
      static_cast<bool>(session), [this, session] { emit onlySessionRequested(session); });
  add(tr("&All sessions"), model_ != nullptr && model_->onlySession(),
      [this] { emit onlySessionRequested({}); });
  menu.exec(event->globalPos());
}

void TrafficTable::chooseColumns(const QPoint& position) {
  if (model_ == nullptr) {
    return;
  }
  QMenu menu(this);
  for (int column = 0; column < TrafficModel::Preview; ++column) {
    QAction* action = menu.addAction(model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    action->setCheckable(true);
    action->setChecked(!isColumnHidden(column));
    connect(action, &QAction::toggled, this, [this, column](bool on) {
      columnsChosen_ = true;
      setColumnHidden(column, !on);
    });
  }
  menu.exec(horizontalHeader()->mapToGlobal(position));
}

}  // namespace sockbench::ui
