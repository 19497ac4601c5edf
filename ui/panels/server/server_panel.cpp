#include "ui/panels/server/server_panel.h"

#include "ui/panels/server/server_page.h"
#include "ui/widgets/help_page.h"

namespace sockbench::ui {

ServerPanel::ServerPanel(EngineBridge* bridge, QWidget* parent)
    : PagesPanel(bridge, QStringLiteral("server"), parent) {
  setHelpPage(this, QStringLiteral("server"));
  setNewPageText(tr("Another server"));
}

ServerPage* ServerPanel::openServer(const ListenSpec& spec) {
  auto* page = static_cast<ServerPage*>(freshPage());
  page->start(spec);
  return page;
}

void ServerPanel::setTarget(const Endpoint& endpoint) {
  static_cast<ServerPage*>(idlePage())->setTarget(endpoint);
}

SessionPage* ServerPanel::makePage() {
  return new ServerPage(bridge(), this);
}

}  // namespace sockbench::ui
