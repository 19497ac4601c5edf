// The names of a control. Thread: gui.
#pragma once

#include <QString>
#include <QWidget>

#include "ui/models/format.h"

namespace sockbench::ui {

// Gives `widget` its object name, what assistive tools call it, and a tool tip (empty: the same words).
template <class Widget>
Widget* named(Widget* widget, const char* name, const QString& accessible, const QString& toolTip = {}) {
  widget->setObjectName(QLatin1String(name));
  widget->setAccessibleName(accessible);
  widget->setToolTip(plainToolTip(toolTip.isEmpty() ? accessible : toolTip));
  return widget;
}

}  // namespace sockbench::ui
