#include "ui/panels/calls/parameter_row.h"

#include <QGridLayout>
#include <QLabel>
#include <QStyle>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_mark.h"

namespace sockbench::ui {

ParameterRow::ParameterRow(const CallParameter& parameter, QGridLayout* grid, int row)
    : QObject(grid->parentWidget()),
      field_(makeCallField(parameter, grid->parentWidget())),
      meaning_(new ElidedLabel(grid->parentWidget())) {
  auto* name = new QLabel(toQString(parameter.name), grid->parentWidget());
  name->setBuddy(field_);
  name->setToolTip(plainToolTip(toQString(parameter.meaning)));
  int column = 0;
  for (QWidget* part :
       {static_cast<QWidget*>(name), static_cast<QWidget*>(field_), static_cast<QWidget*>(meaning_)}) {
    grid->addWidget(part, row, column++);
    part->show();
  }
  say(toQString(parameter.meaning), false);
}

void ParameterRow::say(const QString& text, bool fault) {
  meaning_->setText(text);
  meaning_->setProperty("fault", fault);
  meaning_->setProperty("dim", !fault);
  meaning_->style()->unpolish(meaning_);
  meaning_->style()->polish(meaning_);
  for (QWidget* input : field_->inputs()) input->setAccessibleDescription(text);
}

void ParameterRow::showFault(const QString& words) {
  for (QWidget* input : field_->inputs()) markWrong(input);
  say(words, true);
}

void ParameterRow::clearFault() {
  for (QWidget* input : field_->inputs()) clearWrong(input);
  say(toQString(parameter().meaning), false);
}

}  // namespace sockbench::ui
