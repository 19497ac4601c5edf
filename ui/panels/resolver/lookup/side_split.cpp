#include "ui/panels/resolver/lookup/side_split.h"

#include <QSettings>
#include <QTabWidget>
#include <algorithm>

namespace sockbench::ui {
namespace {

constexpr int kUsualShare = 40;
constexpr int kLeastShare = 10;
constexpr int kMostShare = 90;

}  // namespace

SideSplit::SideSplit(QWidget* main, QTabWidget* side, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent), side_(side) {
  addWidget(main);
  addWidget(side);
  setChildrenCollapsible(false);
  setHandleWidth(9);
  setProperty("gap", true);
  connect(side_, &QTabWidget::currentChanged, this, &SideSplit::apply);
  connect(this, &QSplitter::splitterMoved, this, &SideSplit::keep);
}

void SideSplit::setShare(const QWidget* tab, int percent) {
  for (int index = 0; index < side_->count(); ++index) {
    if (side_->widget(index) == tab) shares_[index] = std::clamp(percent, kLeastShare, kMostShare);
  }
  apply();
}

int SideSplit::share() const {
  return shares_.value(side_->currentIndex(), kUsualShare);
}

void SideSplit::resizeEvent(QResizeEvent* event) {
  QSplitter::resizeEvent(event);
  apply();
}

// Only the proportion of the sizes counts.
void SideSplit::apply() {
  setSizes({(100 - share()) * 100, share() * 100});
}

void SideSplit::keep() {
  const QList<int> now = sizes();
  const int whole = now.first() + now.last();
  if (whole <= 0) return;
  shares_[side_->currentIndex()] =
      std::clamp((100 * now.last() + whole / 2) / whole, kLeastShare, kMostShare);
}

void SideSplit::saveState(QSettings& settings) const {
  for (int index = 0; index < side_->count(); ++index) {
    if (shares_.contains(index)) settings.setValue(QStringLiteral("share%1").arg(index), shares_[index]);
  }
}

void SideSplit::restoreState(QSettings& settings) {
  for (int index = 0; index < side_->count(); ++index) {
    const int kept = settings.value(QStringLiteral("share%1").arg(index)).toInt();
    if (kept >= kLeastShare && kept <= kMostShare) shares_[index] = kept;
  }
  apply();
}

}  // namespace sockbench::ui
