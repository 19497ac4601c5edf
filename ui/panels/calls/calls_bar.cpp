#include "ui/panels/calls/calls_bar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>

#include "ui/bridge/core_types.h"
#include "ui/panels/calls/script_button.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/named.h"
#include "ui/widgets/remark_delegate.h"

namespace sockbench::ui {

CallsBar::CallsBar(const CallsModel* model, QWidget* parent)
    : QWidget(parent),
      runAll_(named(new QPushButton(tr("Run all"), this), "callsRunAllButton", tr("Run all lines"),
                    tr("Closes every socket, forgets the variables, and runs every line from the first"))),
      runFrom_(named(new QPushButton(tr("Run from here"), this), "callsRunFromButton",
                     tr("Run from the selected line"),
                     tr("Runs the selected line and those after it with the variables as they are"))),
      keepGoing_(named(new QCheckBox(tr("Go on after an error"), this), "callsKeepGoingBox",
                       tr("Go on after an error"), tr("Else a run stops at the first line that fails"))),
      script_(new ScriptButton(model, this)),
      clear_(named(new QPushButton(tr("Clear"), this), "callsClearButton", tr("Clear the bench"),
                   tr("Interrupts and closes everything, and forgets the variables and the lines"))),
      experiments_(
          named(new QComboBox(this), "callsExperimentBox", tr("Experiments"),
                tr("Ready calls with what to look for; chosen, they run, and say what happened here"))) {
  fillExperiments();
  auto* row = new FlowLayout(this, 6);
  for (QWidget* control :
       {static_cast<QWidget*>(experiments_), static_cast<QWidget*>(runAll_), static_cast<QWidget*>(runFrom_),
        static_cast<QWidget*>(keepGoing_), static_cast<QWidget*>(script_), static_cast<QWidget*>(clear_)})
    row->addWidget(control);
  connect(runAll_, &QPushButton::clicked, this, &CallsBar::runAllRequested);
  connect(runFrom_, &QPushButton::clicked, this, &CallsBar::runFromRequested);
  connect(keepGoing_, &QCheckBox::toggled, this, &CallsBar::keepGoingChanged);
  connect(clear_, &QPushButton::clicked, this, &CallsBar::clearRequested);
  connect(experiments_, &QComboBox::activated, this, [this](int index) {
    if (index > 0) emit experimentChosen(&experiments()[static_cast<std::size_t>(index - 1)]);
    experiments_->setCurrentIndex(0);  // the same one can be chosen again
  });
}

void CallsBar::fillExperiments() {
  experiments_->setItemDelegate(new RemarkDelegate(experiments_));
  experiments_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  experiments_->setMinimumContentsLength(14);
  experiments_->setMaxVisibleItems(20);
  experiments_->addItem(tr("Experiments"));
  for (const Experiment& experiment : experiments()) {
    experiments_->addItem(toQString(experiment.title));
    const int index = experiments_->count() - 1;
    experiments_->setItemData(index, toQString(experiment.needs), kRemarkRole);
    experiments_->setItemData(index, plainToolTip(toQString(experiment.lookFor)), Qt::ToolTipRole);
  }
}

bool CallsBar::keepsGoing() const {
  return keepGoing_->isChecked();
}

void CallsBar::setKeepsGoing(bool keep) {
  keepGoing_->setChecked(keep);
}

void CallsBar::setRunnable(bool any, bool fromHere) {
  setEnabledOr(runAll_, any, tr("There are no lines yet"));
  setEnabledOr(runFrom_, fromHere, tr("Select a line first"));
}

}  // namespace sockbench::ui
