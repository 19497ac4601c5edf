// CapabilitiesModel: the kinds of socket that were tried, a row each. Thread: gui.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/system/capabilities.h"

namespace sockbench::ui {

class CapabilitiesModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Family, Type, Protocol, State, ErrorSymbol, Remark, kColumns };
  enum Role { StateRole = Qt::UserRole + 1 };  // int of CapabilityState

  using QAbstractTableModel::QAbstractTableModel;

  void setCapabilities(std::vector<Capability> tried);
  const std::vector<Capability>& capabilities() const { return tried_; }
  const Capability* at(int row) const;  // nullptr: no such row

  // What the row says in full: what it is, what came of it, and what it would take.
  static QString explanation(const Capability& capability);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  static QString stateText(CapabilityState state);
  static QString cellText(const Capability& capability, int column);

  std::vector<Capability> tried_;
};

}  // namespace sockbench::ui
