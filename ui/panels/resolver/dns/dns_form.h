// DnsForm: what is asked of name servers: a name, one or several types, the server and how to ask it.
// Thread: gui.
//
// Object names: "resolverDnsNameEdit", "resolverDnsTypesButton" with actions "resolverDnsType_A" and so on in
// "resolverDnsTypesMenu", "resolverDnsTypeEdit", "resolverDnsServerEdit", "resolverDnsTcpBox",
// "resolverDnsRecursionBox", "resolverDnsTimeoutSpin", "resolverDnsRetriesSpin", "resolverDnsEdnsSpin",
// "resolverDnsAskButton", "resolverDnsCancelButton".
#pragma once

#include <QList>
#include <QWidget>

#include "core/resolve/dns_client.h"

class QAction;
class QCheckBox;
class QDoubleSpinBox;
class QLineEdit;
class QPushButton;
class QSettings;
class QSpinBox;

namespace sockbench::ui {

class DnsForm : public QWidget {
  Q_OBJECT
 public:
  explicit DnsForm(QWidget* parent = nullptr);

  // A question a type. An address asks for the PTR record of its reverse name, whatever types are chosen. The
  // field that is to blame for an error is marked, and has the focus.
  Result<QList<DnsQuery>> queries();
  // What is wrong with the name, as the client found it.
  void blameName(const Error& error);
  // The address that was typed in place of a name; empty: a name was.
  static QString reverseNameOf(const QString& typed);

  void setName(const QString& name);
  void setBusy(bool busy);
  QLineEdit* nameEdit() const { return name_; }
  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void askRequested();
  void cancelRequested();
  void edited();

 private:
  void build();
  void arrange();
  void fillTypes();
  void showTypes();
  void showSystemServers();
  void clearMarks();
  QStringList chosenTypes() const;
  Result<QList<std::uint16_t>> types();
  Result<std::optional<SocketAddress>> server();

  QLineEdit* name_;
  QPushButton* typesButton_;
  QList<QAction*> types_;
  QLineEdit* otherType_;
  QLineEdit* server_;
  QCheckBox* tcp_;
  QCheckBox* recursion_;
  QDoubleSpinBox* timeout_;
  QSpinBox* retries_;
  QSpinBox* edns_;
  QPushButton* ask_;
  QPushButton* cancel_;
};

}  // namespace sockbench::ui
