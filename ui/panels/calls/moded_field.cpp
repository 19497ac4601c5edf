#include "ui/panels/calls/moded_field.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>
#include <algorithm>

#include "ui/bridge/core_types.h"
#include "ui/models/calls_text.h"
#include "ui/models/format.h"
#include "ui/panels/calls/choice_field.h"

namespace sockbench::ui {

ModedField::ModedField(const CallParameter& parameter, QWidget* parent)
    : CallField(parameter, parent),
      modeBox_(new QComboBox(this)),
      stack_(new QStackedWidget(this)),
      notation_(makeOfferBox(nameFor("NotationBox"), title(), this)) {
  modeBox_->setObjectName(nameFor("ModeBox"));
  modeBox_->setAccessibleName(tr("How %1 is written").arg(toQString(parameter.name)));
  modeBox_->setProperty("flat", true);
  modeBox_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  modeBox_->setMinimumContentsLength(5);
  stack_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(2);
  row->addWidget(stack_, 1);
  row->addWidget(modeBox_);
}

void ModedField::addMode(const QString& name, const QString& meaning, QWidget* page) {
  modeBox_->addItem(name);
  modeBox_->setItemData(modeBox_->count() - 1, plainToolTip(meaning), Qt::ToolTipRole);
  if (stack_->indexOf(page) < 0) stack_->addWidget(page);
  pages_ += page;
}

void ModedField::finish() {
  addMode(tr("As written"), tr("A variable, a constant, or any value as the line has it"), notation_);
  modeBox_->view()->setMinimumWidth(modeBox_->view()->sizeHintForColumn(0) + 16);
  showMode();
  connect(modeBox_, &QComboBox::activated, this, &ModedField::choose);
  connect(notation_, &QComboBox::editTextChanged, this, &ModedField::edited);
}

int ModedField::mode() const {
  return modeBox_->currentIndex() == modeBox_->count() - 1 ? kNotation : modeBox_->currentIndex();
}

void ModedField::setMode(int mode) {
  modeBox_->setCurrentIndex(mode == kNotation ? modeBox_->count() - 1 : mode);
  showMode();
}

void ModedField::showMode() {
  shown_ = mode();
  stack_->setCurrentWidget(pages_[modeBox_->currentIndex()]);
  setFocusProxy(inputs().front());
}

// What stood in one way of writing stands in the other, where it can.
void ModedField::choose() {
  const int before = shown_;
  const int now = mode();
  if (before == now) return;
  if (now == kNotation) {
    const QSignalBlocker quiet(notation_);
    notation_->setEditText(written(before));
  } else if (before == kNotation) {
    write(notation_->currentText().trimmed());
    modeBox_->setCurrentIndex(now);
  } else {
    modeChosen(now, before);
  }
  showMode();
  emit edited();
}

QString ModedField::expression() const {
  return shown_ == kNotation ? notation_->currentText().trimmed() : written(shown_);
}

void ModedField::setExpression(const QString& expression) {
  if (expression == this->expression()) return;
  const QSignalBlocker quiet(this);
  if (const std::optional<int> shows = write(expression)) return setMode(*shows);
  notation_->setEditText(expression);
  setMode(kNotation);
}

void ModedField::setContext(const CallFieldContext& context) {
  QList<CallOffer> offers;
  for (const CallVariable& variable : context.variables)
    if (isOffered(variable)) offers += {toQString(variable.name), callValueText(variable.value, 40)};
  setOffers(notation_, offers);
}

QList<QWidget*> ModedField::inputs() const {
  if (mode() == kNotation) return {notation_};
  return controls(mode());
}

}  // namespace sockbench::ui
