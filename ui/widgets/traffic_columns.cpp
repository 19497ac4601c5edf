#include "ui/widgets/traffic_columns.h"

#include <QApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QTableView>
#include <algorithm>

#include "ui/models/traffic_model.h"
#include "ui/widgets/traffic_delegate.h"

namespace sockbench::ui {
namespace {

constexpr int kCellSpare = 4;           // pixels that a cell has beyond its usual text
constexpr int kPreviewCharacters = 34;  // that the preview keeps room for
constexpr int kMostPeerSpare = 70;      // pixels that a peer may have beyond its usual text

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
    default:
      return QStringLiteral("100000");
  }
}

}  // namespace

TrafficColumns::TrafficColumns(QTableView* table) : QObject(table), table_(table) {
  connect(table->horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
    const bool dragged = !fitting_ && (QApplication::mouseButtons() & Qt::LeftButton) != 0;
    chosen_ = chosen_ || (dragged && column != TrafficModel::Preview);
  });
}

int TrafficColumns::usualWidth(int column) const {
  const int text = table_->fontMetrics().horizontalAdvance(usualText(column)) + 2 * TrafficDelegate::kPadding;
  return std::max(text + kCellSpare, table_->horizontalHeader()->sectionSizeHint(column));
}

void TrafficColumns::fit() {
  if (table_->model() == nullptr || chosen_) {
    return;
  }
  const QScopedValueRollback guard(fitting_, true);
  int room = table_->viewport()->width() - kPreviewCharacters * table_->fontMetrics().averageCharWidth();
  for (int column = 0; column < TrafficModel::Preview; ++column) {
    table_->setColumnWidth(column, usualWidth(column));
    room -= table_->isColumnHidden(column) && !gaveWay_.contains(column) ? 0 : usualWidth(column);
  }
  giveWay(room);
}

void TrafficColumns::giveWay(int room) {
  for (const int column : {TrafficModel::Delta, TrafficModel::No}) {
    const bool mustGo = room < 0;
    room += mustGo ? usualWidth(column) : 0;
    if (mustGo && !table_->isColumnHidden(column)) {
      gaveWay_.insert(column);
      table_->hideColumn(column);
    } else if (!mustGo && gaveWay_.remove(column)) {
      table_->showColumn(column);
    }
  }
  // A long peer is worth more than the end of a preview.
  table_->setColumnWidth(TrafficModel::Peer,
                         usualWidth(TrafficModel::Peer) + std::clamp(room / 5, 0, kMostPeerSpare));
}

void TrafficColumns::openMenu(const QPoint& position) {
  QMenu menu(table_);
  for (int column = 0; column < TrafficModel::Preview; ++column) {
    QAction* action = menu.addAction(table_->model()->headerData(column, Qt::Horizontal).toString());
    action->setCheckable(true);
    action->setChecked(!table_->isColumnHidden(column));
    connect(action, &QAction::toggled, this, [this, column](bool on) {
      chosen_ = true;
      table_->setColumnHidden(column, !on);
    });
  }
  menu.exec(table_->horizontalHeader()->mapToGlobal(position));
}

QByteArray TrafficColumns::save() const {
  return chosen_ ? table_->horizontalHeader()->saveState() : QByteArray();
}

void TrafficColumns::restore(const QByteArray& state) {
  const QScopedValueRollback guard(fitting_, true);
  chosen_ = !state.isEmpty() && table_->horizontalHeader()->restoreState(state);
  fit();
}

}  // namespace sockbench::ui
