#include "ui/panels/many/many_panel.h"

#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <utility>

#include "ui/bridge/engine_bridge.h"
#include "ui/panels/many/many_form.h"
#include "ui/panels/many/many_results.h"
#include "ui/widgets/endpoint_form.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/low_scroll.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {

ManyPanel::ManyPanel(EngineBridge* bridge, QWidget* parent)
    : Panel(parent),
      bridge_(bridge),
      form_(new ManyForm(this)),
      start_(named(new QPushButton(tr("Start"), this), "manyStartButton", tr("Start"),
                   tr("Open the clients (F5)"))),
      stop_(named(new QPushButton(tr("Stop"), this), "manyStopButton", tr("Stop"),
                  tr("Open no more, send no more, and close all (Esc)"))),
      results_(new ManyResults(this)),
      door_(std::make_shared<NewsDoor>(this, [this] { refresh(); })) {
  setHelpPage(this, QStringLiteral("many"));
  start_->setProperty("primary", true);
  stop_->setProperty("danger", true);
  for (QPushButton* button : {stop_, start_}) {
    button->setAutoDefault(false);
    form_->addButton(button);
  }
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(14, 12, 14, 8);
  column->setSpacing(8);
  column->addWidget(form_);
  column->addWidget(results_, 1);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(makeLowScroll(content, this));
  connect(start_, &QPushButton::clicked, this, &ManyPanel::act);
  connect(stop_, &QPushButton::clicked, this, &ManyPanel::cancel);
  connect(form_, &ManyForm::submitted, this, &ManyPanel::act);
  connect(results_, &ManyResults::picked, this, &ManyPanel::sessionSelected);
  refresh();
}

ManyPanel::~ManyPanel() {
  door_->close();
  results_->setSwarm(nullptr);
}

bool ManyPanel::isRunning() const {
  return swarm_ && !swarm_->isOver();
}

void ManyPanel::act() {
  if (isRunning()) return;
  auto spec = form_->read();
  if (!spec) return;
  auto swarm = bridge_->startSwarm(*std::move(spec), [door = door_] { door->knock(); });
  if (!swarm) return form_->showError(swarm.error());
  results_->setSwarm(swarm->get());
  swarm_ = std::move(*swarm);
  refresh();
}

void ManyPanel::cancel() {
  if (isRunning()) swarm_->stop();
}

void ManyPanel::focusFirst() {
  form_->endpoint()->focusHost();
}

void ManyPanel::refresh() {
  const bool running = isRunning();
  form_->setLocked(running);
  setEnabledOr(start_, !running, tr("The clients run"));
  setEnabledOr(stop_, running, tr("No client runs"));
  results_->refresh();
}

void ManyPanel::saveState(QSettings& settings) const {
  form_->saveState(settings);
  if (const QByteArray split = results_->saveState(); !split.isEmpty())
    settings.setValue(QStringLiteral("split"), split);
}

void ManyPanel::restoreState(QSettings& settings) {
  form_->restoreState(settings);
  results_->restoreState(settings.value(QStringLiteral("split")).toByteArray());
}

}  // namespace sockbench::ui
