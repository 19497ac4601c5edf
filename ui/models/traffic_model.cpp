#include "ui/models/traffic_model.h"

#include <QBrush>
#include <algorithm>
#include <limits>
#include <utility>

#include "ui/models/event_text.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"
#include "ui/models/traffic_cells.h"

namespace sockbench::ui {
namespace {

constexpr int kCachedRows = 512;
constexpr std::size_t kPreviewCharacters = 320;
constexpr std::size_t kToolTipCharacters = 1200;

}  // namespace

TrafficModel::TrafficModel(TrafficLog& log, QObject* parent)
    : QAbstractTableModel(parent), log_(log.shared_from_this()), found_(log, this), cache_(kCachedRows) {
  connect(&found_, &FoundRows::changed, this, &TrafficModel::update);
  base_ = log_->first();
  top_ = log_->end();
}

void TrafficModel::setFilter(FilterPtr filter) {
  if (filter == filter_) return;
  filter_ = std::move(filter);
  searchAnew();
  emit filterChanged();
}

void TrafficModel::setOnlySession(SessionId id) {
  if (id == onlySession_) return;
  onlySession_ = id;
  searchAnew();
  emit onlySessionChanged(id);
}

void TrafficModel::searchAnew() {
  beginResetModel();
  found_.setFilter(onlySession_ ? Filter::both(Filter::ofSession(onlySession_), filter_) : filter_);
  shown_ = 0;
  base_ = std::min(log_->first(), limit());
  top_ = std::min<std::uint64_t>(log_->end(), limit());
  endResetModel();
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
  if (!frozen_) return 0;
  if (isFiltering()) return found_.size() - found_.countBelow(frozenEnd_);
  const std::uint64_t from = std::max<std::uint64_t>(frozenEnd_, log_->first());
  const std::uint64_t end = log_->end();
  return end > from ? end - from : 0;
}

std::uint64_t TrafficModel::rowsToSearch() const {
  const std::uint64_t from = std::max(found_.lookedTo(), log_->first());
  const std::uint64_t end = log_->end();
  return isSearching() && end > from ? end - from : 0;
}

void TrafficModel::setRowColor(RowColor color) {
  rowColor_ = std::move(color);
  repaintAll();
}

void TrafficModel::refresh() {
  if (isFiltering()) found_.logChanged();
  update();
}

void TrafficModel::update() {
  removeGone();
  appendNew();
  emit countsChanged();
}

// Beyond kMostRows they go in steps: each removal costs the view by the rows that stay.
std::uint64_t TrafficModel::firstShown() const {
  constexpr std::uint64_t kSlack = kMostRows / 50;
  const std::uint64_t first = log_->first();
  if (isFiltering()) {
    const std::size_t all = found_.size();
    return all > kMostRows + kSlack ? std::max(first, found_[all - kMostRows]) : first;
  }
  const std::uint64_t end = std::min<std::uint64_t>(log_->end(), limit());
  return end > base_ + kMostRows + kSlack ? std::max(first, end - kMostRows) : first;
}

void TrafficModel::removeGone() {
  const std::uint64_t first = firstShown();
  const auto gone = isFiltering() ? std::min(found_.countBelow(first), shown_)
                                  : static_cast<std::size_t>(std::clamp(first, base_, top_) - base_);
  if (gone > 0) {
    beginRemoveRows({}, 0, static_cast<int>(gone) - 1);
    if (isFiltering()) {
      shown_ -= gone;
      found_.dropBelow(first);
    } else {
      base_ += gone;
    }
    endRemoveRows();
  }
  if (isFiltering()) {
    found_.dropBelow(first);
  } else if (base_ == top_) {
    base_ = top_ = std::max(base_, std::min<std::uint64_t>(first, limit()));
  }
}

void TrafficModel::appendNew() {
  const int before = count();
  const auto wanted = static_cast<int>(isFiltering() ? found_.countBelow(limit())
                                                     : std::min<std::uint64_t>(log_->end(), limit()) - base_);
  if (wanted <= before) return;
  beginInsertRows({}, before, wanted - 1);
  if (isFiltering()) {
    shown_ = static_cast<std::size_t>(wanted);
  } else {
    top_ = base_ + static_cast<std::uint64_t>(wanted);
  }
  endInsertRows();
}

std::optional<std::uint64_t> TrafficModel::numberAt(int row) const {
  if (row < 0 || row >= count()) {
    return std::nullopt;
  }
  const auto at = static_cast<std::size_t>(row);
  return isFiltering() ? found_[at] : base_ + at;
}

std::optional<LogRow> TrafficModel::rowAt(int row) const {
  const std::optional<std::uint64_t> number = numberAt(row);
  return number ? log_->read(*number) : std::nullopt;
}

int TrafficModel::rowOf(std::uint64_t number) const {
  if (!isFiltering()) {
    return number >= base_ && number < top_ ? static_cast<int>(number - base_) : -1;
  }
  const std::size_t row = found_.countBelow(number);
  return row < shown_ && found_[row] == number ? static_cast<int>(row) : -1;
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
  const RowNotes::Note note = log_->notes().note(*number);
  auto* fresh = new Shown{.record = read->record,
                          .kind = traffic_cells::kind(read->record),
                          .peer = peerText(*read),
                          .preview = traffic_cells::content(*read, kPreviewCharacters),
                          .matches = {},
                          .comment = shownText(note.comment),
                          .marked = note.marked,
                          .color = rowColor_ ? rowColor_(*number) : QColor()};
  if (pattern_) fresh->matches = traffic_cells::matches(*read, *pattern_, kPreviewCharacters);
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
    case Qt::BackgroundRole:
      return row != nullptr && row->color.isValid() ? QVariant(QBrush(row->color)) : QVariant();
    case MatchesRole:
      return row != nullptr ? QVariant::fromValue(row->matches) : QVariant();
    case CommentRole:
      return row != nullptr ? row->comment : QString();
    case MarkedRole:
      return row != nullptr && row->marked;
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

void TrafficModel::setPattern(std::optional<BytePattern> pattern) {
  if (!pattern && !pattern_) return;
  pattern_ = std::move(pattern);
  repaintAll();
}

void TrafficModel::noteChanges() {
  const std::optional<std::uint64_t> number = log_->notes().timeReference();
  const std::optional<LogRow> row = number ? log_->read(*number) : std::nullopt;
  reference_ = row ? std::optional(Reference{*number, row->record.time}) : std::nullopt;
  if (filter_ && filter_->usesNotes()) searchAnew();
  repaintAll();
  emit headerDataChanged(Qt::Horizontal, Time, Time);
}

// What is remembered of the rows no longer holds.
void TrafficModel::repaintAll() {
  cache_.clear();
  if (count() > 0) emit dataChanged(index(0, 0), index(count() - 1, kColumns - 1));
}

// Signed seconds where times are counted from a row.
QString TrafficModel::timeText(const Shown& shown) const {
  if (!reference_) return formatTimeOfDay(shown.record.time);
  const double seconds = static_cast<double>(shown.record.time - reference_->time) / 1e9;
  return (seconds < 0 ? QString() : QStringLiteral("+")) + QString::number(seconds, 'f', 6);
}

QString TrafficModel::cellText(const Shown& shown, int row, int column) const {
  switch (column) {
    case No:
      return QString::number(numberAt(row).value_or(0) + 1);
    case Time:
      return timeText(shown);
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
  if (column == Preview) {
    return shown->comment.isEmpty() ? text : tr("%1, comment: %2").arg(text, shown->comment);
  }
  if (column == No && shown->marked) return tr("No. %1, marked").arg(text);
  return text.isEmpty() ? text
                        : QStringLiteral("%1 %2").arg(
                              headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), text);
}

QString TrafficModel::toolTip(int row) const {
  const std::optional<LogRow> read = rowAt(row);
  if (!read) return plainToolTip(tr("This row has been evicted: the memory for traffic was spent."));
  const QString comment = shownText(log_->notes().note(read->number).comment);
  const QString content = traffic_cells::content(*read, kToolTipCharacters);
  return plainToolTip(comment.isEmpty() ? content : tr("Comment: %1").arg(comment) + u'\n' + content);
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
  if (section == Time && reference_) return tr("Since %1").arg(reference_->row + 1);
  return traffic_cells::title(section);
}

}  // namespace sockbench::ui
