// ChoiceField: an expression that may be typed, with what usually stands there offered: constants by name,
// variables, usual values. Thread: gui.
#pragma once

#include "ui/panels/calls/call_field.h"

class QComboBox;

namespace sockbench::ui {

class ChoiceField : public CallField {
  Q_OBJECT
 public:
  explicit ChoiceField(const CallParameter& parameter, QWidget* parent = nullptr);

  QString expression() const override;
  void setExpression(const QString& expression) override;
  void setContext(const CallFieldContext& context) override;
  QList<QWidget*> inputs() const override;

 private:
  QComboBox* box_;
};

// Something that may be chosen, and what it is.
struct CallOffer {
  QString text;
  QString remark;
};
// What is offered for a parameter: constants of its group, variables that fit, usual values.
QList<CallOffer> callOffers(const CallParameter& parameter, const CallFieldContext& context);
// What stands in a field at first: the default, else something that works.
QString firstExpression(const CallParameter& parameter, const CallFieldContext& context);

// An editable box whose offers keep what is typed. Named and without a tool tip of its own.
QComboBox* makeOfferBox(const QString& name, const QString& title, QWidget* parent);
void setOffers(QComboBox* box, const QList<CallOffer>& offers);

}  // namespace sockbench::ui
