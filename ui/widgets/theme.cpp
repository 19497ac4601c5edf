#include "ui/widgets/theme.h"

#include <QApplication>
#include <QCoreApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPalette>
#include <QStyleFactory>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

// The macro names a function of the global namespace.
static void initResources() {
  Q_INIT_RESOURCE(sockbench);
}

namespace sockbench::ui::theme {
namespace {

struct Shade {
  QRgb light;
  QRgb dark;
  QColor of(bool darkTheme) const { return QColor::fromRgb(darkTheme ? dark : light); }
};

// By Role.
constexpr std::array kColors{
    Shade{0xF4F6F8, 0x14191F},  // window
    Shade{0xFFFFFF, 0x1A2128},  // panel
    Shade{0x1B2733, 0xDDE5EC},  // text
    Shade{0x52616E, 0xA3B1BE},  // dim
    Shade{0xDDE3E9, 0x2B353F},  // line
    Shade{0x0B6E80, 0x3BC9DB},  // accent
    Shade{0xFFFFFF, 0x0B1418},  // onAccent
    Shade{0x18599C, 0x8CCBFC},  // received
    Shade{0x8F4700, 0xFFC078},  // sent
    Shade{0xB82323, 0xFF9C9C},  // error
    Shade{0x1F7032, 0x7FE08F},  // good
    Shade{0x7A5200, 0xFFD479},  // warning
    Shade{0xD9EEF2, 0x12424B},  // selection
};

// By place: red, orange, yellow, green, teal, blue, violet, pink.
constexpr Shade kRuleShades[kRuleColors] = {
    {0xFBE3E3, 0x40262B}, {0xFCE9D3, 0x3B2B1E}, {0xF8F1C7, 0x34301B}, {0xDFF2DF, 0x1D3626},
    {0xD8F1EE, 0x173538}, {0xDFEBFA, 0x1F3045}, {0xEBE4F9, 0x2E2A44}, {0xFAE2F1, 0x3D263A},
};

// What only the style sheet needs.
constexpr std::pair<const char*, Shade> kStyleColors[] = {
    {"control", {0xC5CED7, 0x3A4652}},   // borders of controls
    {"hover", {0x8494A3, 0x64737F}},     // the same under the mouse
    {"faint", {0x6B7884, 0x83909C}},     // disabled text: quieter, still legible
    {"raised", {0xE9EEF2, 0x232C35}},    // flat buttons under the mouse
    {"scroll", {0xB4BFC9, 0x46535F}},    // the scroll bar's handle
    {"selected", {0xB9E0E8, 0x1A5C68}},  // selected text in an edit
    {"accentHover", {0x0D7F94, 0x5CD6E5}}, {"accentDown", {0x095A69, 0x2BB3C5}},
    {"errorWash", {0xFCEDED, 0x33232A}},   {"warningWash", {0xFBF3E2, 0x302B22}},
    {"noteWash", {0xE6F3F6, 0x17303A}},
};

constexpr std::pair<const char*, Role> kNames[] = {
    {"window", Role::window},     {"panel", Role::panel},         {"text", Role::text},
    {"dim", Role::dim},           {"line", Role::line},           {"accent", Role::accent},
    {"onAccent", Role::onAccent}, {"error", Role::error},         {"good", Role::good},
    {"warning", Role::warning},   {"selection", Role::selection},
};

struct State {
  Mode mode = Mode::system;
  bool dark = false;
};
State& state() {
  static State current;
  return current;
}

bool platformIsDark(const QApplication& application) {
  // Asked once: afterwards the application's palette is ours.
  static const bool dark = application.palette().color(QPalette::Window).lightness() <
                           application.palette().color(QPalette::WindowText).lightness();
  return dark;
}

QColor styleColor(const char* name) {
  for (const auto& [key, shade] : kStyleColors) {
    if (qstrcmp(key, name) == 0) return shade.of(state().dark);
  }
  return {};
}

QPalette makePalette() {
  QPalette p;
  p.setColor(QPalette::Window, color(Role::window));
  p.setColor(QPalette::WindowText, color(Role::text));
  p.setColor(QPalette::Base, color(Role::panel));
  p.setColor(QPalette::AlternateBase, color(Role::window));
  p.setColor(QPalette::Text, color(Role::text));
  p.setColor(QPalette::PlaceholderText, color(Role::dim));
  p.setColor(QPalette::Button, color(Role::panel));
  p.setColor(QPalette::ButtonText, color(Role::text));
  p.setColor(QPalette::BrightText, color(Role::error));
  p.setColor(QPalette::ToolTipBase, color(Role::panel));
  p.setColor(QPalette::ToolTipText, color(Role::text));
  p.setColor(QPalette::Highlight, color(Role::selection));
  p.setColor(QPalette::HighlightedText, color(Role::text));
  p.setColor(QPalette::Link, color(Role::accent));
  p.setColor(QPalette::LinkVisited, color(Role::accent));
  p.setColor(QPalette::Light, color(Role::panel));
  p.setColor(QPalette::Midlight, color(Role::line));
  p.setColor(QPalette::Mid, color(Role::line));
  p.setColor(QPalette::Dark, styleColor("control"));
  p.setColor(QPalette::Shadow, styleColor("control"));
  for (const auto role :
       {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
    p.setColor(QPalette::Disabled, role, styleColor("faint"));
  }
  return p;
}

QString makeStyleSheet() {
  QFile file(QStringLiteral(":/sockbench/style/sockbench.qss"));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QList<std::pair<QString, QString>> values;
  for (const auto& [name, role] : kNames) values.append({QString::fromLatin1(name), color(role).name()});
  for (const auto& [name, shade] : kStyleColors) {
    values.append({QString::fromLatin1(name), shade.of(state().dark).name()});
  }
  values.append(
      {QStringLiteral("style"), QStringLiteral(":/sockbench/style/") +
                                    (state().dark ? QStringLiteral("dark") : QStringLiteral("light"))});
  // Longest first, since "accent" begins "accentHover".
  std::ranges::sort(values, std::ranges::greater{}, [](const auto& v) { return v.first.size(); });
  QString sheet = QString::fromUtf8(file.readAll());
  for (const auto& [name, value] : std::as_const(values)) sheet.replace(QLatin1Char('@') + name, value);
  return sheet;
}

// WCAG 2.1 relative luminance and contrast.
double luminance(const QColor& c) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}
double contrast(const QColor& a, const QColor& b) {
  const double one = luminance(a);
  const double two = luminance(b);
  return (std::max(one, two) + 0.05) / (std::min(one, two) + 0.05);
}

// The hue at the first lightness, going away from the background, that can be read on panel and selection.
QColor readableHue(int hue, int saturation) {
  const bool dark = state().dark;
  for (int step = 0; step <= 255; ++step) {
    const QColor c =
        QColor::fromHsl(hue, saturation, dark ? 110 + std::min(step, 145) : 145 - std::min(step, 145));
    if (contrast(c, color(Role::panel)) >= 4.6 && contrast(c, color(Role::selection)) >= 4.6) return c;
  }
  return color(Role::text);
}

}  // namespace

void apply(QApplication& application, Mode wanted) {
  initResources();
  const bool systemDark = platformIsDark(application);
  state() = {wanted, wanted == Mode::dark || (wanted == Mode::system && systemDark)};
  // The style sheet goes first: changing the style under it would polish every widget twice.
  application.setStyleSheet({});
  application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  application.setPalette(makePalette());
  application.setStyleSheet(makeStyleSheet());
  application.setWindowIcon(icon(QStringLiteral("sockbench")));
}

Mode mode() {
  return state().mode;
}
bool isDark() {
  return state().dark;
}

QColor color(Role role) {
  return kColors[static_cast<std::size_t>(role)].of(state().dark);
}

QColor sessionColor(SessionId id) {
  // Neighbours in the list are far apart on the wheel, since sessions are numbered in turn.
  constexpr std::array kHues{205, 28, 140, 285, 175, 345, 55, 235, 95, 315, 10, 260};
  return readableHue(kHues[id.value % kHues.size()], 165);
}

QColor ruleColor(int index) {
  return kRuleShades[((index % kRuleColors) + kRuleColors) % kRuleColors].of(state().dark);
}

QString ruleColorName(int index) {
  const QString names[kRuleColors] = {
      QCoreApplication::translate("Theme", "red"),    QCoreApplication::translate("Theme", "orange"),
      QCoreApplication::translate("Theme", "yellow"), QCoreApplication::translate("Theme", "green"),
      QCoreApplication::translate("Theme", "teal"),   QCoreApplication::translate("Theme", "blue"),
      QCoreApplication::translate("Theme", "violet"), QCoreApplication::translate("Theme", "pink")};
  return names[((index % kRuleColors) + kRuleColors) % kRuleColors];
}

QColor stateColor(SessionState s) {
  switch (s) {
    case SessionState::idle:
    case SessionState::closed:
      return color(Role::dim);
    case SessionState::resolving:
    case SessionState::connecting:
      return color(Role::warning);
    case SessionState::connected:
    case SessionState::listening:
      return color(Role::good);
    case SessionState::halfClosed:
      return color(Role::sent);
    case SessionState::reset:
    case SessionState::failed:
      return color(Role::error);
  }
  return color(Role::dim);
}

QFont fixedFont() {
  QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  font.setStyleHint(QFont::Monospace);
  const QFont base = QApplication::font();
  if (base.pointSizeF() > 0)
    font.setPointSizeF(base.pointSizeF());
  else
    font.setPixelSize(base.pixelSize());
  return font;
}

QFont tabularFont() {
  const QFont base = QApplication::font();
  const QFontMetricsF metrics(base);
  const qreal zero = metrics.horizontalAdvance(QLatin1Char('0'));
  for (char digit = '1'; digit <= '9'; ++digit) {
    if (std::abs(metrics.horizontalAdvance(QLatin1Char(digit)) - zero) > 0.01) return fixedFont();
  }
  return base;
}

}  // namespace sockbench::ui::theme
