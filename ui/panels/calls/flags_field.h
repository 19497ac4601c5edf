// FlagsField: constants or-ed, typed or checked in a menu. Thread: gui.
#pragma once

#include "ui/panels/calls/call_field.h"

class QLineEdit;
class QToolButton;

namespace sockbench::ui {

class FlagsField : public CallField {
  Q_OBJECT
 public:
  explicit FlagsField(const CallParameter& parameter, QWidget* parent = nullptr);

  QString expression() const override;
  void setExpression(const QString& expression) override;
  void setContext(const CallFieldContext&) override {}
  QList<QWidget*> inputs() const override;

 private:
  void fillMenu();
  void showChecks();
  void toggle(const QString& name, bool on);
  QStringList flags() const;

  QLineEdit* edit_;
  QToolButton* button_;
};

}  // namespace sockbench::ui
