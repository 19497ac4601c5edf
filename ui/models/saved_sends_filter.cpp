#include "ui/models/saved_sends_filter.h"

#include "ui/bridge/core_types.h"
#include "ui/models/saved_sends_model.h"

namespace sockbench::ui {

SavedSendsFilter::SavedSendsFilter(SavedSendsModel* model, QObject* parent)
    : QSortFilterProxyModel(parent), model_(model) {
  setRecursiveFilteringEnabled(true);
  setAutoAcceptChildRows(true);
  setSourceModel(model);
}

void SavedSendsFilter::setSearch(const QString& text) {
  const std::string wanted = toUtf8(text.trimmed());
  pattern_.reset();
  if (!wanted.empty()) pattern_ = BytePattern::fromBytes(toBytes(wanted), false);
  invalidateFilter();
}

bool SavedSendsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  if (!pattern_) return true;
  const SavedSends::Node* node = model_->sends().find(model_->nodeAt(model_->index(row, 0, parent)));
  return node && node->send.mentions(*pattern_);
}

}  // namespace sockbench::ui
