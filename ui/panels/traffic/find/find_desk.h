// FindDesk: finds a pattern in the bytes of a timeline's rows: which rows have matches, the way from one to
// the next, and what is marked in the list and in the inspector. Thread: gui.
#pragma once

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/payload/byte_pattern.h"
#include "ui/models/found_rows.h"

namespace sockbench::ui {

class FindBar;
class HexView;
class OverviewStrip;
class StreamView;
struct StreamMatch;
class TrafficModel;
class TrafficTable;

class FindDesk : public QObject {
  Q_OBJECT
 public:
  // Of one payload so many matches are marked.
  static constexpr std::size_t kMostMarked = 10'000;

  // In the conversation, matches of so many rows around the current one are marked, in so many bytes.
  static constexpr std::size_t kMostStreamRows = 500;
  static constexpr std::size_t kMostStreamBytes = std::size_t{1} << 20;

  // All outlive it. `hex` shows the payload of the table's current row, `stream` its session.
  FindDesk(TrafficTable* table, HexView* hex, StreamView* stream, FindBar* bar, OverviewStrip* strip);

  void next();
  void previous();
  void logChanged();
  // The first row of the list among [from, to) that has a match.
  std::optional<int> firstMatch(int from, int to) const;
  bool isSearching() const { return found_.isSearching(); }
  std::size_t rowsFound() const { return found_.size(); }

 private:
  void begin();
  void markRow();
  void markStream();
  std::size_t addStreamMatches(std::uint64_t row, std::vector<StreamMatch>& matches) const;
  void wait(int step);
  void go(std::uint64_t row, bool last);
  void step(int by);
  void tell();
  TrafficModel* model() const;

  TrafficTable* table_;
  HexView* hex_;
  StreamView* stream_;
  FindBar* bar_;
  OverviewStrip* strip_;
  FoundRows found_;
  QTimer streamSoon_;                        // between news and the marks in the conversation; only then
  std::vector<BytePattern::Match> matches_;  // of the current row
  std::optional<std::uint64_t> row_;         // the current one
  std::optional<std::size_t> current_;       // of matches_
  int pending_ = 0;       // a step, forward or back, that waits for the search to find a row
  bool wrapped_ = false;  // the last step went over an end
};

}  // namespace sockbench::ui
