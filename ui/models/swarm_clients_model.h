// SwarmClientsModel: the clients of a swarm as a table, read from its board when refresh() is called. It
// sorts and filters by itself: the order of ten thousand numbers is quickly found anew, a view's proxy is
// not. Thread: gui.
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <optional>
#include <vector>

#include "core/automation/many/client_swarm.h"

namespace sockbench::ui {

class SwarmClientsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column {
    Client,
    State,
    Reason,
    Session,
    Port,
    Connecting,
    Sent,
    Answered,
    Last,
    Slowest,
    In,
    Out,

    kColumns
  };
  enum Role { SessionIdRole = Qt::UserRole + 1, StateRole };  // uint; int of SwarmState

  explicit SwarmClientsModel(QObject* parent = nullptr);

  // nullptr: no rows. The swarm must stay until another is set.
  void setSwarm(const ClientSwarm* swarm);
  void refresh();
  // Only clients in this state; nullopt: all.
  void setOnly(std::optional<SwarmState> state);
  SessionId sessionAt(int row) const;  // 0: none, or no such row

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  void sort(int column, Qt::SortOrder order) override;  // column -1: as they were made

 private:
  using Numbers = std::vector<std::size_t>;
  Numbers orderNow() const;
  void follow(Numbers wanted);
  void removeOthers(const std::vector<bool>& stays);
  void arrange(Numbers wanted);
  QString cellText(std::size_t number, int column) const;
  QString reasonText(const SwarmClientStatus& client) const;

  const ClientSwarm* swarm_ = nullptr;
  std::vector<SwarmClientStatus> clients_;
  std::vector<SwarmError> errors_;
  Numbers shown_;  // clients by row
  std::optional<SwarmState> only_;
  int sortColumn_ = -1;
  Qt::SortOrder sortOrder_ = Qt::AscendingOrder;
};

// A state in words: "not begun", "connecting", ...
QString swarmStateText(SwarmState state);

}  // namespace sockbench::ui
