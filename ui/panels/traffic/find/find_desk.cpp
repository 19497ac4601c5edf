#include "ui/panels/traffic/find/find_desk.h"

#include <QStringList>
#include <algorithm>
#include <chrono>
#include <utility>

#include "core/traffic/filter/pattern_filter.h"
#include "ui/models/format.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/find/find_bar.h"
#include "ui/panels/traffic/stream/stream_view.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/overview_strip.h"
#include "ui/widgets/traffic_table.h"

namespace sockbench::ui {
namespace {

constexpr std::chrono::milliseconds kStreamSoon{150};
constexpr std::size_t kMostEmpty = 10'000;  // matches of no byte that are passed over in one payload

// What can be marked: matches of at least a byte, from the beginning.
std::vector<BytePattern::Match> matchesIn(const BytePattern& pattern, ByteView bytes, std::size_t most) {
  std::vector<BytePattern::Match> matches;
  for (std::size_t from = 0, empty = 0; matches.size() < most && empty < kMostEmpty;) {
    const auto match = pattern.find(bytes, from);
    if (!match) break;
    from = match->offset + std::max<std::size_t>(match->length, 1);
    if (match->length > 0)
      matches.push_back(*match);
    else
      ++empty;
  }
  return matches;
}

}  // namespace

FindDesk::FindDesk(TrafficTable* table, HexView* hex, StreamView* stream, FindBar* bar, OverviewStrip* strip)
    : QObject(bar),
      table_(table),
      hex_(hex),
      stream_(stream),
      bar_(bar),
      strip_(strip),
      found_(table->trafficModel()->log(), this) {
  connect(bar_, &FindBar::patternChanged, this, &FindDesk::begin);
  connect(bar_, &FindBar::nextRequested, this, &FindDesk::next);
  connect(bar_, &FindBar::previousRequested, this, &FindDesk::previous);
  streamSoon_.setSingleShot(true);
  streamSoon_.setInterval(kStreamSoon);
  connect(&streamSoon_, &QTimer::timeout, this, &FindDesk::markStream);
  connect(&found_, &FoundRows::changed, this, &FindDesk::tell);
  connect(hex_, &HexView::bytesChanged, this, &FindDesk::markRow);  // the table's row is there then
  connect(model(), &TrafficModel::filterChanged, this, &FindDesk::begin);
  connect(model(), &TrafficModel::onlySessionChanged, this, &FindDesk::begin);
}

TrafficModel* FindDesk::model() const {
  return table_->trafficModel();
}

// What the timeline does not show is not looked through.
void FindDesk::begin() {
  const std::optional<BytePattern>& pattern = bar_->pattern();
  model()->setPattern(pattern);
  wrapped_ = false;
  pending_ = 0;
  if (!pattern) {
    found_.setFilter(nullptr);
  } else {
    const FilterPtr shown = Filter::both(Filter::ofSession(model()->onlySession()), model()->filter());
    found_.setFilter(Filter::both(shown, patternFilter(*pattern)));
  }
  markRow();
  tell();
}

void FindDesk::logChanged() {
  found_.dropBelow(model()->log().first());
  found_.logChanged();
}

void FindDesk::markRow() {
  matches_.clear();
  current_.reset();
  const std::optional<LogRow> row = table_->currentLogRow();
  row_ = row ? std::optional(row->number) : std::nullopt;
  const std::optional<BytePattern>& pattern = bar_->pattern();
  const bool bytes = row && (row->record.kind == RecordKind::in || row->record.kind == RecordKind::out);
  if (pattern && bytes) matches_ = matchesIn(*pattern, row->payload.bytes, kMostMarked);
  std::vector<HexHighlight> marks;
  for (const BytePattern::Match& match : matches_) {
    const auto first = static_cast<qsizetype>(match.offset);
    marks.push_back({first, first + static_cast<qsizetype>(match.length) - 1, HexMark::match});
  }
  hex_->setHighlights(std::move(marks), current_);
  tell();
}

// A payload's matches, at its place in its direction's stream. Answers how many bytes were looked through.
std::size_t FindDesk::addStreamMatches(std::uint64_t row, std::vector<StreamMatch>& matches) const {
  const auto piece = stream_->document()->conversation().pieceOfRow(row);
  if (!piece || !piece->isOfStream()) return 0;
  const std::optional<LogRow> read = model()->log().read(row);
  if (!read) return 0;
  const ByteView bytes = read->payload.bytes.first(std::min(read->payload.bytes.size(), kMostStreamBytes));
  for (const BytePattern::Match& match : matchesIn(*bar_->pattern(), bytes, kMostMarked - matches.size()))
    matches.push_back({piece->direction, piece->offset() + match.offset, match.length});
  return bytes.size();
}

void FindDesk::markStream() {
  std::vector<StreamMatch> matches;
  if (bar_->pattern() && stream_->document() != nullptr && found_.size() > 0) {
    const std::size_t at = row_ ? found_.countBelow(*row_) : 0;
    const std::size_t from = at > kMostStreamRows / 2 ? at - kMostStreamRows / 2 : 0;
    const std::size_t to = std::min(found_.size(), from + kMostStreamRows);
    std::size_t looked = 0;
    for (std::size_t i = from; i < to && looked < kMostStreamBytes && matches.size() < kMostMarked; ++i)
      looked += addStreamMatches(found_[i], matches);
    std::ranges::stable_sort(matches, [](const StreamMatch& a, const StreamMatch& b) {
      return std::pair(a.direction, a.offset) < std::pair(b.direction, b.offset);
    });
  }
  stream_->setMatches(std::move(matches));
}

void FindDesk::next() {
  if (!bar_->pattern()) return bar_->open();
  wrapped_ = false;
  if (current_ ? *current_ + 1 < matches_.size() : !matches_.empty()) return step(current_ ? 1 : 0);
  if (found_.size() == 0) return wait(1);
  std::size_t after = row_ ? found_.countBelow(*row_ + 1) : 0;
  wrapped_ = after == found_.size();
  go(found_[wrapped_ ? 0 : after], false);
}

void FindDesk::previous() {
  if (!bar_->pattern()) return bar_->open();
  wrapped_ = false;
  if (current_ && *current_ > 0) return step(-1);
  if (found_.size() == 0) return wait(-1);
  const std::size_t before = row_ ? found_.countBelow(*row_) : 0;
  wrapped_ = before == 0;
  go(found_[(wrapped_ ? found_.size() : before) - 1], true);
}

// The search has only begun: the step is taken with the first row that it finds.
void FindDesk::wait(int step) {
  pending_ = found_.isSearching() ? step : 0;
  tell();
}

void FindDesk::go(std::uint64_t row, bool last) {
  const bool wrapped = wrapped_;
  if (row_ != row) table_->showRow(row);
  markRow();
  wrapped_ = wrapped;
  if (matches_.empty()) return;
  current_ = last ? matches_.size() - 1 : 0;
  step(0);
}

void FindDesk::step(int by) {
  current_ = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(current_.value_or(0)) + by);
  const BytePattern::Match& match = matches_[*current_];
  const auto first = static_cast<qsizetype>(match.offset);
  hex_->select(first, first + static_cast<qsizetype>(match.length) - 1);
  hex_->setHighlights(hex_->highlights(), current_);
  markStream();
  const auto piece =
      stream_->document() != nullptr ? stream_->document()->conversation().pieceOfRow(*row_) : std::nullopt;
  if (piece && piece->isOfStream())
    stream_->showMatch({piece->direction, piece->offset() + match.offset, match.length});
  tell();
}

std::optional<int> FindDesk::firstMatch(int from, int to) const {
  const std::optional<std::uint64_t> first = model()->numberAt(from);
  const std::optional<std::uint64_t> last = model()->numberAt(to - 1);
  if (!first || !last) return std::nullopt;
  const std::size_t place = found_.countBelow(*first);
  if (place >= found_.size() || found_[place] > *last) return std::nullopt;
  const int row = model()->rowOf(found_[place]);
  return row < 0 ? std::nullopt : std::optional(row);
}

void FindDesk::tell() {
  found_.dropBelow(model()->log().first());
  strip_->update();
  if (!streamSoon_.isActive()) streamSoon_.start();
  if (!bar_->pattern()) return;
  QStringList parts;
  if (current_) parts.append(tr("match %1 of %2").arg(*current_ + 1).arg(matches_.size()));
  parts.append(tr("%1 row(s)", nullptr, pluralNumber(found_.size())).arg(formatCount(found_.size())));
  if (found_.isSearching()) parts.append(tr("searching\u2026"));
  if (wrapped_) parts.append(tr("from the other end"));
  bar_->setCount(parts.join(QStringLiteral(" \u00b7 ")));
  if (pending_ == 0 || found_.size() == 0) return;
  std::exchange(pending_, 0) > 0 ? next() : previous();
}

}  // namespace sockbench::ui
