#include "ui/panels/calls/flags_field.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

#include "core/calls/call_names.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/stay_open_menu.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

FlagsField::FlagsField(const CallParameter& parameter, QWidget* parent)
    : CallField(parameter, parent), edit_(new QLineEdit(this)), button_(new QToolButton(this)) {
  edit_->setObjectName(nameFor("Edit"));
  edit_->setAccessibleName(title());
  edit_->setFont(theme::fixedFont());
  edit_->setPlaceholderText(QStringLiteral("0"));
  button_->setObjectName(nameFor("Button"));
  button_->setText(tr("Choose"));
  button_->setAccessibleName(tr("Choose %1").arg(toQString(parameter.name)));
  button_->setToolTip(plainToolTip(tr("The flags that this system knows")));
  button_->setProperty("framed", true);
  button_->setPopupMode(QToolButton::InstantPopup);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  row->addWidget(edit_, 1);
  row->addWidget(button_);
  setFocusProxy(edit_);
  fillMenu();
  connect(edit_, &QLineEdit::textEdited, this, &FlagsField::edited);
}

void FlagsField::fillMenu() {
  auto* menu = new StayOpenMenu(this);
  menu->setToolTipsVisible(true);
  for (const NamedNumber& flag : namesOf(parameter().names)) {
    const QString name = toQString(flag.name);
    QAction* action = menu->addAction(name);
    action->setCheckable(true);
    action->setToolTip(plainToolTip(toQString(flag.meaning)));
    connect(action, &QAction::triggered, this, [this, name](bool on) { toggle(name, on); });
  }
  connect(menu, &QMenu::aboutToShow, this, &FlagsField::showChecks);
  button_->setMenu(menu);
}

QStringList FlagsField::flags() const {
  QStringList flags;
  for (const QString& part : edit_->text().split(QLatin1Char('|'), Qt::SkipEmptyParts))
    if (const QString flag = part.trimmed(); !flag.isEmpty() && flag != QStringLiteral("0")) flags += flag;
  return flags;
}

void FlagsField::showChecks() {
  const QStringList set = flags();
  for (QAction* action : button_->menu()->actions()) action->setChecked(set.contains(action->text()));
}

void FlagsField::toggle(const QString& name, bool on) {
  QStringList set = flags();
  set.removeAll(name);
  if (on) set += name;
  edit_->setText(set.join(QStringLiteral(" | ")));
  emit edited();
}

QString FlagsField::expression() const {
  return edit_->text().trimmed();
}

void FlagsField::setExpression(const QString& expression) {
  const QString shown = expression == QStringLiteral("0") ? QString() : expression;
  if (shown != this->expression()) edit_->setText(shown);
}

QList<QWidget*> FlagsField::inputs() const {
  return {edit_};
}

}  // namespace sockbench::ui
