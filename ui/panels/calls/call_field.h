// CallField: the control of one parameter of a call. What it holds is an expression of the script notation.
// Thread: gui.
//
// Object names: "calls" + the parameter's name with a capital + the kind of the control: "callsBufsizeBox",
// "callsFlagsEdit", "callsDataEdit", "callsDataModeBox", "callsAddressHostEdit".
#pragma once

#include <QStringList>
#include <QWidget>
#include <optional>
#include <vector>

#include "core/calls/call_registry.h"
#include "core/calls/script/call_desk.h"

namespace sockbench::ui {

// What a field may offer depends on it.
struct CallFieldContext {
  std::vector<CallVariable> variables;
  int family = 0;            // of the socket that the call is made on; 0: unknown
  std::optional<int> level;  // that is chosen beside, of an option
  std::string_view option;   // that is chosen beside, of a value
};

class CallField : public QWidget {
  Q_OBJECT
 public:
  explicit CallField(const CallParameter& parameter, QWidget* parent = nullptr);

  const CallParameter& parameter() const { return parameter_; }
  virtual QString expression() const = 0;                     // empty: it is left out
  virtual void setExpression(const QString& expression) = 0;  // tells nobody
  virtual void setContext(const CallFieldContext& context) = 0;
  virtual QList<QWidget*> inputs() const = 0;  // what is marked when the value is wrong; the first has focus

 signals:
  void edited();  // by a person

 protected:
  // "calls", the parameter's name with a capital, and `kind`.
  QString nameFor(const char* kind) const;
  QString title() const;  // what assistive tools call it

 private:
  const CallParameter& parameter_;
};

// The field that suits the parameter.
CallField* makeCallField(const CallParameter& parameter, QWidget* parent);

// A text as a literal of the notation, and back: nullopt for anything else.
QString textLiteral(const QString& text);
QString bytesLiteral(const Bytes& bytes);
std::optional<QString> literalText(const QString& expression);
std::optional<Bytes> literalBytes(const QString& expression);

}  // namespace sockbench::ui
