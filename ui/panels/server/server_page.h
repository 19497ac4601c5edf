// ServerPage: one server: its form, its state, its connections, and a composer that writes to one, to the
// selected or to all of them. Thread: gui.
//
// Object names are those of ServerForm, ConnectionsView, Composer ("server") and "serverStartButton",
// "serverStopButton", "serverStateLabel", "serverTargetBox", "serverSendMessage".
#pragma once

#include <optional>

#include "ui/bridge/engine_bridge.h"
#include "ui/panels/session_page.h"

class QComboBox;
class QPushButton;

namespace sockbench::ui {

class AnswersTab;
class ConnectionsView;
class FilesTool;
class InlineMessage;
class MannersTool;
class SendPlanBar;
class ServerForm;
class SessionTools;
class StateBadge;

class ServerPage : public SessionPage {
  Q_OBJECT
 public:
  explicit ServerPage(EngineBridge* bridge, QWidget* parent = nullptr);

  void start(const ListenSpec& spec);        // fills the form and starts
  void setTarget(const Endpoint& endpoint);  // fills the form

  SessionId session() const override { return listener_; }
  Composer* composer() const override { return composer_; }
  bool owns(SessionId id) const override;
  bool isFresh() const override { return listeners_.isEmpty(); }
  bool isOpen() const override;
  void act() override;     // starts
  void cancel() override;  // stops a server that is not listening yet
  void focusFirst() override;
  void showSession(SessionId id) override;
  QList<SessionId> sessions() const override;
  void refreshFields() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;
  Title title() const override;
  Targets targets() const override;

 private:
  QWidget* buildStateLine();
  void buildComposer();
  void buildAnswers();
  void listen(const ListenSpec& spec);
  void stop();
  void onSessionsChanged(const QList<SessionSnapshot>& sessions);
  void onSendRefused(SessionId id, const Error& error);
  void take(const SessionSnapshot& session);  // of listener_, as it stands now
  void refresh();
  void refreshBadge();
  void refreshTargets();
  void send(const Bytes& message);
  void addTools();
  void refreshTools();
  SessionRules rules() const;  // of the form, and the manners that new sessions are to have
  const SessionSnapshot* addressed() const override;
  QList<SessionId> chosen() const;
  void showRefused(qsizetype asked, const QList<std::pair<SessionId, Error>>& refused);

  EngineBridge* bridge_;
  ServerForm* form_;
  QPushButton* start_;
  QPushButton* stop_;
  StateBadge* badge_;
  ConnectionsView* connections_;
  InlineMessage* sendMessage_;
  Composer* composer_;
  SendPlanBar* planBar_;
  SessionTools* tools_;
  FilesTool* files_;
  MannersTool* manners_;
  AnswersTab* answers_;
  QComboBox* target_;
  SessionId listener_;
  QList<SessionId> listeners_;  // every one that was started here
  SessionSnapshot snapshot_;    // of listener_
  QList<SessionId> named_;      // the connections that the target box names
  std::optional<Error> shown_;  // the error of listener_ that stands in the form
};

}  // namespace sockbench::ui
