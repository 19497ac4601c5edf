#include "ui/models/capabilities_filter.h"

#include <algorithm>

#include "ui/models/capabilities_model.h"

namespace sockbench::ui {

void CapabilitiesFilter::setText(const QString& text) {
  words_ = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  invalidateFilter();
}

void CapabilitiesFilter::setShowsNonexistent(bool shows) {
  showsNonexistent_ = shows;
  invalidateFilter();
}

bool CapabilitiesFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  const QModelIndex first = sourceModel()->index(row, 0, parent);
  const auto state = static_cast<CapabilityState>(first.data(CapabilitiesModel::StateRole).toInt());
  if (state == CapabilityState::nonexistent && !showsNonexistent_) return false;
  QString text;
  for (int column = 0; column < sourceModel()->columnCount(); ++column)
    text += first.siblingAtColumn(column).data().toString() + QLatin1Char('\n');
  return std::ranges::all_of(words_,
                             [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

}  // namespace sockbench::ui
