// ModedField: a control made for one kind of value, beside the notation in which anything can be written: a
// variable, a constant, another kind of value. What the control cannot show turns it into the notation.
// Thread: gui.
#pragma once

#include "ui/panels/calls/call_field.h"

class QComboBox;
class QHBoxLayout;
class QStackedWidget;

namespace sockbench::ui {

class ModedField : public CallField {
  Q_OBJECT
 public:
  ModedField(const CallParameter& parameter, QWidget* parent = nullptr);

  QString expression() const override;
  void setExpression(const QString& expression) override;
  void setContext(const CallFieldContext& context) override;
  QList<QWidget*> inputs() const override;

 protected:
  // What derived fields give: their control as an expression, and whether it can show one.
  virtual QString written(int mode) const = 0;
  virtual std::optional<int> write(const QString& expression) = 0;  // the mode that shows it now
  virtual QList<QWidget*> controls(int mode) const = 0;
  virtual bool isOffered(const CallVariable& variable) const = 0;
  virtual void modeChosen(int mode, int before) = 0;  // by a person, from another control's mode

  // Adds the page of one or several modes; the notation is the last mode. Call finish() behind the last.
  void addMode(const QString& name, const QString& meaning, QWidget* page);
  void finish();
  int mode() const;  // of the control's, kNotation for the notation
  void setMode(int mode);
  static constexpr int kNotation = -1;

 private:
  void showMode();
  void choose();

  QComboBox* modeBox_;
  QStackedWidget* stack_;
  QComboBox* notation_;
  QList<QWidget*> pages_;  // of the modes, in their order
  int shown_ = 0;
};

}  // namespace sockbench::ui
