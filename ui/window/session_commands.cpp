#include "ui/window/session_commands.h"

#include <QMenu>

#include "ui/bridge/engine_bridge.h"
#include "ui/window/session_tree.h"

namespace sockbench::ui {

bool canHalfClose(const SessionSnapshot& session) {
  const bool ourSideIsOpen = session.state == SessionState::connected ||
                             (session.state == SessionState::halfClosed && session.by == Party::peer);
  return ourSideIsOpen && !isDatagramTransport(session.transport);
}

bool canReset(const SessionSnapshot& session) {
  return session.isOpen() && session.role != SessionRole::listener;
}

SessionCommands::SessionCommands(EngineBridge* bridge, SessionTree* tree, const Actions& actions,
                                 QObject* parent)
    : QObject(parent), bridge_(bridge), tree_(tree), actions_(actions) {
  const auto onCurrent = [this](QAction* action, auto command) {
    connect(action, &QAction::triggered, this, [this, command] {
      if (const SessionId id = tree_->current()) command(id);
    });
  };
  onCurrent(actions_.halfClose, [bridge](SessionId id) { bridge->halfClose(id); });
  onCurrent(actions_.close, [bridge](SessionId id) { bridge->close(id); });
  onCurrent(actions_.reset, [bridge](SessionId id) { bridge->reset(id); });
  onCurrent(actions_.details, [this](SessionId id) { emit detailsRequested(id); });
  onCurrent(actions_.options, [this](SessionId id) { emit optionsRequested(id); });
  onCurrent(actions_.stream, [this](SessionId id) { emit streamRequested(id); });
  connect(actions_.forgetClosed, &QAction::triggered, this, &SessionCommands::forgetClosed);
  connect(tree_, &SessionTree::currentSessionChanged, this, &SessionCommands::enableActions);
  tree_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(tree_, &QWidget::customContextMenuRequested, this, &SessionCommands::showMenu);
  enableActions();
}

void SessionCommands::enableActions() {
  const SessionId id = tree_->current();
  const auto session = id ? bridge_->snapshot(id) : std::nullopt;
  actions_.halfClose->setEnabled(session && canHalfClose(*session));
  actions_.close->setEnabled(session && session->isOpen());
  actions_.reset->setEnabled(session && canReset(*session));
  actions_.details->setEnabled(session.has_value());
  actions_.options->setEnabled(session.has_value());
  actions_.stream->setEnabled(session.has_value());
}

void SessionCommands::forgetClosed() {
  const QList<SessionSnapshot> known = bridge_->snapshots();
  for (const SessionSnapshot& session : known) {
    if (!session.isOpen() && session.openChildren == 0) bridge_->forget(session.id);
  }
}

void SessionCommands::showMenu(const QPoint& place) {
  QMenu menu(tree_);
  menu.addActions({actions_.details, actions_.options, actions_.stream, actions_.onlySession});
  menu.addSeparator();
  menu.addActions({actions_.halfClose, actions_.close, actions_.reset});
  menu.addSeparator();
  menu.addAction(actions_.forgetClosed);
  menu.exec(tree_->viewport()->mapToGlobal(place));
}

}  // namespace sockbench::ui
