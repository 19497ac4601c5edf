#include "ui/models/capabilities_model.h"

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"

namespace sockbench::ui {

void CapabilitiesModel::setCapabilities(std::vector<Capability> tried) {
  // The kinds are the same each time: rows, and with them the selection, stay.
  const bool sameRows = tried.size() == tried_.size();
  if (!sameRows) beginResetModel();
  tried_ = std::move(tried);
  if (!sameRows)
    endResetModel();
  else if (!tried_.empty())
    emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

const Capability* CapabilitiesModel::at(int row) const {
  return row >= 0 && row < rowCount() ? &tried_[static_cast<std::size_t>(row)] : nullptr;
}

QString CapabilitiesModel::stateText(CapabilityState state) {
  switch (state) {
    case CapabilityState::supported:
      return tr("supported");
    case CapabilityState::forbidden:
      return tr("forbidden to you");
    case CapabilityState::missing:
      return tr("not in this kernel");
    case CapabilityState::nonexistent:
      return tr("in no Linux");
  }
  return {};
}

QString CapabilitiesModel::explanation(const Capability& capability) {
  const SocketCombination& kind = capability.combination;
  const QString name = toQString(kind.trial == FurtherTrial::none ? "socket(" : "socket and bind (") +
                       toQString(kind.family->name) + QStringLiteral(", ") +
                       toQString(socketTypeConstant(kind.type)) + QStringLiteral(", ") +
                       toQString(kind.protocolText()) + QLatin1Char(')');
  if (!capability.error)
    return tr("%1: supported. %2; see %3").arg(name, toQString(kind.purpose()), toQString(kind.family->page));
  const Error& error = *capability.error;
  return tr("%1: %2, %3.\n%4")
      .arg(name, toQString(error.symbol()), toQString(error.message()), toQString(capability.needs));
}

QString CapabilitiesModel::cellText(const Capability& capability, int column) {
  const SocketCombination& kind = capability.combination;
  switch (column) {
    case Family:
      return toQString(kind.family->name);
    case Type:
      return toQString(socketTypeConstant(kind.type));
    case Protocol:
      return toQString(kind.protocolText());
    case State:
      return stateText(capability.state);
    case ErrorSymbol:
      return capability.error ? toQString(capability.error->symbol()) : QString();
    case Remark:
      return toQString(capability.supported() ? kind.purpose() : capability.needs);
    default:
      return {};
  }
}

int CapabilitiesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(tried_.size());
}

int CapabilitiesModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant CapabilitiesModel::data(const QModelIndex& index, int role) const {
  const Capability* capability = index.isValid() ? at(index.row()) : nullptr;
  if (capability == nullptr) return {};
  switch (role) {
    case Qt::DisplayRole:
      return cellText(*capability, index.column());
    case Qt::ToolTipRole:
      return plainToolTip(explanation(*capability));
    case StateRole:
      return static_cast<int>(capability->state);
    default:
      return {};
  }
}

QVariant CapabilitiesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  const QStringList titles{tr("Family"), tr("Type"),  tr("Protocol"),
                           tr("State"),  tr("Error"), tr("What it is for, or what it would take")};
  return titles[section];
}

}  // namespace sockbench::ui
