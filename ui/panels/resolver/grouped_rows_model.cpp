#include "ui/panels/resolver/grouped_rows_model.h"

#include <algorithm>

#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

QColor freshColor() {
  QColor tint = theme::color(theme::Role::good);
  tint.setAlphaF(0.16F);
  return tint;
}

}  // namespace

GroupedRowsModel::GroupedRowsModel(QStringList titles, QList<int> numbers, QObject* parent)
    : QAbstractTableModel(parent),
      titles_(std::move(titles)),
      numbers_(std::move(numbers)),
      groups_(1),
      ends_(1, 0) {}

void GroupedRowsModel::reset(int groups) {
  reset(std::vector<QList<TextRow>>(static_cast<std::size_t>(groups)));
}

void GroupedRowsModel::reset(std::vector<QList<TextRow>> groups) {
  beginResetModel();
  groups_ = std::move(groups);
  ends_.clear();
  for (const QList<TextRow>& rows : groups_)
    ends_.push_back(rows.size() + (ends_.empty() ? 0 : ends_.back()));
  endResetModel();
}

void GroupedRowsModel::moveFollowing(int group, qsizetype by) {
  for (auto end = ends_.begin() + group; end != ends_.end(); ++end) *end += by;
}

void GroupedRowsModel::setGroup(int group, const QList<TextRow>& rows) {
  QList<TextRow>& held = groups_.at(static_cast<std::size_t>(group));
  const qsizetype kept = std::min(held.size(), rows.size());
  const int first = static_cast<int>(ends_[static_cast<std::size_t>(group)] - held.size());
  const int behind = first + static_cast<int>(kept);
  std::copy_n(rows.cbegin(), kept, held.begin());
  if (kept > 0) emit dataChanged(index(first, 0), index(behind - 1, columnCount() - 1));
  const qsizetype more = rows.size() - held.size();
  if (more > 0) {
    beginInsertRows({}, behind, behind + static_cast<int>(more) - 1);
    held = rows;
    moveFollowing(group, more);
    endInsertRows();
  } else if (more < 0) {
    beginRemoveRows({}, behind, behind - static_cast<int>(more) - 1);
    held = rows;
    moveFollowing(group, more);
    endRemoveRows();
  }
}

const TextRow* GroupedRowsModel::row(int wanted) const {
  const auto end = std::ranges::upper_bound(ends_, wanted);
  if (wanted < 0 || end == ends_.end()) return nullptr;
  const QList<TextRow>& rows = groups_[static_cast<std::size_t>(end - ends_.begin())];
  return &rows[rows.size() - (*end - wanted)];
}

int GroupedRowsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || ends_.empty() ? 0 : static_cast<int>(ends_.back());
}

int GroupedRowsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(titles_.size());
}

QVariant GroupedRowsModel::alignment(int column) const {
  const Qt::Alignment side = numbers_.contains(column) ? Qt::AlignRight : Qt::AlignLeft;
  return QVariant::fromValue(side | Qt::AlignVCenter);
}

QVariant GroupedRowsModel::data(const QModelIndex& index, int role) const {
  const TextRow* shown = index.isValid() ? row(index.row()) : nullptr;
  if (!shown) return {};
  switch (role) {
    case Qt::DisplayRole:
      return shown->cells.value(index.column());
    case Qt::ToolTipRole:
      return plainToolTip(shown->toolTip.isEmpty() ? shown->cells.value(index.column()) : shown->toolTip);
    case Qt::TextAlignmentRole:
      return alignment(index.column());
    case Qt::ForegroundRole:
      if (shown->tone == TextRow::Tone::waiting) return theme::color(theme::Role::dim);
      if (shown->tone == TextRow::Tone::fault && index.column() > 0) return theme::color(theme::Role::error);
      if (shown->mark && shown->mark->column == index.column()) return theme::color(shown->mark->role);
      return {};
    case Qt::DecorationRole:
      if (!shown->mark || shown->mark->column != index.column()) return {};
      return theme::icon(shown->mark->icon, shown->mark->role);
    case Qt::BackgroundRole:
      return shown->isFresh ? QVariant(freshColor()) : QVariant();
    case kValueRole:
      return shown->value;
    case kWordsRole:
      return shown->tone == TextRow::Tone::plain ? QString() : shown->cells.value(1);
    case kFaultRole:
      return shown->tone == TextRow::Tone::fault;
    default:
      return {};
  }
}

QVariant GroupedRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::DisplayRole) return titles_.value(section);
  if (role == Qt::TextAlignmentRole) return alignment(section);
  return {};
}

}  // namespace sockbench::ui
