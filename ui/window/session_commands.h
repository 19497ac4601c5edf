// SessionCommands: what the Session menu does to the session that is current in the tree; each action is on
// only where it means something. Thread: gui.
#pragma once

#include <QObject>

#include "core/engine/session_snapshot.h"
#include "ui/window/actions.h"

namespace sockbench::ui {

class EngineBridge;
class SessionTree;

class SessionCommands : public QObject {
  Q_OBJECT
 public:
  // Connects halfClose, close, reset and forgetClosed, and gives the tree a context menu of them.
  SessionCommands(EngineBridge* bridge, SessionTree* tree, const Actions& actions, QObject* parent);

 signals:
  void detailsRequested(sockbench::SessionId id);
  void optionsRequested(sockbench::SessionId id);
  void streamRequested(sockbench::SessionId id);

 private:
  void enableActions();
  void forgetClosed();
  void showMenu(const QPoint& place);

  EngineBridge* bridge_;
  SessionTree* tree_;
  Actions actions_;
};

// What can be done to a session as it stands.
bool canHalfClose(const SessionSnapshot& session);
bool canReset(const SessionSnapshot& session);

}  // namespace sockbench::ui
