// CallForm: a call put together by hand: the result's variable, the socket, the call, and a row for each
// parameter that the registry names. It is the line in another form, and holds no truth of its own.
// Thread: gui.
//
// Object names: "callsResultEdit", "callsTargetBox", "callsCallBox", "callsSummaryLabel",
// "callsErrorsButton", "callsErrorsLabel", "callsParameterForm", and those of the fields (call_field.h).
#pragma once

#include <QWidget>
#include <vector>

#include "core/calls/call_outcome.h"
#include "core/calls/call_registry.h"
#include "core/calls/script/call_script.h"
#include "ui/panels/calls/call_field.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace sockbench::ui {

class CallBox;
class ElidedLabel;
class ParameterRow;

class CallForm : public QWidget {
  Q_OBJECT
 public:
  explicit CallForm(QWidget* parent = nullptr);

  void setVariables(const std::vector<CallVariable>& variables);
  const CallInfo* call() const { return call_; }  // nullptr: none is chosen
  void setCall(const CallInfo* call);             // with the values that it begins with

  QString line() const;  // as the script notation has it
  // The form of a line that was typed. Lines that are no call of the registry leave it as it is.
  void showLine(const CallLine& line);

  void showFault(const CallFault& fault);  // at the parameter that it names
  void clearFault();
  bool hasFault() const { return faulty_ != nullptr; }
  void focusFirst();

 signals:
  void edited();       // by a person: the line is another one now
  void callChanged();  // to another of the registry

 private:
  void arrange();
  void build();
  void refreshContexts();
  CallFieldContext contextFor() const;
  ParameterRow* rowOf(const CallFault& fault) const;
  QString argumentsText() const;
  void showErrors();
  void showTarget();

  QLineEdit* result_;
  QComboBox* target_;
  QLabel* dot_;
  CallBox* box_;
  ElidedLabel* summary_;
  QWidget* rowsPlace_;
  QToolButton* errorsButton_;
  QLabel* errors_;
  const CallInfo* call_ = nullptr;
  std::vector<ParameterRow*> rows_;
  std::vector<CallVariable> variables_;
  ParameterRow* faulty_ = nullptr;
};

}  // namespace sockbench::ui
