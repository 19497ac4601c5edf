#include "ui/models/session_row_index.h"

#include <algorithm>
#include <utility>

namespace sockbench::ui {
namespace {
constexpr std::size_t kPieceRows = 2048;
}

void SessionRowIndex::reset(SessionId session) {
  session_ = session;
  next_ = 0;
  numbers_ = {};
  dropped_ = 0;
}

bool SessionRowIndex::scan(const TrafficLog& log, std::chrono::microseconds atMost) {
  if (!session_) {
    return true;
  }
  const auto until = std::chrono::steady_clock::now() + atMost;
  do {
    next_ = std::max(next_, log.first());
    piece_.clear();
    if (log.read(next_, kPieceRows, piece_) == 0) {
      return next_ >= log.end();
    }
    for (const LogRow& row : piece_) {
      if (row.record.session == session_ || (row.flow && row.flow->parent == session_)) {
        numbers_.push_back(row.number);
      }
    }
    next_ = piece_.back().number + 1;
    piece_.clear();  // nothing stays pinned between pieces
  } while (std::chrono::steady_clock::now() < until);
  return next_ >= log.end();
}

std::size_t SessionRowIndex::dropBefore(std::uint64_t first) {
  const std::size_t gone = countBelow(first);
  dropped_ += gone;
  if (dropped_ > numbers_.size() / 2) {
    numbers_.erase(numbers_.begin(), numbers_.begin() + static_cast<std::ptrdiff_t>(dropped_));
    dropped_ = 0;
  }
  return gone;
}

std::size_t SessionRowIndex::countBelow(std::uint64_t number) const {
  const auto begin = numbers_.begin() + static_cast<std::ptrdiff_t>(dropped_);
  return static_cast<std::size_t>(std::lower_bound(begin, numbers_.end(), number) - begin);
}

}  // namespace sockbench::ui
