// TrafficModel: the rows of a TrafficLog as a table, all of them or those that pass a filter. Thread: gui.
//
// It copies nothing: a row is read from the log when it is painted (a few hundred are remembered, without
// their payload). Call refresh() when the log has changed; it costs the same at ten rows and at ten million.
// The rows that pass a filter are found by another thread (FoundRows): the window stays usable over a log of
// any length. Idle, it runs no timer.
#pragma once

#include <QAbstractTableModel>
#include <QCache>
#include <QColor>
#include <QList>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "core/payload/byte_pattern.h"
#include "core/traffic/filter/filter.h"
#include "core/traffic/traffic_log.h"
#include "ui/models/found_rows.h"

namespace sockbench::ui {

// Characters of a preview, first and count of each.
using MatchRanges = QList<std::pair<int, int>>;

class TrafficModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { No, Time, Delta, Session, Direction, Peer, Length, Preview, kColumns };
  // RowKind, uint, qulonglong; of the Preview column: its matches (MatchRanges) and its comment (QString,
  // safe to show, empty without); bool: the row is marked.
  enum Role { RowKindRole = Qt::UserRole + 1, SessionRole, NumberRole, MatchesRole, CommentRole, MarkedRole };
  enum class RowKind { received, sent, event, error, evicted };
  Q_ENUM(RowKind)

  // A table view counts pixels in int: of more rows the newest are shown.
  static constexpr std::uint64_t kMostRows = 50'000'000;

  explicit TrafficModel(TrafficLog& log, QObject* parent = nullptr);  // holds the log
  TrafficLog& log() const { return *log_; }

  // Only the rows that pass; nullptr: all rows. The model is reset, and they are searched for from the
  // beginning.
  void setFilter(FilterPtr filter);
  const FilterPtr& filter() const { return filter_; }
  // Only the rows of this session (of a listener: and of its sessions), and of these those that pass the
  // filter; id 0: all sessions.
  void setOnlySession(SessionId id);
  SessionId onlySession() const { return onlySession_; }
  bool isFiltering() const { return found_.filter() != nullptr; }  // by either

  // Frozen, it keeps showing what stood at that moment (what memory cannot hold still goes) and counts what
  // is new.
  void freeze(bool frozen);
  bool isFrozen() const { return frozen_; }
  std::uint64_t newRows() const;  // rows that came since; 0 unless frozen
  // Rows that pass are still being found; rows of the log that are not looked through yet.
  bool isSearching() const { return found_.isSearching(); }
  std::uint64_t rowsToSearch() const;

  // Which colour is behind a row; an invalid one: none. Asked for rows that are painted, by number, once. Set
  // it anew when its answers change.
  using RowColor = std::function<QColor(std::uint64_t number)>;
  void setRowColor(RowColor color);

  // What is marked in previews; nullopt: nothing.
  void setPattern(std::optional<BytePattern> pattern);
  // Marks, comments or the time reference of the log's rows have changed. With a filter that asks for them
  // its rows are searched for anew.
  void noteChanges();

  // nullopt: there is no such row, or it has been evicted.
  std::optional<LogRow> rowAt(int row) const;
  std::optional<std::uint64_t> numberAt(int row) const;
  int rowOf(std::uint64_t number) const;  // -1: not shown

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 public slots:
  void refresh();

 signals:
  void countsChanged();  // rowCount(), newRows(), isSearching() or rowsToSearch()
  void frozenChanged(bool frozen);
  void onlySessionChanged(sockbench::SessionId id);
  void filterChanged();

 private:
  struct Shown {  // what a row's cells show
    Record record;
    RowKind kind = RowKind::event;
    QString peer;
    QString preview;
    MatchRanges matches;
    QString comment;
    bool marked = false;
    QColor color;
  };

  int count() const { return static_cast<int>(isFiltering() ? shown_ : top_ - base_); }
  void searchAnew();
  void update();
  std::uint64_t limit() const;
  std::uint64_t firstShown() const;
  void removeGone();
  void appendNew();
  const Shown* shown(int row) const;
  QString cellText(const Shown& shown, int row, int column) const;
  QString deltaText(const Shown& shown, int row) const;
  QString timeText(const Shown& shown) const;
  void repaintAll();
  QString accessibleText(int row, int column) const;
  QString toolTip(int row) const;

  std::shared_ptr<TrafficLog> log_;
  std::uint64_t base_ = 0;  // all rows: [base_, top_) are shown
  std::uint64_t top_ = 0;
  FilterPtr filter_;
  SessionId onlySession_;
  FoundRows found_;  // filtering: the first shown_ of these
  std::size_t shown_ = 0;
  bool frozen_ = false;
  std::uint64_t frozenEnd_ = 0;
  RowColor rowColor_;
  std::optional<BytePattern> pattern_;
  struct Reference {
    std::uint64_t row = 0;
    WallNanos time = 0;
  };
  std::optional<Reference> reference_;  // from which times are counted
  mutable QCache<std::uint64_t, Shown> cache_;
};

}  // namespace sockbench::ui
