// CapabilitiesFilter: which of the tried kinds of socket are shown. Thread: gui.
#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace sockbench::ui {

class CapabilitiesFilter : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;

  void setText(const QString& text);     // words that must all be found in a row; case does not count
  void setShowsNonexistent(bool shows);  // also what no Linux has; off at first
  bool showsNonexistent() const { return showsNonexistent_; }

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  QStringList words_;
  bool showsNonexistent_ = false;
};

}  // namespace sockbench::ui
