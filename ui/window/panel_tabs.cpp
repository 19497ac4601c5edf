#include "ui/window/panel_tabs.h"

#include <QSettings>
#include <algorithm>

#include "ui/bridge/engine_bridge.h"
#include "ui/panels/calls/calls_panel.h"
#include "ui/panels/capabilities/capabilities_panel.h"
#include "ui/panels/client/client_panel.h"
#include "ui/panels/many/many_panel.h"
#include "ui/panels/panel.h"
#include "ui/panels/ports/ports_panel.h"
#include "ui/panels/resolver/resolver_panel.h"
#include "ui/panels/scenario/scenario_panel.h"
#include "ui/panels/server/server_panel.h"
#include "ui/panels/session_page.h"

namespace sockbench::ui {

PanelTabs::PanelTabs(EngineBridge* bridge, QWidget* parent) : QTabWidget(parent), bridge_(bridge) {
  setObjectName(QStringLiteral("panelTabs"));
  setAccessibleName(tr("Panels"));
  setDocumentMode(true);
  // The panels, in the order of their tabs and keys (Ctrl+1...). A new one is added here.
  resolver_ = add(new ResolverPanel(bridge, this), "resolver", tr("Resolver"));
  server_ = add(new ServerPanel(bridge, this), "server", tr("Server"));
  client_ = add(new ClientPanel(bridge, this), "client", tr("Client"));
  calls_ = add(new CallsPanel(bridge, this), "calls", tr("Calls"));
  ports_ = add(new PortsPanel(bridge, this), "ports", tr("Ports"));
  add(new CapabilitiesPanel(this), "capabilities", tr("Capabilities"));
  many_ = add(new ManyPanel(bridge, this), "many", tr("Many"));
  scenario_ = add(new ScenarioPanel(bridge, this), "scenario", tr("Scenario"));
  tieTogether();
}

template <class Kind>
Kind* PanelTabs::add(Kind* panel, const char* name, const QString& title) {
  panel->setObjectName(QString::fromLatin1(name) + QStringLiteral("Panel"));
  addTab(panel, title);
  return panel;
}

void PanelTabs::tieTogether() {
  connect(resolver_, &ResolverPanel::targetChosen, this, [this](const Endpoint& endpoint) {
    client_->setTarget(endpoint);
    show(client_);
  });
  connect(resolver_, &ResolverPanel::localAddressChosen, this, [this](const QString& address) {
    client_->setLocalAddress(address);
    show(client_);
  });
  connect(resolver_, &ResolverPanel::serveHereRequested, this, [this](const Endpoint& endpoint) {
    server_->setTarget(endpoint);
    show(server_);
  });
  // A panel that comes to the front brings the session of its page with it.
  connect(this, &QTabWidget::currentChanged, this, [this] {
    const auto pages = currentWidget()->findChildren<SessionPage*>();
    const auto front = std::ranges::find_if(pages, &SessionPage::isVisible);
    if (front != pages.end() && (*front)->session()) emit sessionSelected((*front)->session());
  });
  connect(server_, &ServerPanel::sessionSelected, this, &PanelTabs::sessionSelected);
  connect(client_, &ClientPanel::sessionSelected, this, &PanelTabs::sessionSelected);
  connect(server_, &ServerPanel::detailsRequested, this, &PanelTabs::detailsRequested);
  connect(server_, &ServerPanel::optionsRequested, this, &PanelTabs::optionsRequested);
  connect(many_, &ManyPanel::sessionSelected, this, &PanelTabs::sessionSelected);
  for (PagesPanel* panel : {static_cast<PagesPanel*>(server_), static_cast<PagesPanel*>(client_)}) {
    connect(panel, &PagesPanel::sentByHand, this, &PanelTabs::sentByHand);
    connect(panel, &PagesPanel::saveRequested, this, &PanelTabs::saveRequested);
  }
  connect(calls_, &CallsPanel::sessionSelected, this, &PanelTabs::sessionSelected);
  connect(ports_, &PortsPanel::targetChosen, this, [this](const Endpoint& endpoint) {
    client_->setTarget(endpoint);
    show(client_);
  });
  connect(ports_, &PortsPanel::inspectRequested, this, [this](const QString& address) {
    setCurrentWidget(resolver_);
    resolver_->inspect(address);
  });
  connect(ports_, &PortsPanel::sessionChosen, this, [this](SessionId id) {
    showSession(id);
    emit sessionSelected(id);
  });
}

void PanelTabs::setFieldSource(const std::function<FieldValues()>& source) {
  server_->setFieldSource(source);
  client_->setFieldSource(source);
}

void PanelTabs::refreshFields() {
  server_->refreshFields();
  client_->refreshFields();
}

Panel* PanelTabs::current() const {
  return qobject_cast<Panel*>(currentWidget());
}

SessionPage* PanelTabs::currentPage() const {
  const auto* panel = qobject_cast<PagesPanel*>(currentWidget());
  return panel ? panel->currentPage() : nullptr;
}

void PanelTabs::show(Panel* panel) {
  setCurrentWidget(panel);
  panel->focusFirst();
}

void PanelTabs::showSession(SessionId id) {
  const auto session = bridge_->snapshot(id);
  if (!session) return;
  if (session->role == SessionRole::client && session->parent) {
    setCurrentWidget(many_);
  } else if (session->role == SessionRole::client) {
    setCurrentWidget(client_);
    client_->showSession(id);
  } else {
    setCurrentWidget(server_);
    server_->showSession(id);
  }
}

void PanelTabs::openScenario(const QString& path) {
  scenario_->openScenario(path);
  setCurrentWidget(scenario_);
}

void PanelTabs::newScenario(const QByteArray& text) {
  scenario_->newScenario(text);
  setCurrentWidget(scenario_);
}

void PanelTabs::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("panel"), currentWidget()->objectName());
  for (int i = 0; i < count(); ++i) {
    settings.beginGroup(widget(i)->objectName());
    settings.remove(QString());
    if (const auto* panel = qobject_cast<const Panel*>(widget(i))) panel->saveState(settings);
    settings.endGroup();
  }
}

void PanelTabs::restoreState(QSettings& settings) {
  const QString front = settings.value(QStringLiteral("panel")).toString();
  for (int i = 0; i < count(); ++i) {
    settings.beginGroup(widget(i)->objectName());
    if (auto* panel = qobject_cast<Panel*>(widget(i))) panel->restoreState(settings);
    settings.endGroup();
    if (widget(i)->objectName() == front) setCurrentIndex(i);
  }
}

}  // namespace sockbench::ui
