#include "ui/models/readings_model.h"

#include <QFont>
#include <algorithm>

#include "core/payload/readings.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {

void ReadingsModel::setBytes(ByteView bytes, qsizetype chosen) {
  QList<Row> rows;
  for (const Reading& reading : readingsAt(bytes)) {
    const QString name = toQString(reading.name);
    const Cell cell{shownText(reading.text), static_cast<qsizetype>(reading.length)};
    auto row = std::ranges::find(rows, name, &Row::name);
    if (row == rows.end()) row = rows.insert(rows.end(), Row{name, {}, {}});
    if (reading.order != ByteOrder::big) row->little = cell;
    if (reading.order != ByteOrder::little) row->big = cell;
  }
  chosen_ = chosen;
  const bool same = std::ranges::equal(rows, rows_, {}, &Row::name, &Row::name);
  if (!same) beginResetModel();
  rows_ = std::move(rows);
  if (!same)
    endResetModel();
  else if (!rows_.isEmpty())
    emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

const ReadingsModel::Cell& ReadingsModel::cell(const QModelIndex& index) const {
  const Row& row = rows_[index.row()];
  const bool little = index.column() == Little || (index.column() == Name && row.little.used > 0);
  return little ? row.little : row.big;
}

qsizetype ReadingsModel::used(const QModelIndex& index) const {
  return index.isValid() ? cell(index).used : 0;
}

int ReadingsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ReadingsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant ReadingsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const bool name = index.column() == Name;
  switch (role) {
    case Qt::DisplayRole:
      return name ? rows_[index.row()].name : cell(index).text;
    case Qt::ToolTipRole: {
      const QString text = name ? rows_[index.row()].name : cell(index).text;
      return text.isEmpty()
                 ? QVariant()
                 : plainToolTip(tr("%1\n%n byte(s)", nullptr, static_cast<int>(used(index))).arg(text));
    }
    case Qt::FontRole: {
      if (chosen_ < 1 || used(index) != chosen_ || !name) return {};
      QFont font;
      font.setBold(true);
      return font;
    }
    default:
      return {};
  }
}

QVariant ReadingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::ToolTipRole && section != Name)
    return plainToolTip(section == Little ? tr("The first byte counts least")
                                          : tr("The first byte counts most: the order of the Internet"));
  if (role != Qt::DisplayRole) return {};
  return section == Name ? tr("From the cursor") : section == Little ? tr("Little endian") : tr("Big endian");
}

}  // namespace sockbench::ui
