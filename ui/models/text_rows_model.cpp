#include "ui/models/text_rows_model.h"

#include <algorithm>
#include <utility>

namespace sockbench::ui {

TextRowsModel::TextRowsModel(QStringList titles, QList<int> textColumns, QObject* parent)
    : QAbstractTableModel(parent), titles_(std::move(titles)), textColumns_(std::move(textColumns)) {}

void TextRowsModel::setRows(const QList<QStringList>& rows) {
  const auto before = rows_.size();
  if (rows.size() < before) {
    beginRemoveRows({}, static_cast<int>(rows.size()), static_cast<int>(before) - 1);
    rows_.resize(rows.size());
    endRemoveRows();
  } else if (rows.size() > before) {
    beginInsertRows({}, static_cast<int>(before), static_cast<int>(rows.size()) - 1);
    rows_ += rows.sliced(before);
    endInsertRows();
  }
  if (rows == rows_) return;
  rows_ = rows;
  emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int TextRowsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int TextRowsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(titles_.size());
}

QVariant TextRowsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const QString& text = rows_[index.row()][index.column()];
  if (role == Qt::DisplayRole) return text;
  if (role == Qt::AccessibleTextRole) return tr("%1: %2").arg(titles_[index.column()], text);
  return role == Qt::TextAlignmentRole ? headerData(index.column(), Qt::Horizontal, role) : QVariant();
}

QVariant TextRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  if (role == Qt::DisplayRole) return titles_[section];
  if (role != Qt::TextAlignmentRole) return {};
  const auto side = textColumns_.contains(section) ? Qt::AlignLeft : Qt::AlignRight;
  return QVariant::fromValue(Qt::Alignment(side | Qt::AlignVCenter));
}

}  // namespace sockbench::ui
