#include "ui/panels/session_tools.h"

#include <QScrollArea>

namespace sockbench::ui {
namespace {

constexpr const char* kTitle = "toolTitle";

}  // namespace

SessionTools::SessionTools(const QString& prefix, QWidget* parent) : QTabWidget(parent) {
  setObjectName(prefix + QStringLiteral("Tools"));
  setAccessibleName(tr("Tools"));
  setDocumentMode(true);
  setTabBarAutoHide(true);
}

void SessionTools::addTool(QWidget* tool, const QString& title, const QString& toolTip) {
  QWidget* page = tool;
  if (count() > 0) {
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(tool);
    area->setMinimumHeight(0);
    page = area;
  }
  page->setProperty(kTitle, title);
  const int index = addTab(page, title);
  setTabToolTip(index, toolTip);
}

void SessionTools::show(QWidget* tool) {
  for (int i = 0; i < count(); ++i) {
    if (widget(i) == tool || widget(i)->isAncestorOf(tool)) setCurrentIndex(i);
  }
}

void SessionTools::setRemark(QWidget* tool, const QString& remark) {
  for (int i = 0; i < count(); ++i) {
    if (widget(i) != tool && !widget(i)->isAncestorOf(tool)) continue;
    const QString title = widget(i)->property(kTitle).toString();
    setTabText(i, remark.isEmpty() ? title : title + QStringLiteral("  ") + remark);
  }
}

QWidget* SessionTools::current() const {
  const auto* area = qobject_cast<QScrollArea*>(currentWidget());
  return area ? area->widget() : currentWidget();
}

}  // namespace sockbench::ui
