// AddressBox: where a server can listen on this machine, as an editable list; what an address means stands
// dimmed behind it. Thread: gui.
#pragma once

#include <QComboBox>

namespace sockbench::ui {

class AddressBox : public QComboBox {
  Q_OBJECT
 public:
  explicit AddressBox(QWidget* parent = nullptr);

  // true: the addresses of this machine are offered, read afresh each time the list opens. false: an empty
  // list.
  void setOffering(bool offering);
  void showPopup() override;

 private:
  void fill();
  bool offering_ = false;
};

enum class Reach { thisMachine, otherMachines, unknown };
// Who can reach a listener on `host` ("" is loopback, "*" everyone; a name other than localhost is unknown).
Reach reachOf(const QString& host);

}  // namespace sockbench::ui
