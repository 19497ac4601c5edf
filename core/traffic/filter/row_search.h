// RowSearch: the rows of a log that pass a filter, found on a thread of its own while rows go on coming.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "core/traffic/filter/filter.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

// One search at a time: a new one gives the old up within a slab. Asleep when everything is looked through.
// Slabs are as large as is looked through in some milliseconds. A filter that uses notes has to be started
// anew when they change.
// Thread: one (the GUI's), for all but what is said otherwise.
class RowSearch {
 public:
  // `news` is called by the search's thread when take() has something to tell, once until take() is called,
  // and no sooner than 30 ms after the last time; it must not call back. The log is held. Throws
  // std::system_error where no thread can be started.
  RowSearch(std::shared_ptr<TrafficLog> log, std::function<void()> news);
  ~RowSearch();  // the thread is given up within a slab and joined

  // From log.first() on; what an older search found never arrives any more. nullptr: as stop().
  void start(FilterPtr filter);
  void stop();        // no search
  void logChanged();  // there may be rows behind those looked through, or none any more. Cheap; thread: any

  struct Found {
    std::vector<std::uint64_t> rows;  // ascending, behind those of the last take(), none evicted by now
    std::uint64_t lookedTo = 0;       // rows below are looked through
    bool upToDate = false;            // nothing more was there to look through, and `rows` is all of it
  };
  // What has been found since the last call; at most `most` rows (the rest stays for the next call, and news
  // comes again). Of no search: nothing.
  Found take(std::size_t most);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sockbench
