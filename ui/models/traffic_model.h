// TrafficModel: the rows of a TrafficLog as a table, all of them or those of one session. Thread: gui.
//
// It copies nothing: a row is read from the log when it is painted (a few hundred are remembered, without
// their payload). Call refresh() when the log has changed; it costs the same at ten rows and at ten million.
// The rows of one session are searched in slices of kSlice, so that the window stays usable over a log of any
// length. Idle, it runs no timer.
#pragma once

#include <QAbstractTableModel>
#include <QCache>
#include <QElapsedTimer>
#include <QTimer>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/traffic/traffic_log.h"
#include "ui/models/session_row_index.h"

namespace sockbench::ui {

class TrafficModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { No, Time, Delta, Session, Direction, Peer, Length, Preview, kColumns };
  enum Role { RowKindRole = Qt::UserRole + 1, SessionRole, NumberRole };  // RowKind, uint, qulonglong
  enum class RowKind { received, sent, event, error, evicted };
  Q_ENUM(RowKind)

  static constexpr std::chrono::microseconds kSlice{3000};

  explicit TrafficModel(TrafficLog& log, QObject* parent = nullptr);  // holds the log
  TrafficLog& log() const { return *log_; }

  // Only the rows of this session (of a listener: and of its sessions); id 0: all rows.
  void setOnlySession(SessionId id);
  SessionId onlySession() const { return index_.session(); }

  // Frozen, it keeps showing what stood at that moment (what memory cannot hold still goes) and counts what
  // is new.
  void freeze(bool frozen);
  bool isFrozen() const { return frozen_; }
  std::uint64_t newRows() const;                           // rows that came since; 0 unless frozen
  bool isSearching() const { return slices_.isActive(); }  // the rows of one session are still being found

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
  void countsChanged();  // rowCount(), newRows() or isSearching()
  void frozenChanged(bool frozen);
  void onlySessionChanged(sockbench::SessionId id);

 private:
  struct Shown {  // what a row's cells show
    Record record;
    RowKind kind = RowKind::event;
    QString peer;
    QString preview;
  };

  bool filtering() const { return static_cast<bool>(index_.session()); }
  int count() const { return static_cast<int>(filtering() ? shown_ : top_ - base_); }
  std::uint64_t limit() const;
  bool removeGone();
  bool appendNew();
  void searchOn();
  const Shown* shown(int row) const;
  QString cellText(const Shown& shown, int row, int column) const;
  QString deltaText(const Shown& shown, int row) const;
  QString accessibleText(int row, int column) const;
  QString toolTip(int row) const;

  std::shared_ptr<TrafficLog> log_;
  std::uint64_t base_ = 0;  // all rows: [base_, top_) are shown
  std::uint64_t top_ = 0;
  SessionRowIndex index_;  // one session: the first shown_ of these
  std::size_t shown_ = 0;
  bool frozen_ = false;
  std::uint64_t frozenEnd_ = 0;
  QTimer slices_;
  QElapsedTimer sinceAppended_;  // rows found are shown a batch at a time
  mutable QCache<std::uint64_t, Shown> cache_;
};

}  // namespace sockbench::ui
