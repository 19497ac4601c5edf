#include "ui/window/try_it.h"

#include <QPlainTextEdit>

#include "ui/bridge/engine_bridge.h"
#include "ui/panels/client/client_page.h"
#include "ui/panels/client/client_panel.h"
#include "ui/panels/server/server_page.h"
#include "ui/panels/server/server_panel.h"
#include "ui/widgets/composer.h"
#include "ui/window/panel_tabs.h"
#include "ui/window/visible_child.h"

namespace sockbench::ui {

TryIt::TryIt(EngineBridge* bridge, PanelTabs* panels, QObject* parent)
    : QObject(parent), bridge_(bridge), panels_(panels) {
  connect(bridge_, &EngineBridge::sessionsChanged, this, &TryIt::followUp);
}

void TryIt::start() {
  if (isUnderWay()) return;
  ListenSpec spec;
  spec.endpoint.host = "127.0.0.1";
  spec.endpoint.service = "0";
  spec.rules.responder = Responder::echo;
  spec.rules.endWord = kEndWord;
  panels_->setCurrentWidget(panels_->server());
  server_ = panels_->server()->openServer(spec)->session();
}

void TryIt::followUp(const QList<SessionSnapshot>& sessions) {
  for (const SessionSnapshot& session : sessions) {
    if (session.id == server_) {
      if (session.state == SessionState::listening) {
        connectClient(session.local);
      } else if (!session.isOpen()) {
        server_ = {};
      }
    } else if (session.id == client_) {
      if (session.state == SessionState::connected) {
        offerHello();
      } else if (!session.isOpen()) {
        client_ = {};
      }
    }
  }
}

void TryIt::connectClient(const SocketAddress& server) {
  server_ = {};
  ConnectSpec spec;
  spec.endpoint.host = "127.0.0.1";
  spec.endpoint.service = std::to_string(server.port());
  spec.rules.endWord = kEndWord;
  panels_->setCurrentWidget(panels_->client());
  client_ = panels_->client()->openClient(spec)->session();
}

void TryIt::offerHello() {
  client_ = {};
  if (auto* composer = visibleChild<Composer>(panels_, QStringLiteral("clientComposer"))) {
    composer->setMode(Composer::Mode::text);
    composer->setText(QStringLiteral("hello"));
  }
  if (auto* edit = visibleChild<QPlainTextEdit>(panels_, QStringLiteral("clientComposerEdit"))) {
    edit->moveCursor(QTextCursor::End);
    edit->setFocus();
  }
  emit ready();
}

}  // namespace sockbench::ui
