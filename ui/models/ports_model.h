// PortsModel: the kernel's table of sockets as rows that stay where they are while the table is read again
// and again: a row that is still there keeps its selection, one that is new or gone says so. Thread: gui.
#pragma once

#include <QAbstractTableModel>
#include <cstdint>
#include <vector>

#include "ui/models/ports_filter.h"
#include "ui/models/ports_snapshot.h"

namespace sockbench::ui {

class PortsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column {
    Change,
    Protocol,
    State,
    Local,
    Peer,
    Process,
    Pid,
    User,
    Received,
    Sending,
    Service,
    Inode,
    kColumns
  };
  enum Role { ChangeRole = Qt::UserRole + 1, OursRole };  // int of PortRow::Change; bool: of this program

  // Which rows are shown, and in which order. Rows of equal rank stay in the kernel's order.
  struct View {
    PortsFilter filter;
    int column = -1;  // -1: the kernel's order
    Qt::SortOrder order = Qt::AscendingOrder;
    bool operator==(const View&) const = default;
  };
  using Rows = std::vector<const PortRow*>;

  // The rows of `snapshot` that `view` shows, in order. Thread: any.
  static Rows arrange(const PortsSnapshot& snapshot, const View& view);

  using QAbstractTableModel::QAbstractTableModel;

  const View& view() const { return view_; }
  void setFilter(const PortsFilter& filter);
  void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

  // `arranged`: arrange() of it with view(), worked out elsewhere. Answers the snapshot that was shown
  // before: to let go of thousands of rows takes its time, which another thread may have.
  PortsSnapshotPtr setSnapshot(const PortsSnapshotPtr& snapshot, Rows arranged);
  const PortsSnapshotPtr& snapshot() const { return snapshot_; }  // null: nothing has been read yet

  const PortRow* rowAt(int row) const;  // nullptr: no such row; valid until the next snapshot
  int rowOf(std::uint64_t key) const;   // -1: not shown

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  void show(Rows rows);
  void reorder(Rows rows);
  QString cellText(const PortRow& row, int column) const;

  PortsSnapshotPtr snapshot_;
  View view_;
  Rows rows_;  // of snapshot_; while show() is at work, also of the one before
};

}  // namespace sockbench::ui
