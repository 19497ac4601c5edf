#include "ui/panels/calls/choice_field.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>

#include "ui/widgets/remark_delegate.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

QComboBox* makeOfferBox(const QString& name, const QString& title, QWidget* parent) {
  auto* box = new QComboBox(parent);
  box->setObjectName(name);
  box->setAccessibleName(title);
  box->setEditable(true);
  box->setInsertPolicy(QComboBox::NoInsert);
  box->setItemDelegate(new RemarkDelegate(box));
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(10);
  box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  box->lineEdit()->setFont(theme::fixedFont());
  box->completer()->setFilterMode(Qt::MatchContains);
  box->completer()->setCompletionMode(QCompleter::PopupCompletion);
  box->completer()->setCaseSensitivity(Qt::CaseInsensitive);
  return box;
}

void setOffers(QComboBox* box, const QList<CallOffer>& offers) {
  bool same = box->count() == offers.size();
  for (qsizetype i = 0; same && i < offers.size(); ++i)
    same = box->itemText(static_cast<int>(i)) == offers[i].text &&
           box->itemData(static_cast<int>(i), kRemarkRole).toString() == offers[i].remark;
  if (same) return;
  const QString typed = box->currentText();
  const QSignalBlocker quiet(box);
  box->clear();
  for (const CallOffer& offer : offers) {
    box->addItem(offer.text);
    box->setItemData(box->count() - 1, offer.remark, kRemarkRole);
  }
  box->setEditText(typed);
}

ChoiceField::ChoiceField(const CallParameter& parameter, QWidget* parent)
    : CallField(parameter, parent), box_(makeOfferBox(nameFor("Box"), title(), this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(box_);
  setFocusProxy(box_);
  connect(box_, &QComboBox::editTextChanged, this, &ChoiceField::edited);
}

QString ChoiceField::expression() const {
  return box_->currentText().trimmed();
}

void ChoiceField::setExpression(const QString& expression) {
  if (expression == this->expression()) return;
  const QSignalBlocker quiet(box_);
  box_->setEditText(expression);
}

void ChoiceField::setContext(const CallFieldContext& context) {
  setOffers(box_, callOffers(parameter(), context));
}

QList<QWidget*> ChoiceField::inputs() const {
  return {box_};
}

}  // namespace sockbench::ui
