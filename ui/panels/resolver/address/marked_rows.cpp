#include "ui/panels/resolver/address/marked_rows.h"

#include <QFont>

#include "ui/panels/resolver/grouped_rows_model.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

MarkedRows::MarkedRows(GroupedRowsModel* rows, QObject* parent) : QSortFilterProxyModel(parent), rows_(rows) {
  setSourceModel(rows);
}

void MarkedRows::search(const QString& text) {
  text_ = text;
  invalidateFilter();
}

void MarkedRows::mark(const QSet<int>& rows, int best) {
  if (rows == marked_ && best == best_) return;
  marked_ = rows;
  best_ = best;
  if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

QModelIndex MarkedRows::best() const {
  return best_ < 0 ? QModelIndex() : mapFromSource(rows_->index(best_, 0));
}

QVariant MarkedRows::data(const QModelIndex& index, int role) const {
  const int row = mapToSource(index).row();
  if (marked_.contains(row)) {
    if (role == Qt::BackgroundRole) return theme::color(theme::Role::selection);
    if (role == Qt::DisplayRole && index.column() == 0)
      return row == best_ ? QStringLiteral("\u25cf") : QStringLiteral("\u25cb");
    if (role == Qt::AccessibleTextRole && index.column() == 0)
      return row == best_ ? tr("the smallest that holds the address") : tr("holds the address");
    if (role == Qt::FontRole && row == best_) {
      QFont bold = theme::tabularFont();
      bold.setBold(true);
      return bold;
    }
  }
  return QSortFilterProxyModel::data(index, role);
}

bool MarkedRows::filterAcceptsRow(int row, const QModelIndex&) const {
  const TextRow* candidate = rows_->row(row);
  return text_.isEmpty() || candidate->cells.join(QLatin1Char('\n')).contains(text_, Qt::CaseInsensitive);
}

}  // namespace sockbench::ui
