#include "ui/panels/resolver/address/subnets_model.h"

#include <algorithm>

#include "ui/bridge/core_types.h"

namespace sockbench::ui {

void SubnetsModel::setSplit(std::optional<IpNetwork> network, int longer) {
  if (network == network_ && longer == longer_ && first_ == 0) return;
  beginResetModel();
  network_ = network;
  longer_ = longer;
  first_ = 0;
  endResetModel();
}

Uint128 SubnetsModel::lastNumber() const {
  return network_ ? network_->lastSubnet(longer_) : 0;
}

bool SubnetsModel::isWhole() const {
  return lastNumber() < static_cast<Uint128>(kMostRows);
}

int SubnetsModel::bring(Uint128 number) {
  constexpr Uint128 kRows = kMostRows;
  if (number < first_ || number - first_ >= kRows) {
    beginResetModel();
    // In the middle of the table, but no row beyond the last one.
    const Uint128 most = isWhole() ? 0 : lastNumber() - kRows + 1;
    first_ = std::min(number < kRows / 2 ? 0 : number - kRows / 2, most);
    endResetModel();
  }
  return static_cast<int>(number - first_);
}

int SubnetsModel::rowOf(IpNumber address) const {
  if (!network_ || !network_->contains(address)) return -1;
  const Uint128 number = network_->subnetOf(longer_, address);
  return number < first_ || number - first_ >= static_cast<Uint128>(rowCount())
             ? -1
             : static_cast<int>(number - first_);
}

std::optional<IpNetwork> SubnetsModel::subnet(int row) const {
  if (!network_ || row < 0 || row >= rowCount()) return std::nullopt;
  return network_->subnet(longer_, first_ + static_cast<unsigned>(row));
}

int SubnetsModel::rowCount(const QModelIndex& parent) const {
  if (parent.isValid() || !network_) return 0;
  return static_cast<int>(std::min<Uint128>(lastNumber() - first_, kMostRows - 1)) + 1;
}

int SubnetsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant SubnetsModel::data(const QModelIndex& index, int role) const {
  const std::optional<IpNetwork> part = index.isValid() ? subnet(index.row()) : std::nullopt;
  if (!part) return {};
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue((index.column() == Number ? Qt::AlignRight : Qt::AlignLeft) |
                               Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
  switch (index.column()) {
    case Number:
      return toQString(decimalText(first_ + static_cast<unsigned>(index.row())));
    case Network:
      return toQString(part->text());
    case FirstHost:
      return toQString(part->firstHost().text());
    case LastHost:
      return toQString(part->lastHost().text());
    default:
      return {};
  }
}

QVariant SubnetsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue((section == Number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole) return {};
  const QStringList titles{tr("No."), tr("Network"), tr("First host"), tr("Last host")};
  return titles[section];
}

}  // namespace sockbench::ui
