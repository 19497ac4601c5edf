// ServerForm: what a listener is to be. Thread: gui.
#pragma once

#include <optional>

#include "ui/panels/session_form.h"

class QLabel;
class QSpinBox;

namespace sockbench::ui {

class ResponderBox;

class ServerForm : public SessionForm {
  Q_OBJECT
 public:
  explicit ServerForm(QWidget* parent = nullptr);

  std::optional<ListenSpec> read();  // nullopt: something is wrong, and it is shown
  void setSpec(const ListenSpec& spec);
  SessionRules rules() const;  // for the sessions to come
  // While a server listens, what it was started with cannot change; its rules can.
  void setListening(bool listening);

  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

 protected:
  bool isMoreDefault() const override;

 private:
  void showRules(const SessionRules& rules);
  bool hasReceiveBuffer() const;
  void refreshReach();
  void refreshFields();  // those that not every transport or responder has
  void describeFields();
  void placeFields();

  QSpinBox* backlog_;
  ResponderBox* responder_;
  QSpinBox* rate_;  // bytes a second
  QSpinBox* maxSessions_;
  QSpinBox* peerIdle_;       // seconds
  QSpinBox* receiveBuffer_;  // bytes
  QLabel* reach_;
  SessionRules base_;  // the rules that the form does not show
};

}  // namespace sockbench::ui
