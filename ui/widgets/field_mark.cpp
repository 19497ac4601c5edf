#include "ui/widgets/field_mark.h"

#include <QLineEdit>
#include <QStyle>
#include <QVariant>
#include <QWidget>

#include "ui/bridge/core_types.h"
#include "ui/widgets/wrong_mark.h"

namespace sockbench::ui {

namespace {

constexpr const char* kInvalid = "invalid";  // the style sheet's name for it
constexpr const char* kOwnToolTip = "ownToolTip";

void setInvalid(QWidget* field, bool invalid) {
  if (isWrong(field) == invalid) return;
  field->setProperty(kInvalid, invalid);
  field->style()->unpolish(field);
  field->style()->polish(field);
}

}  // namespace

void markWrong(QWidget* field) {
  setInvalid(field, true);
}
void clearWrong(QWidget* field) {
  setInvalid(field, false);
}
bool isWrong(const QWidget* field) {
  return field->property(kInvalid).toBool();
}

void selectWrongPart(QLineEdit* edit, const Error& error) {
  const QString typed = edit->text();
  const QString subject = toQString(error.subject);
  qsizetype shift = typed.lastIndexOf(subject);
  const qsizetype within = subject.indexOf(typed.trimmed());
  if (shift < 0 && within >= 0) shift = typed.indexOf(typed.trimmed()) - within;
  const TextRange part = wrongPart(error, subject.size());
  const qsizetype start = part.position + shift;
  if (!error.where || (shift < 0 && within < 0) || start < 0) {
    edit->selectAll();
  } else {
    edit->setSelection(static_cast<int>(start), static_cast<int>(part.length));
  }
}

void setEnabledOr(QWidget* widget, bool enabled, const QString& reason) {
  const QVariant own = widget->property(kOwnToolTip);
  const bool asWanted = enabled ? !own.isValid() : own.isValid() && widget->toolTip() == reason;
  if (asWanted && widget->isEnabledTo(widget->parentWidget()) == enabled) return;
  if (!enabled && !own.isValid()) widget->setProperty(kOwnToolTip, widget->toolTip());
  if (enabled && own.isValid()) {
    widget->setToolTip(own.toString());
    widget->setProperty(kOwnToolTip, QVariant());
  }
  if (!enabled) widget->setToolTip(reason);
  widget->setAccessibleDescription(enabled ? QString() : reason);
  widget->setEnabled(enabled);
}

}  // namespace sockbench::ui
