// SessionDiagram: the ladder of one session, drawn from its rows of the timeline while it goes on; an example
// while there is no session. Thread: gui.
//
// It reads the rows only while it is in sight, in pieces that do not hold up the window.
#pragma once

#include <QTimer>
#include <QWidget>

#include "core/engine/session_snapshot.h"
#include "ui/models/session_row_index.h"

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
  SessionId drawn() const { return own_.session(); }  // 0: the example

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void choose();
  void read();
  void draw();
  std::vector<LogRow> rowsOf(const SessionRowIndex& index) const;
  SessionId peerOf(const SessionSnapshot& session) const;

  EngineBridge* bridge_;
  QLabel* title_;
  LadderView* ladder_;
  SessionId session_;
  SessionRowIndex own_;
  SessionRowIndex peers_;
  QTimer again_;  // runs only while there is more to read
};

}  // namespace sockbench::ui
