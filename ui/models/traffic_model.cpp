#include "ui/models/traffic_model.h"

#include <algorithm>
#include <limits>

#include "ui/models/event_text.h"
#include "ui/models/format.h"
#include "ui/models/traffic_cells.h"

namespace sockbench::ui {
namespace {

constexpr int kCachedRows = 512;
constexpr std::chrono::milliseconds kShowEvery{50};  // while searching
constexpr std::size_t kPreviewCharacters = 320;
constexpr std::size_t kToolTipCharacters = 1200;

}  // namespace

TrafficModel::TrafficModel(TrafficLog& log, QObject* parent)
    : QAbstractTableModel(parent), log_(log.shared_from_this()), slices_(this), cache_(kCachedRows) {
  slices_.setSingleShot(true);
  slices_.setInterval(0);
  connect(&slices_, &QTimer::timeout, this, &TrafficModel::searchOn);
  base_ = log_->first();
  top_ = log_->end();
}

void TrafficModel::setOnlySession(SessionId id) {
  if (id == index_.session()) {
    return;
  }
  beginResetModel();
  index_.reset(id);
  shown_ = 0;
  base_ = std::min(log_->first(), limit());
  top_ = std::min<std::uint64_t>(log_->end(), limit());
  slices_.stop();
  endResetModel();
  emit onlySessionChanged(id);
  if (filtering()) {
    searchOn();
  }
  emit countsChanged();
}

void TrafficModel::freeze(bool frozen) {
  if (frozen == frozen_) {
    return;
  }
  frozen_ = frozen;
  frozenEnd_ = log_->end();
  emit frozenChanged(frozen);
  refresh();
  emit countsChanged();
}

std::uint64_t TrafficModel::limit() const {
  return frozen_ ? frozenEnd_ : std::numeric_limits<std::uint64_t>::max();
}

std::uint64_t TrafficModel::newRows() const {
  if (!frozen_) {
    return 0;
  }
  if (filtering()) {
    return index_.size() - index_.countBelow(frozenEnd_);
  }
  const std::uint64_t from = std::max<std::uint64_t>(frozenEnd_, log_->first());
  const std::uint64_t end = log_->end();
  return end > from ? end - from : 0;
}

void TrafficModel::refresh() {
  removeGone();
  if (filtering()) {
    if (!slices_.isActive()) {
      searchOn();
    }
    return;
  }
  appendNew();
  emit countsChanged();
}

void TrafficModel::searchOn() {
  const bool done = index_.scan(*log_, kSlice);
  if (!done) {
    slices_.start();
  }
  removeGone();
  if (done || !sinceAppended_.isValid() || sinceAppended_.elapsed() >= kShowEvery.count()) {
    sinceAppended_.start();
    appendNew();
    emit countsChanged();
  }
}

bool TrafficModel::removeGone() {
  const std::uint64_t first = log_->first();
  const auto gone = filtering() ? std::min(index_.countBelow(first), shown_)
                                : static_cast<std::size_t>(std::clamp(first, base_, top_) - base_);
  if (gone > 0) {
    beginRemoveRows({}, 0, static_cast<int>(gone) - 1);
    if (filtering()) {
      shown_ -= gone;
      index_.dropBefore(first);
    } else {
      base_ += gone;
    }
    endRemoveRows();
  }
  if (filtering()) {
    index_.dropBefore(first);
  } else if (base_ == top_) {
    base_ = top_ = std::max(base_, std::min<std::uint64_t>(first, limit()));
  }
  return gone > 0;
}

bool TrafficModel::appendNew() {
  const int before = count();
  const auto wanted = static_cast<int>(filtering() ? index_.countBelow(limit())
                                                   : std::min<std::uint64_t>(log_->end(), limit()) - base_);
  if (wanted <= before) {
    return false;
  }
  beginInsertRows({}, before, wanted - 1);
  if (filtering()) {
    shown_ = static_cast<std::size_t>(wanted);
  } else {
    top_ = base_ + static_cast<std::uint64_t>(wanted);
  }
  endInsertRows();
  return true;
}

std::optional<std::uint64_t> TrafficModel::numberAt(int row) const {
  if (row < 0 || row >= count()) {
    return std::nullopt;
  }
  const auto at = static_cast<std::size_t>(row);
  return filtering() ? index_[at] : base_ + at;
}

std::optional<LogRow> TrafficModel::rowAt(int row) const {
  const std::optional<std::uint64_t> number = numberAt(row);
  return number ? log_->read(*number) : std::nullopt;
}

int TrafficModel::rowOf(std::uint64_t number) const {
  if (!filtering()) {
    return number >= base_ && number < top_ ? static_cast<int>(number - base_) : -1;
  }
  const std::size_t row = index_.countBelow(number);
  return row < shown_ && index_[row] == number ? static_cast<int>(row) : -1;
}

int TrafficModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

int TrafficModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

const TrafficModel::Shown* TrafficModel::shown(int row) const {
  const std::optional<std::uint64_t> number = numberAt(row);
  if (!number) {
    return nullptr;
  }
  if (const Shown* known = cache_.object(*number)) {
    return known;
  }
  const std::optional<LogRow> read = log_->read(*number);
  if (!read) {
    return nullptr;
  }
  auto* fresh = new Shown{read->record, traffic_cells::kind(read->record), peerText(*read),
                          traffic_cells::content(*read, kPreviewCharacters)};
  cache_.insert(*number, fresh);
  return fresh;
}

QVariant TrafficModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue(traffic_cells::alignment(index.column()));
  }
  if (role == NumberRole) {
    return QVariant::fromValue<qulonglong>(numberAt(index.row()).value_or(0));
  }
  const Shown* row = shown(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return row != nullptr              ? cellText(*row, index.row(), index.column())
             : index.column() == No      ? QString::number(numberAt(index.row()).value_or(0) + 1)
             : index.column() == Preview ? tr("evicted")
                                         : QString();
    case RowKindRole:
      return QVariant::fromValue(row != nullptr ? row->kind : RowKind::evicted);
    case SessionRole:
      return row != nullptr ? row->record.session.value : 0U;
    case Qt::AccessibleTextRole:
      return accessibleText(index.row(), index.column());
    case Qt::ToolTipRole:
      return index.column() == Preview ? toolTip(index.row()) : QVariant();
    default:
      return {};
  }
}

QString TrafficModel::cellText(const Shown& shown, int row, int column) const {
  switch (column) {
    case No:
      return QString::number(numberAt(row).value_or(0) + 1);
    case Time:
      return formatTimeOfDay(shown.record.time);
    case Delta:
      return deltaText(shown, row);
    case Session:
      return shown.record.session ? QString::number(shown.record.session.value) : QString();
    case Direction:
      return traffic_cells::arrow(shown.kind);
    case Peer:
      return shown.peer;
    case Length:
      return traffic_cells::hasBytes(shown.record) ? QString::number(shown.record.length) : QString();
    case Preview:
      return shown.preview;
    default:
      return {};
  }
}

QString TrafficModel::deltaText(const Shown& shown, int row) const {
  const WallNanos time = shown.record.time;
  const Shown* before = row > 0 ? this->shown(row - 1) : nullptr;
  return before == nullptr ? QString()
                           : QString::number(static_cast<double>(time - before->record.time) / 1e6, 'f', 3);
}

QString TrafficModel::accessibleText(int row, int column) const {
  const Shown* shown = this->shown(row);
  if (shown == nullptr) {
    return column == Preview ? tr("evicted") : QString();
  }
  if (column == Direction) {
    return kindText(shown->record.kind);
  }
  const QString text = cellText(*shown, row, column);
  return column == Preview || text.isEmpty()
             ? text
             : QStringLiteral("%1 %2").arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                                           text);
}

QString TrafficModel::toolTip(int row) const {
  const std::optional<LogRow> read = rowAt(row);
  return plainToolTip(read ? traffic_cells::content(*read, kToolTipCharacters)
                           : tr("This row has been evicted: the memory for traffic was spent."));
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) {
    return {};
  }
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue(traffic_cells::alignment(section));
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  return traffic_cells::title(section);
}

}  // namespace sockbench::ui
