// PanelTabs: the panels of the window, and the one place where a panel is registered and tied to the others.
// Thread: gui.
#pragma once

#include <QTabWidget>
#include <functional>

#include "core/base/ids.h"
#include "core/workspace/send_history.h"

class QSettings;

namespace sockbench::ui {

class CallsPanel;
class ClientPanel;
class EngineBridge;
class ManyPanel;
class Panel;
class PortsPanel;
class ResolverPanel;
class ScenarioPanel;
class ServerPanel;
class SessionPage;

class PanelTabs : public QTabWidget {
  Q_OBJECT
 public:
  explicit PanelTabs(EngineBridge* bridge, QWidget* parent = nullptr);

  ResolverPanel* resolver() const { return resolver_; }
  ServerPanel* server() const { return server_; }
  ClientPanel* client() const { return client_; }
  ScenarioPanel* scenario() const { return scenario_; }

  Panel* current() const;
  SessionPage* currentPage() const;  // nullptr: the panel in front has none
  void show(Panel* panel);           // brings it to the front and puts the cursor where a person starts
  void showSession(SessionId id);    // in the panel that it belongs to; unknown ids change nothing

  // What the fields of messages stand for; refreshFields(): that has changed.
  void setFieldSource(const std::function<FieldValues()>& source);
  void refreshFields();
  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 public slots:
  void openScenario(const QString& path);    // a file, in the Scenario panel; it runs nothing
  void newScenario(const QByteArray& text);  // likewise, on a page that is not saved

 signals:
  void sessionSelected(sockbench::SessionId id);  // a person picked it in one of the panels
  void detailsRequested(sockbench::SessionId id);
  void optionsRequested(sockbench::SessionId id);
  void sentByHand(const sockbench::SentMessage& sent);
  void saveRequested(const sockbench::MessageSpec& message);  // what stands in a composer

 private:
  template <class Kind>
  Kind* add(Kind* panel, const char* name, const QString& title);
  void tieTogether();

  EngineBridge* bridge_;
  ResolverPanel* resolver_;
  ServerPanel* server_;
  ClientPanel* client_;
  ManyPanel* many_;
  CallsPanel* calls_;
  PortsPanel* ports_;
  ScenarioPanel* scenario_;
};

}  // namespace sockbench::ui
