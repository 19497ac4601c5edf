// ServerPanel: any number of servers at once, each a page. Thread: gui.
#pragma once

#include "ui/panels/pages_panel.h"

namespace sockbench::ui {

class ServerPage;

class ServerPanel : public PagesPanel {
  Q_OBJECT
 public:
  explicit ServerPanel(EngineBridge* bridge, QWidget* parent = nullptr);

  ServerPage* openServer(const ListenSpec& spec);  // starts it on a page of its own and shows that
  void setTarget(
      const Endpoint& endpoint);  // fills the form of a page on which nothing listens, and shows it

 protected:
  SessionPage* makePage() override;
};

}  // namespace sockbench::ui
