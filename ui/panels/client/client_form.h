// ClientForm: whom a client is to connect to, and how. Thread: gui.
#pragma once

#include <optional>

#include "ui/panels/session_form.h"

class QDoubleSpinBox;

namespace sockbench::ui {

class ClientForm : public SessionForm {
  Q_OBJECT
 public:
  explicit ClientForm(QWidget* parent = nullptr);

  std::optional<ConnectSpec> read();  // nullopt: something is wrong, and it is shown
  void setSpec(const ConnectSpec& spec);
  // Where connections are to come from: an IP address, any port. A UNIX transport gives way to TCP.
  void setLocalAddress(const QString& address);
  void setConnected(bool connected);  // locks the fields: they hold for the next connection

  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

 protected:
  QWidget* fieldOf(const Error& error) const override;
  bool isMoreDefault() const override;

 private:
  QLineEdit* bind_;
  QDoubleSpinBox* timeout_;
  SessionRules base_;  // the rules that the form does not show
};

// The local end as typed: "ADDRESS:PORT", "[ADDRESS]:PORT", "ADDRESS" (any port), ":PORT" (any address), or a
// path. Errors as Endpoint::fromParts.
Result<Endpoint> parseLocalEnd(Transport transport, const QString& text);
QString localEndText(const Endpoint& end);

}  // namespace sockbench::ui
