#include "ui/panels/resolver/lookup/lookup_status.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QStyle>

#include "ui/models/format.h"
#include "ui/panels/resolver/lookup/lookup_results.h"

namespace sockbench::ui {
namespace {

constexpr int kBarWidth = 140;

QString count(int number) {
  return formatCount(static_cast<std::uint64_t>(number));
}

}  // namespace

LookupStatus::LookupStatus(const LookupResults* results, QWidget* parent)
    : QWidget(parent),
      results_(results),
      row_(new QHBoxLayout(this)),
      label_(new QLabel(this)),
      bar_(new QProgressBar(this)) {
  label_->setObjectName(QStringLiteral("resolverStatusLabel"));
  label_->setAccessibleName(tr("State of the look-up"));
  label_->setTextFormat(Qt::PlainText);
  label_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  label_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  bar_->setObjectName(QStringLiteral("resolverProgressBar"));
  bar_->setAccessibleName(tr("Progress of the look-up"));
  bar_->setTextVisible(false);
  bar_->setFixedWidth(kBarWidth);
  bar_->hide();
  row_->setContentsMargins(0, 0, 0, 0);
  row_->setSpacing(8);
  row_->addWidget(label_, 1);
  row_->addWidget(bar_);
  connect(results, &LookupResults::changed, this, &LookupStatus::follow);
  connect(results, &LookupResults::finished, this, &LookupStatus::end);
  show(tr("Look up: F5 or Ctrl+Enter"), false);
}

void LookupStatus::add(QWidget* widget) {
  row_->addWidget(widget);
}

void LookupStatus::follow() {
  bar_->setRange(0, results_->hosts() + results_->hostEntries());
  bar_->setValue(results_->answered() + results_->hostEntriesAnswered());
  bar_->setVisible(results_->isRunning());
  QStringList parts{tr("Looking up: %1 of %2").arg(count(results_->answered()), count(results_->hosts()))};
  if (results_->failed() > 0) parts += tr("%1 failed").arg(count(results_->failed()));
  if (results_->answered() == results_->hosts())
    parts += tr("host entries: %1 of %2")
                 .arg(count(results_->hostEntriesAnswered()), count(results_->hostEntries()));
  parts += formatDuration(results_->elapsed());
  show(parts.join(QStringLiteral(" · ")), false);
}

void LookupStatus::end() {
  bar_->hide();
  QStringList parts;
  if (results_->wasCancelled()) parts += tr("Cancelled");
  parts += tr("%n address(es)", nullptr, results_->found());
  parts += tr("%n host(s)", nullptr, results_->hosts());
  if (results_->failed() > 0)
    parts += tr("%n failed: %1", nullptr, results_->failed())
                 .arg(results_->faultSymbols().join(QStringLiteral(", ")));
  parts += formatDuration(results_->elapsed());
  show(parts.join(QStringLiteral(" · ")), results_->failed() > 0);
}

void LookupStatus::show(const QString& text, bool fault) {
  label_->setText(text);
  label_->setToolTip(plainToolTip(text));
  if (label_->property("fault").toBool() == fault && label_->property("dim").isValid()) return;
  label_->setProperty("fault", fault);
  label_->setProperty("dim", !fault);
  label_->style()->unpolish(label_);
  label_->style()->polish(label_);
}

}  // namespace sockbench::ui
