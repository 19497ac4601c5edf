// CallBox: every call of the registry, grouped as a lesson would have them, found by typing a part of a name.
// Thread: gui. Object name: "callsCallBox".
#pragma once

#include <QComboBox>

#include "core/calls/call_registry.h"

namespace sockbench::ui {

class CallBox : public QComboBox {
  Q_OBJECT
 public:
  explicit CallBox(QWidget* parent = nullptr);

  void setCall(const CallInfo* call);  // tells nobody; nullptr changes nothing

 signals:
  void callChosen(const sockbench::CallInfo* call);  // by a person

 private:
  void choose(int index);
  void chooseTyped();
  void showCall();
  const CallInfo* callAt(int index) const;

  const CallInfo* call_ = nullptr;
};

}  // namespace sockbench::ui
