// SubnetsModel: the parts of a network, of one longer prefix each, numbered by address. There may be 2^128 of
// them: each row is worked out when it is looked at, and at most kMostRows stand in the table at a time, from
// a number that can be chosen. Thread: gui.
#pragma once

#include <QAbstractTableModel>
#include <optional>

#include "core/resolve/ip_network.h"

namespace sockbench::ui {

class SubnetsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Number, Network, FirstHost, LastHost, kColumns };
  static constexpr int kMostRows = 10'000;

  using QAbstractTableModel::QAbstractTableModel;

  // `longer`: network->prefix() to the address's bits. nullopt: no rows. From number 0 on.
  void setSplit(std::optional<IpNetwork> network, int longer);
  // Rows from such a number on that `number` is among them; answers its row. Up to lastNumber().
  int bring(Uint128 number);

  Uint128 firstNumber() const { return first_; }  // of the first row
  Uint128 lastNumber() const;                     // of all there are, 0 without a network
  bool isWhole() const;                           // every one has a row
  int rowOf(IpNumber address) const;              // of the part that holds it; -1: it has none
  std::optional<IpNetwork> subnet(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  std::optional<IpNetwork> network_;
  int longer_ = 0;
  Uint128 first_ = 0;
};

}  // namespace sockbench::ui
