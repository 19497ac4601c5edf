// ClientPanel: any number of clients at once, each a page. Thread: gui.
#pragma once

#include "core/traffic/traffic_log.h"
#include "ui/panels/pages_panel.h"

namespace sockbench::ui {

class ClientPage;

class ClientPanel : public PagesPanel {
  Q_OBJECT
 public:
  explicit ClientPanel(EngineBridge* bridge, QWidget* parent = nullptr);

  ClientPage* openClient(const ConnectSpec& spec);  // connects on a page of its own and shows that
  void setTarget(const Endpoint& endpoint);  // fills the form of a page that is not connected, and shows it
  void setLocalAddress(const QString& address);  // likewise: where to connect from

 signals:
  void rowActivated(const sockbench::LogRow& row);  // in a conversation

 protected:
  SessionPage* makePage() override;
};

}  // namespace sockbench::ui
