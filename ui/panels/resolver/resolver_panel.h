// ResolverPanel: all that can be known of a name, an address, a service or this machine's interfaces, a page
// each. Thread: gui.
//
// Object names: "resolverPageTabs", and those of the pages.
#pragma once

#include "core/net/endpoint.h"
#include "ui/panels/panel.h"

namespace sockbench::ui {

class EngineBridge;
class InterfacesPage;
class PageBook;

class ResolverPanel : public Panel {
  Q_OBJECT
 public:
  explicit ResolverPanel(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  // Of the page in front.
  void act() override;
  void cancel() override;
  void focusFirst() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

  // Turns to the Address page, which tells what `address` says by itself.
  void inspect(const QString& address);

 signals:
  // An address was chosen for the Client, or for a Server. Its service is empty where none is known.
  void targetChosen(const sockbench::Endpoint& endpoint);
  void serveHereRequested(const sockbench::Endpoint& endpoint);
  void localAddressChosen(const QString& address);  // for the Client to connect from

 private:
  void addPages();
  InterfacesPage* makeInterfacesPage();

  EngineBridge* bridge_;
  PageBook* book_;
};

}  // namespace sockbench::ui
