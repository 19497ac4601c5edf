// SubnetsView: a network split into parts of a longer prefix, however many they are. Thread: gui.
// Object names: "resolverAddressSubnetSpin", "resolverAddressSubnetGoEdit", "resolverAddressSubnetLabel",
// "resolverAddressSubnetsTable".
#pragma once

#include <QWidget>

#include "core/resolve/address_facts.h"

class QLabel;
class QLineEdit;
class QSettings;
class QSpinBox;
class QTableView;

namespace sockbench::ui {

class SubnetsModel;

class SubnetsView : public QWidget {
  Q_OBJECT
 public:
  explicit SubnetsView(QWidget* parent = nullptr);

  // nullptr, or facts without a network: nothing to split. The part that holds the address is selected.
  void setFacts(const AddressFacts* facts);

  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void inspectRequested(const QString& network);  // a row was chosen

 private:
  void arrange();
  void split();
  void goTo();
  void select(int row);
  void tell();
  void choose();

  QSpinBox* spin_;
  QLineEdit* go_;
  QLabel* label_;
  QTableView* table_;
  SubnetsModel* model_;
  std::optional<IpNetwork> network_;
  std::optional<IpNumber> address_;
  int step_ = 2;  // how many bits longer the parts are: kept from one network to the next
};

}  // namespace sockbench::ui
