// ClientPage: one client: its form, its state, the conversation and a composer. Connecting again makes a new
// session on the same page. Thread: gui.
//
// Object names are those of ClientForm, Composer ("client") and "clientConnectButton", "clientCancelButton",
// "clientDisconnectButton", "clientHalfCloseButton", "clientResetButton", "clientStateLabel",
// "clientConversationTable".
#pragma once

#include <optional>

#include "core/traffic/traffic_log.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/panels/session_page.h"

class QPushButton;

namespace sockbench::ui {

class AnswersTab;
class ClientForm;
class EmptyHint;
class FilesTool;
class MannersTool;
class SendPlanBar;
class SessionTools;
class StateBadge;
class TrafficModel;
class TrafficTable;

class ClientPage : public SessionPage {
  Q_OBJECT
 public:
  explicit ClientPage(EngineBridge* bridge, QWidget* parent = nullptr);

  void start(const ConnectSpec& spec);           // fills the form and connects
  void setTarget(const Endpoint& endpoint);      // fills the form
  void setLocalAddress(const QString& address);  // likewise: where to connect from

  SessionId session() const override { return session_; }
  Composer* composer() const override { return composer_; }
  bool owns(SessionId id) const override { return sessions_.contains(id); }
  bool isFresh() const override { return sessions_.isEmpty(); }
  bool isOpen() const override { return snapshot_.isOpen(); }
  void act() override;     // connects
  void cancel() override;  // gives up a connection that is not there yet
  void focusFirst() override;
  void showSession(SessionId id) override;  // its conversation
  QList<SessionId> sessions() const override { return sessions_; }
  void refreshFields() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;
  Title title() const override;
  Targets targets() const override;

 signals:
  void rowActivated(const sockbench::LogRow& row);  // in the conversation

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QPushButton* makeButton(const QString& name, const QString& text, const QString& toolTip);
  void buildButtons();
  void buildConversation();
  void buildTools();
  QWidget* buildStateLine();
  void connectTo(const ConnectSpec& spec);
  void onSessionsChanged(const QList<SessionSnapshot>& sessions);
  void take(const SessionSnapshot& session);  // of session_, as it stands now
  void refresh();
  void refreshButtons();
  QString remark() const;
  QString whyNotSending() const;  // empty: it can be sent
  void send(const Bytes& message);
  const SessionSnapshot* addressed() const override { return session_ ? &snapshot_ : nullptr; }
  QList<SessionId> openSession() const;  // of the tools: the session, while it is open

  EngineBridge* bridge_;
  ClientForm* form_;
  StateBadge* badge_;
  TrafficModel* traffic_ = nullptr;  // made with the first session
  TrafficTable* conversation_;
  EmptyHint* hint_;
  Composer* composer_;
  SendPlanBar* planBar_;
  SessionTools* tools_;
  FilesTool* files_;
  MannersTool* manners_;
  AnswersTab* answers_;
  QPushButton* connect_;
  QPushButton* cancel_;
  QPushButton* disconnect_;
  QPushButton* halfClose_;
  QPushButton* reset_;
  SessionId session_;
  QList<SessionId> sessions_;   // every one that was made here
  SessionSnapshot snapshot_;    // of session_
  std::optional<Error> shown_;  // the error of session_ that stands in the form
};

}  // namespace sockbench::ui
