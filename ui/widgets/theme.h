// Theme: the palette, the fonts and the icons of the window, light and dark. Thread: gui.
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QString>

#include "core/base/ids.h"
#include "core/engine/session_snapshot.h"
#include "core/traffic/record.h"

class QApplication;

namespace sockbench::ui::theme {

enum class Mode { system, light, dark };
enum class Role {
  window,
  panel,
  text,
  dim,
  line,
  accent,
  onAccent,
  received,
  sent,
  error,
  good,
  warning,
  selection
};

// Fusion, our palette and our style sheet. `system` follows the palette that the platform gave (light where
// it says nothing). May be called again to switch.
void apply(QApplication& application, Mode mode);
Mode mode();
bool isDark();

QColor color(Role role);
QColor sessionColor(
    SessionId id);  // one of a dozen hues that hold 4.5:1 on the panel; the same for an id always
QColor stateColor(SessionState state);
// Behind a row that a colour rule has picked: each text colour holds 4.5:1 on each of them. `index` wraps.
constexpr int kRuleColors = 8;
QColor ruleColor(int index);
QString ruleColorName(int index);  // "red", as a person says it
QFont fixedFont();                 // for bytes: the platform's fixed-width font
QFont tabularFont();               // for numbers in tables

// One of resources/icons by its file's base name ("freeze", "follow"), drawn in the text colour of the theme.
QIcon icon(const QString& name);
QIcon icon(const QString& name, Role role);  // in another colour: onAccent for a primary button

}  // namespace sockbench::ui::theme
