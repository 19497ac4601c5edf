// EndpointForm: the fields that name an endpoint (transport, host or path, port), with room behind them for a
// panel's own. The fields wrap where the width ends. For UNIX transports the path stands where the host stood
// and the port is hidden; each kind keeps what was typed. A whole endpoint ("tcp://host:80", or "host:80")
// pasted into the host fills the fields. Thread: gui.
//
// Object names are `prefix` + "TransportBox", "PortEdit", and "AddressBox" (an editable list, Side::listen)
// or "HostEdit" (Side::connect).
#pragma once

#include <QWidget>
#include <optional>

#include "core/net/endpoint.h"

class QComboBox;
class QLineEdit;

namespace sockbench::ui {

class FlowLayout;

class EndpointForm : public QWidget {
  Q_OBJECT
 public:
  enum class Side { listen, connect };
  enum class Field { transport, host, port };

  EndpointForm(Side side, const QString& prefix, QWidget* parent = nullptr);
  void addField(QWidget* field);  // behind the port

  Transport transport() const;
  QString host() const;  // or the path, as typed
  QString port() const;  // as typed; may be empty
  void setTransport(Transport transport);
  void setHost(const QString& hostOrPath);
  void setPort(const QString& port);
  void setEndpoint(const Endpoint& endpoint);

  // What the fields say. An empty port is 0 (any) on the listening side. Errors as Endpoint::fromParts and
  // parse.
  Result<Endpoint> endpoint() const;
  // The same, after a whole endpoint in the host has been spread over the fields; a wrong field is marked.
  Result<Endpoint> read();

  // Tints the field that `error` is about; with `takeCursor` the cursor goes there, the wrong part selected.
  void showError(const Error& error, bool takeCursor);
  void mark(Field field);  // tints only
  void clearMarks();
  void setLocked(bool locked, const QString& reason);
  void focusHost();
  QWidget* lastField() const;  // where the Tab key leaves these fields

 signals:
  void edited();  // by a person; marks are gone
  void transportChanged(sockbench::Transport transport);
  void submitted();  // Return in a field

 private:
  QWidget* makeHostField(const QString& prefix);
  QWidget* fieldWidget(Field field) const;
  void onTransportPicked();
  void onHostEdited(const QString& text);
  bool spreadWholeEndpoint();
  void applyKind(bool isUnix);

  Side side_;
  FlowLayout* flow_;
  QComboBox* transport_;
  QComboBox* addresses_ = nullptr;  // Side::listen
  QLineEdit* host_;
  QLineEdit* port_;
  bool isUnix_ = false;
  QString otherText_;  // of the kind that is not shown: the path while a host is, and the other way round
  qsizetype lastLength_ = 0;
};

// The name of a transport in the person's words: "UNIX datagram".
QString transportText(Transport transport);
// Which field an error of listening or connecting is about.
EndpointForm::Field fieldOfError(const Error& error, Transport transport);
// What of an endpoint a tab has room for: ":9000 tcp", "/run/demo.sock unix".
QString shortEndpointText(Transport transport, const QString& hostOrPath, const QString& port, bool withHost);

}  // namespace sockbench::ui
