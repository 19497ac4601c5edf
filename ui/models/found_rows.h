// FoundRows: the numbers of the rows of a TrafficLog that pass a filter. Thread: gui.
//
// The log is looked through in slices of kSlice, so that the window stays usable; 8 bytes a row that is
// found. Idle, it runs no timer.
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "core/traffic/filter/filter.h"
#include "core/traffic/traffic_log.h"

namespace sockbench::ui {

class FoundRows : public QObject {
  Q_OBJECT
 public:
  static constexpr std::chrono::microseconds kSlice{3000};

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
  void lookOn();
  bool lookAtSlab();

  std::shared_ptr<TrafficLog> log_;
  FilterPtr filter_;
  std::deque<std::uint64_t> rows_;  // in small pieces: it grows without being moved
  std::uint64_t lookedTo_ = 0;
  bool searching_ = false;
  WallNanos previousTime_ = 0;  // of the row before lookedTo_; 0: none
  std::vector<std::uint32_t> places_;
  QTimer next_;  // runs only while there is more to look through
};

}  // namespace sockbench::ui
