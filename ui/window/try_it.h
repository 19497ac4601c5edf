// TryIt: the first minute: an echo server on a free loopback port, a client connected to it, and `hello` in
// its composer, so that Ctrl+Enter is the first echo. `exit` ends the chat. Thread: gui.
#pragma once

#include <QList>
#include <QObject>

#include "core/engine/session_snapshot.h"

namespace sockbench::ui {

class EngineBridge;
class PanelTabs;

class TryIt : public QObject {
  Q_OBJECT
 public:
  TryIt(EngineBridge* bridge, PanelTabs* panels, QObject* parent);

  // Does nothing while an earlier start is under way. A step that fails shows its error in its own panel, and
  // ends it.
  void start();
  bool isUnderWay() const { return server_ || client_; }

  static constexpr char kEndWord[] = "exit";

 signals:
  void ready();  // the client is connected and its composer waits

 private:
  void followUp(const QList<SessionSnapshot>& sessions);
  void connectClient(const SocketAddress& server);
  void offerHello();

  EngineBridge* bridge_;
  PanelTabs* panels_;
  SessionId server_;  // waited for; none once it listens
  SessionId client_;  // waited for; none once it is connected
};

}  // namespace sockbench::ui
