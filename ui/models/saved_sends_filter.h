// SavedSendsFilter: the sends that a search finds, each with the folders that it stands in; a folder that is
// found shows all that is in it. Thread: gui.
#pragma once

#include <QSortFilterProxyModel>
#include <optional>

#include "core/payload/byte_pattern.h"

namespace sockbench::ui {

class SavedSendsModel;

class SavedSendsFilter : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  explicit SavedSendsFilter(SavedSendsModel* model, QObject* parent = nullptr);  // the model outlives it

  // In the name, the message, the endpoint or the note; ASCII letters of either case. Blank: everything.
  void setSearch(const QString& text);
  bool isSearching() const { return pattern_.has_value(); }

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  SavedSendsModel* model_;
  std::optional<BytePattern> pattern_;
};

}  // namespace sockbench::ui
