// FilterMenu: what a cell of the timeline offers in its menu to make a filter of. Thread: gui.
#pragma once

#include <QCoreApplication>

class QMenu;
class QModelIndex;

namespace sockbench::ui {

class FilterEdit;
class TrafficTable;

class FilterMenu {
  Q_DECLARE_TR_FUNCTIONS(FilterMenu)
 public:
  FilterMenu(TrafficTable* table, FilterEdit* edit) : table_(table), edit_(edit) {}

  // "Only these", "Hide these", "Apply as filter" and "Prepare as filter", of the cell's column in the
  // selected rows; disabled where there is nothing to go by. Object names of the last two: "applyFilterMenu",
  // "prepareFilterMenu".
  void addTo(QMenu* menu, const QModelIndex& cell) const;

 private:
  enum class Way { apply, prepare };
  void addWays(QMenu* menu, const QString& term, Way way) const;

  TrafficTable* table_;
  FilterEdit* edit_;
};

}  // namespace sockbench::ui
