// What a form says of one of its fields: that its value is wrong, and where; or that it cannot be changed
// now, and why. Thread: gui.
#pragma once

#include <QString>

#include "core/base/error.h"

class QLineEdit;
class QWidget;

namespace sockbench::ui {

// Tints `field` as wrong until clearWrong() (property "invalid" of the style sheet).
void markWrong(QWidget* field);
void clearWrong(QWidget* field);
bool isWrong(const QWidget* field);

// Selects what of the text `error` says is wrong: its subject is the text, a part of it, or holds it. Where
// it does not say, everything.
void selectWrongPart(QLineEdit* edit, const Error& error);

// Enables `widget`, or disables it with `reason` as its tool tip and accessible description. The widget's own
// tool tip comes back when it is enabled again.
void setEnabledOr(QWidget* widget, bool enabled, const QString& reason);

}  // namespace sockbench::ui
