// AddressRace: connects to many addresses at once and looks how long each takes until it is connected and
// until its first byte. Every attempt is a session of the engine, so that the one timeline tells it. When it
// is over its session is closed and, once closed, forgotten; its rows stay. Thread: gui.
#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <chrono>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "ui/bridge/core_types.h"
#include "ui/panels/resolver/race/race_entry.h"

namespace sockbench::ui {

class EngineBridge;

class AddressRace : public QObject {
  Q_OBJECT
 public:
  static constexpr int kAtOnce = 64;  // sockets, those that are being closed among them; the rest waits

  struct Rules {
    Bytes send{};                           // as soon as it is connected; empty: nothing
    std::chrono::milliseconds limit{3000};  // to be connected, and then to send the first byte
  };

  explicit AddressRace(EngineBridge* bridge, QObject* parent = nullptr);  // the bridge outlives it
  ~AddressRace() override;                                                // closes what is open

  void start(std::vector<RaceEntry> entries, Rules rules);  // instead of one under way
  void cancel();  // closes all that is open, at once; what has not ended is cancelled
  bool isRunning() const { return over_ < entries_.size(); }

  const std::vector<RaceEntry>& entries() const { return entries_; }
  std::size_t over() const { return over_; }
  std::chrono::nanoseconds elapsed() const;  // since the beginning of the race; 0: there was none

 signals:
  void entryChanged(int entry);
  void finished();  // all are over

 private:
  void fill();
  void begin(int entry);
  void look(const SessionSnapshot& session);
  void lookAtOpen();  // bytes come without news of the session
  void sendFirst(RaceEntry& entry);
  void waitForByte(SessionId id);
  void end(int entry, RaceEntry::Stage stage);
  void leave(SessionId id, bool atOnce);
  void closed(SessionId id);

  EngineBridge* bridge_;
  Rules rules_;
  std::vector<RaceEntry> entries_;
  std::size_t next_ = 0;  // the first that waits
  std::size_t over_ = 0;
  WallNanos began_ = 0;
  QHash<quint32, int> open_;  // sessions that are looked at, with their entries
  QSet<quint32> closing_;     // sessions that are to be forgotten
};

}  // namespace sockbench::ui
