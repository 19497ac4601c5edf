// AddressPage: what an IP address says by itself, live as one types: its forms, its purpose, its network over
// a ruler of bits, the networks that it splits into, the classes and the registries. It asks nobody. Thread:
// gui.
//
// Object names: "resolverAddressEdit", "resolverAddressNetworkEdit", "resolverAddressNetworkLabel",
// "resolverAddressMessage", "resolverAddressNetworkMessage", "resolverAddressTextLabel",
// "resolverAddressPackedLabel", "resolverAddressIntegerLabel", "resolverAddressRuler",
// "resolverAddressFactsTable", "resolverAddressSideTabs", "resolverAddressSplitter",
// "resolverAddressClassesTable", "resolverAddressRegistryTable", "resolverAddressRegistryEdit", and those of
// SubnetsView.
#pragma once

#include <optional>

#include "core/net/endpoint.h"
#include "core/resolve/address_facts.h"
#include "ui/panels/panel.h"

class QLabel;
class QLineEdit;
class QMenu;
class QSplitter;
class QTabWidget;

namespace sockbench::ui {

class AddressForms;
class BitRuler;
class GroupedRowsModel;
class InlineMessage;
class MarkedTable;
class RowsTable;
class SubnetsView;

class AddressPage : public Panel {
  Q_OBJECT
 public:
  explicit AddressPage(QWidget* parent = nullptr);

  void act() override { focusFirst(); }  // nothing waits to be done
  void cancel() override {}
  void focusFirst() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

  // As if `address` had been typed.
  void inspect(const QString& address);

 signals:
  // The address was chosen for the Client, or for a Server. The service is empty.
  void targetChosen(const sockbench::Endpoint& endpoint);
  void serveHereRequested(const sockbench::Endpoint& endpoint);

 private:
  void nameParts();
  void arrange();
  QWidget* makeContents();
  QWidget* makeViews();
  void connectParts();
  void read();
  void refresh();
  void showFacts();
  void showMembership();
  void markTables();
  void takePrefix(int prefix);
  void addActions(QMenu* menu);

  QLineEdit* edit_;
  QLineEdit* networkEdit_;
  QLabel* networkLabel_;
  InlineMessage* message_;
  InlineMessage* networkMessage_;
  AddressForms* forms_;
  BitRuler* ruler_;
  GroupedRowsModel* factRows_;
  RowsTable* facts_;
  SubnetsView* subnets_;
  MarkedTable* classes_;
  MarkedTable* registry_;
  QTabWidget* side_;
  QSplitter* splitter_;
  std::optional<AddressFacts> shown_;  // nullopt: nothing is typed, or no address
};

}  // namespace sockbench::ui
