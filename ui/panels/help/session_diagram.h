// SessionDiagram: the ladder of one session, drawn from its rows of the timeline while it goes on; an example
// while there is no session. Thread: gui.
//
// It looks for the rows only while it is in sight.
#pragma once

#include <QWidget>

#include "core/engine/session_snapshot.h"
#include "ui/models/found_rows.h"

class QLabel;

namespace sockbench::ui {

class EngineBridge;
class LadderView;

class SessionDiagram : public QWidget {
  Q_OBJECT
 public:
  explicit SessionDiagram(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  // Of a listener its newest session is drawn. Id 0: the example.
  void setSession(SessionId session);
  SessionId drawn() const { return own_.session; }  // 0: the example

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  struct Side {
    SessionId session;
    FoundRows rows;
    SessionId searched{};  // whose these are
  };
  void choose();
  void read();
  void read(Side& side);
  void draw();
  std::vector<LogRow> rowsOf(const Side& side) const;
  SessionId peerOf(const SessionSnapshot& session) const;

  EngineBridge* bridge_;
  QLabel* title_;
  LadderView* ladder_;
  SessionId session_;
  Side own_;
  Side peers_;
};

}  // namespace sockbench::ui
