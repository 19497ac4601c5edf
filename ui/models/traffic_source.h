// TrafficSource: whose timeline a TrafficPanel shows: that of the engine, or that of a file. Thread: gui.
#pragma once

#include <QObject>
#include <QString>

#include "core/traffic/traffic_log.h"

namespace sockbench::ui {

class EngineBridge;

class TrafficSource : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  virtual TrafficLog& log() const = 0;
  // A session in words: "tcp  127.0.0.1:12345". Empty: nothing is known of it.
  virtual QString sessionName(SessionId id) const = 0;
  virtual void clear() = 0;  // forgets every row so far, and trafficChanged()
  // Where the sessions live; nullptr: nowhere, they are only told of (a file). What can be asked of or done
  // to a session hides itself without it.
  virtual EngineBridge* bridge() const { return nullptr; }

 signals:
  void trafficChanged();   // rows came or went: log().first() and log().end() tell which are there
  void sessionsChanged();  // what sessionName() says
};

// The engine's. The bridge outlives it.
class LiveTraffic final : public TrafficSource {
  Q_OBJECT
 public:
  explicit LiveTraffic(EngineBridge* bridge, QObject* parent = nullptr);
  TrafficLog& log() const override;
  QString sessionName(SessionId id) const override;
  void clear() override;
  EngineBridge* bridge() const override { return bridge_; }

 private:
  EngineBridge* bridge_;
};

}  // namespace sockbench::ui
