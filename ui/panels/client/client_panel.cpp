#include "ui/panels/client/client_panel.h"

#include "ui/panels/client/client_page.h"
#include "ui/widgets/help_page.h"

namespace sockbench::ui {

ClientPanel::ClientPanel(EngineBridge* bridge, QWidget* parent)
    : PagesPanel(bridge, QStringLiteral("client"), parent) {
  setHelpPage(this, QStringLiteral("client"));
  setNewPageText(tr("Another client"));
}

ClientPage* ClientPanel::openClient(const ConnectSpec& spec) {
  auto* page = static_cast<ClientPage*>(freshPage());
  page->start(spec);
  return page;
}

void ClientPanel::setTarget(const Endpoint& endpoint) {
  static_cast<ClientPage*>(idlePage())->setTarget(endpoint);
}

void ClientPanel::setLocalAddress(const QString& address) {
  static_cast<ClientPage*>(idlePage())->setLocalAddress(address);
}

SessionPage* ClientPanel::makePage() {
  auto* page = new ClientPage(bridge(), this);
  connect(page, &ClientPage::rowActivated, this, &ClientPanel::rowActivated);
  return page;
}

}  // namespace sockbench::ui
