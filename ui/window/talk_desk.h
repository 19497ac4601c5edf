// TalkDesk: makes of a session's talk, in whichever timeline it stands, what a person wants: a scenario, or a
// replay. The rows are read off the GUI thread. Thread: gui.
#pragma once

#include <QByteArray>
#include <QObject>

#include "core/automation/scenario/record.h"
#include "ui/panels/traffic/talk_menu.h"

class QWidget;

namespace sockbench::ui {

class EngineBridge;
class TrafficPanel;

class TalkDesk : public QObject {
  Q_OBJECT
 public:
  // `place`: over which a replay is arranged.
  TalkDesk(EngineBridge* bridge, QWidget* place);

  void serve(TrafficPanel* panel);  // what it wants from now on; what goes wrong is told there

 signals:
  void recorded(const QByteArray& text);  // of a scenario

 private:
  void take(const RecordedTalk& talk, TalkWanted::What what);

  EngineBridge* bridge_;
  QWidget* place_;
};

}  // namespace sockbench::ui
