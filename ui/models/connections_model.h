// ConnectionsModel: the sessions of a listener, or of several, as a table, with what the kernel says of them.
// Thread: gui.
//
// States come with the engine's news. While it is active (somebody looks) and a session is open, a tick a
// second reads the counters, works out the rates and asks for TCP_INFO of the sessions that moved or of which
// the kernel still waits for the peer; four a second while a queue drains in a table of ordinary length. Else
// no timer runs.
#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QPointer>
#include <QTimer>
#include <chrono>
#include <vector>

#include "core/engine/session_snapshot.h"

namespace sockbench::ui {

class EngineBridge;

class ConnectionsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column {
    State,
    Peer,
    Descriptor,
    KernelState,
    Queue,     // bytes that wait here to be sent
    InKernel,  // bytes that the kernel has and the peer has not confirmed (TCP)
    RoundTrip,
    Retransmits,
    In,
    Out,
    InRate,
    OutRate,
    Age,
    kColumns
  };
  enum Role { SessionIdRole = Qt::UserRole + 1, StateRole };  // uint, int of SessionState

  static constexpr std::chrono::milliseconds kTick{1000};
  static constexpr std::chrono::milliseconds kDrainingTick{250};

  explicit ConnectionsModel(QObject* parent = nullptr);
  void follow(EngineBridge& bridge);

  void setListener(SessionId id);  // this one only; 0: none, no rows
  void addListener(SessionId id);  // this one too: the sessions of one that has ended outlive it
  SessionId listener() const { return listeners_.isEmpty() ? SessionId{} : listeners_.last(); }
  void setActive(bool active);  // whether somebody looks at it
  bool isTicking() const { return ticks_.isActive(); }

  SessionId sessionAt(int row) const;                // 0: no such row
  int rowOf(SessionId id) const;                     // -1: not here
  const SessionSnapshot* snapshotAt(int row) const;  // nullptr: no such row; valid until the next change

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 public slots:
  void update(const QList<sockbench::SessionSnapshot>& sessions);
  void remove(const QList<sockbench::SessionId>& ids);
  // The counters as they stand at `now`; the tick does it with the engine's own.
  void measure(const QList<sockbench::SessionSnapshot>& sessions, sockbench::WallNanos now);

 private:
  struct Row {
    SessionSnapshot session;
    WallNanos measured = 0;  // when bytesIn and bytesOut below were read; 0: not yet
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
    double inRate = 0;  // bytes a second
    double outRate = 0;
    bool moved = true;  // since TCP_INFO was last asked for
  };

  void tick();
  void askForSamples();
  void updateTicks();
  bool isDraining() const;
  void reload();
  void insertRows(const QList<SessionSnapshot>& fresh);
  std::vector<Row>::iterator placeFor(SessionId id);
  QString cellText(const Row& row, int column) const;

  QPointer<EngineBridge> bridge_;
  QList<SessionId> listeners_;
  bool active_ = false;
  std::vector<Row> rows_;  // by id
  std::size_t sampleFrom_ = 0;
  WallNanos now_ = 0;  // of the last tick
  QTimer ticks_;
};

}  // namespace sockbench::ui
