#include "ui/panels/resolver/grouped_rows_model.h"

#include "ui/models/format.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

GroupedRowsModel::GroupedRowsModel(QStringList titles, QList<int> numbers, QObject* parent)
    : QAbstractTableModel(parent), titles_(std::move(titles)), numbers_(std::move(numbers)), groups_(1) {}

void GroupedRowsModel::reset(int groups) {
  beginResetModel();
  groups_.assign(static_cast<std::size_t>(groups), {});
  endResetModel();
}

int GroupedRowsModel::firstRow(int group) const {
  int first = 0;
  for (int g = 0; g < group; ++g) first += static_cast<int>(groups_[static_cast<std::size_t>(g)].size());
  return first;
}

void GroupedRowsModel::setGroup(int group, const QList<TextRow>& rows) {
  QList<TextRow>& held = groups_.at(static_cast<std::size_t>(group));
  const int first = firstRow(group);
  if (!held.isEmpty()) {
    beginRemoveRows({}, first, first + static_cast<int>(held.size()) - 1);
    held.clear();
    endRemoveRows();
  }
  if (rows.isEmpty()) return;
  beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
  held = rows;
  endInsertRows();
}

const TextRow* GroupedRowsModel::row(int wanted) const {
  qsizetype left = wanted;
  for (const QList<TextRow>& rows : groups_) {
    if (left < rows.size()) return left < 0 ? nullptr : &rows[left];
    left -= rows.size();
  }
  return nullptr;
}

int GroupedRowsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : firstRow(groupCount());
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
      // A fault's words run over all columns, from the left.
      return alignment(shown->tone == TextRow::Tone::plain ? index.column() : -1);
    case Qt::ForegroundRole:
      if (shown->tone == TextRow::Tone::waiting) return theme::color(theme::Role::dim);
      if (shown->tone == TextRow::Tone::fault && index.column() > 0) return theme::color(theme::Role::error);
      return {};
    case kValueRole:
      return shown->value;
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
