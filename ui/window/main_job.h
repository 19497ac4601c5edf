// MainJob: what Sockbench is for, as the steps of a tour: resolve localhost, start a server, connect a
// client, talk, and end the talk with `exit`. Each step is done to the window's widgets and proved by the
// engine and the timeline. Thread: gui.
#pragma once

#include <QObject>
#include <vector>

#include "core/engine/session_snapshot.h"
#include "core/traffic/traffic_log.h"
#include "ui/window/tour.h"
#include "ui/window/tour_hands.h"

namespace sockbench::ui {

class EngineBridge;

class MainJob : public QObject {
  Q_OBJECT
 public:
  // Both outlive it.
  MainJob(EngineBridge* bridge, QWidget* window, QObject* parent = nullptr);

  std::vector<TourStep> steps();
  QString timeline() const;  // the rows of the window's timeline, as text, a line each

 private:
  TourStep resolve();
  TourStep serve();
  TourStep connectClient();
  TourStep say(bool client, const QString& text, const QString& caption);
  TourStep endWithExit();
  TourStep lookAtTimeline();

  void setEndWord(const QString& side) const;
  void write(bool client, const QString& text) const;
  bool chatIsReady();
  bool wentAcross(SessionId from, SessionId to, std::string_view line) const;
  bool isRecorded(SessionId id, RecordKind kind) const;
  bool isClosed(SessionId id) const;
  std::vector<LogRow> rows() const;

  EngineBridge* bridge_;
  TourHands hands_;
  SessionId listener_;
  SessionId client_;
  SessionId accepted_;
};

}  // namespace sockbench::ui
