#include "ui/panels/resolver/interfaces_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QShowEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/panels/resolver/in_background.h"
#include "ui/panels/resolver/lookup_rows.h"
#include "ui/panels/resolver/rows_table.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {

InterfacesPage::InterfacesPage(QWidget* parent)
    : Panel(parent),
      name_(new QLabel(this)),
      refresh_(new QToolButton(this)),
      message_(new InlineMessage(this)),
      model_(new GroupedRowsModel(interfaceTitles(), {5}, this)) {
  name_->setObjectName(QStringLiteral("resolverHostnameLabel"));
  name_->setTextFormat(Qt::PlainText);
  name_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  refresh_->setObjectName(QStringLiteral("resolverMachineRefreshButton"));
  refresh_->setText(tr("Refresh"));
  refresh_->setAccessibleName(tr("Read the interfaces again"));
  table_ = new RowsTable(QStringLiteral("resolverInterfacesTable"), tr("Network interfaces"), model_, this);
  table_->setWidths({12, 6, 30, 14, 16, 7, 18});
  auto* bar = new QHBoxLayout;
  bar->addWidget(name_, 1);
  bar->addWidget(refresh_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(14, 12, 14, 12);
  column->setSpacing(6);
  column->addLayout(bar);
  column->addWidget(message_);
  column->addWidget(table_, 1);
  connect(refresh_, &QToolButton::clicked, this, &InterfacesPage::act);
}

void InterfacesPage::showEvent(QShowEvent* event) {
  Panel::showEvent(event);
  if (!event->spontaneous()) act();
}

void InterfacesPage::act() {
  inBackground(
      this,
      [] {
        return Answer{getHostName(), networkInterfaces()};
      },
      [this](const Answer& answer) { show(answer); });
}

void InterfacesPage::focusFirst() {
  table_->setFocus();
}

void InterfacesPage::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("columns"), table_->horizontalHeader()->saveState());
}

void InterfacesPage::restoreState(QSettings& settings) {
  table_->horizontalHeader()->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
}

void InterfacesPage::show(const Answer& answer) {
  message_->clear();
  if (answer.name)
    name_->setText(tr("This machine is %1").arg(toQString(visibleText(*answer.name))));
  else
    message_->showError(answer.name.error());
  if (!answer.interfaces) {
    message_->showError(answer.interfaces.error());
    return;
  }
  QList<TextRow> rows;
  for (const NetworkInterface& interface : *answer.interfaces) rows += interfaceRows(interface);
  model_->setGroup(0, rows);
}

}  // namespace sockbench::ui
