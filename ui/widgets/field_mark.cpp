#include "ui/widgets/field_mark.h"

#include <QLineEdit>
#include <QStyle>
#include <QVariant>
#include <QWidget>
#include <algorithm>

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

void selectSpan(QLineEdit* edit, const TextSpan& where) {
  const QByteArray bytes = edit->text().toUtf8();
  const auto size = static_cast<std::size_t>(bytes.size());
  const auto from = static_cast<qsizetype>(std::min(where.offset, size));
  const auto length = static_cast<qsizetype>(std::min(where.length, size - static_cast<std::size_t>(from)));
  const auto start = static_cast<int>(QString::fromUtf8(bytes.left(from)).size());
  const auto count = static_cast<int>(QString::fromUtf8(bytes.mid(from, length)).size());
  if (count > 0) {
    edit->setSelection(start, count);
  } else {
    edit->setCursorPosition(start);
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
