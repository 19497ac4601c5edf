// FoundRows: the numbers of the rows of a TrafficLog that pass a filter, as a RowSearch finds them. Thread:
// gui.
//
// They arrive in portions that never hold the window up, 8 bytes a row. Idle, it runs no timer.
#pragma once

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <deque>
#include <memory>

#include "core/traffic/filter/row_search.h"

namespace sockbench::ui {

class FoundRows : public QObject {
  Q_OBJECT
 public:
  static constexpr std::size_t kPortion = 50'000;  // rows that are taken in one turn of the event loop

  explicit FoundRows(TrafficLog& log, QObject* parent = nullptr);  // holds the log

  // Begins anew with the log's first row. nullptr: no search, and no rows.
  void setFilter(FilterPtr filter);
  const FilterPtr& filter() const { return filter_; }

  void logChanged();  // there may be more rows to look through
  // Not every row of the log has been looked through, or shown to readers of this.
  bool isSearching() const { return searching_; }
  std::uint64_t lookedTo() const { return lookedTo_; }  // rows below are looked through

  std::size_t size() const { return rows_.size(); }
  std::uint64_t operator[](std::size_t i) const { return rows_[i]; }  // ascending
  // How many of them lie below `number`: the place of `number`, if it is one of them.
  std::size_t countBelow(std::uint64_t number) const;
  std::size_t dropBelow(std::uint64_t number);  // forgets these; returns how many there were

 signals:
  void changed();  // size() grew, or isSearching() or lookedTo() changed

 private:
  void take();

  std::shared_ptr<TrafficLog> log_;
  FilterPtr filter_;
  std::deque<std::uint64_t> rows_;  // in small pieces: it grows without being moved
  std::uint64_t lookedTo_ = 0;
  bool searching_ = false;
  QTimer next_;                        // runs only while there is more to take
  std::unique_ptr<RowSearch> search_;  // with the first filter; the last member: its thread ends first
};

}  // namespace sockbench::ui
