#include "ui/widgets/help_page.h"

#include <QCoreApplication>
#include <QVariant>

#include "ui/models/format.h"

namespace sockbench::ui {
namespace {
constexpr auto kProperty = "helpPage";
}  // namespace

const QEvent::Type HelpWanted::kType = static_cast<QEvent::Type>(QEvent::registerEventType());

void setHelpPage(QWidget* widget, const QString& page) {
  widget->setProperty(kProperty, page.isEmpty() ? QVariant() : QVariant(page));
}

QString helpPageOf(const QWidget* widget) {
  for (; widget != nullptr; widget = widget->parentWidget()) {
    const QString page = widget->property(kProperty).toString();
    if (!page.isEmpty()) return page;
  }
  return {};
}

bool askForHelp(const QWidget* from, const QString& page) {
  for (; from != nullptr; from = from->parentWidget()) {
    if (!from->isWindow()) continue;
    HelpWanted wanted(page);
    wanted.ignore();
    QCoreApplication::sendEvent(const_cast<QWidget*>(from), &wanted);
    if (wanted.isAccepted()) return true;
  }
  return false;
}

HelpButton::HelpButton(const QString& page, const QString& about, QWidget* parent) : QToolButton(parent) {
  setHelpPage(this, page);
  setText(QStringLiteral("?"));
  setAutoRaise(true);
  setAccessibleName(tr("Help: %1").arg(about));
  setToolTip(plainToolTip(accessibleName()));
  setProperty("help", true);
  setFocusPolicy(Qt::TabFocus);
  connect(this, &QToolButton::clicked, this, [this] { askForHelp(this, helpPageOf(this)); });
}

}  // namespace sockbench::ui
