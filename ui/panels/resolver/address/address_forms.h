// AddressForms: an address as text, packed and as an integer, side by side where the width allows.
// Thread: gui.
//
// Object names: "resolverAddressTextLabel", "resolverAddressPackedLabel", "resolverAddressIntegerLabel".
#pragma once

#include <QWidget>
#include <optional>

#include "core/resolve/ip_number.h"

class QLabel;

namespace sockbench::ui {

class FlowLayout;

class AddressForms : public QWidget {
  Q_OBJECT
 public:
  explicit AddressForms(QWidget* parent = nullptr);

  void setAddress(const std::optional<IpNumber>& address);  // nullopt: nothing is shown

 private:
  QLabel* add(FlowLayout* flow, const QString& title, const char* name);

  QLabel* text_;
  QLabel* packed_;
  QLabel* integer_;
};

}  // namespace sockbench::ui
