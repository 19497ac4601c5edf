#include "ui/models/calls_variables_model.h"

#include <algorithm>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/calls_socket_text.h"
#include "ui/models/calls_text.h"
#include "ui/models/format.h"
#include "ui/models/option_text.h"

namespace sockbench::ui {

// An index says whose it is by its id: 0 of a variable itself, else twice the variable's serial, and one more
// for an option.
CallsVariablesModel::CallsVariablesModel(QObject* parent) : QAbstractItemModel(parent) {}

CallsVariablesModel::Node CallsVariablesModel::makeNode(CallVariable variable, quintptr serial) {
  Node node{.serial = serial, .variable = std::move(variable), .value = {}, .facts = {}, .options = {}};
  if (node.variable.socket) {
    node.value = socketSummary(*node.variable.socket);
    for (const auto& [name, value] : socketFacts(*node.variable.socket)) node.facts += {name, value};
  } else {
    const bool closed = node.variable.value.as<CallHandle>() != nullptr;
    node.value = closed ? tr("closed") : callValueText(node.variable.value);
  }
  return node;
}

void CallsVariablesModel::setVariables(std::vector<CallVariable> variables) {
  std::size_t kept = 0;
  while (kept < std::min(nodes_.size(), variables.size()) &&
         nodes_[kept].variable.name == variables[kept].name)
    ++kept;
  if (kept < nodes_.size()) {
    beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(nodes_.size()) - 1);
    nodes_.erase(nodes_.begin() + static_cast<std::ptrdiff_t>(kept), nodes_.end());
    endRemoveRows();
  }
  for (std::size_t row = 0; row < kept; ++row) update(static_cast<int>(row), std::move(variables[row]));
  if (kept == variables.size()) return;
  beginInsertRows({}, static_cast<int>(kept), static_cast<int>(variables.size()) - 1);
  for (std::size_t row = kept; row < variables.size(); ++row)
    nodes_.push_back(makeNode(std::move(variables[row]), ++lastSerial_));
  endInsertRows();
}

void CallsVariablesModel::update(int row, CallVariable variable) {
  Node& node = nodes_[static_cast<std::size_t>(row)];
  Node now = makeNode(std::move(variable), node.serial);
  const QModelIndex place = index(row, 0);
  const auto handleOf = [](const Node& of) {
    return of.variable.socket ? of.variable.socket->handle : CallHandle{};
  };
  if (handleOf(now) == handleOf(node)) {
    now.options = node.options;
    now.opened = node.opened;
    node = std::move(now);
    if (!node.facts.isEmpty())
      emit dataChanged(index(0, 0, place), index(static_cast<int>(node.facts.size()) - 1, Value, place));
  } else {
    if (const int parts = rowCount(place); parts > 0) {
      beginRemoveRows(place, 0, parts - 1);
      node.facts.clear();
      node.variable.socket.reset();
      endRemoveRows();
    }
    const auto parts = static_cast<int>(now.facts.size());
    if (parts > 0) beginInsertRows(place, 0, parts);
    node = std::move(now);
    if (parts > 0) endInsertRows();
  }
  emit dataChanged(place, index(row, Value));
}

QModelIndex CallsVariablesModel::optionsIndex(int row) const {
  const QModelIndex place = index(row, 0);
  return index(rowCount(place) - 1, 0, place);
}

void CallsVariablesModel::setOptions(CallHandle handle, const QList<OptionReading>& options) {
  QList<Line> lines;
  for (const OptionReading& reading : options) {
    Line line{.name = toQString(reading.option->name), .value = {}};
    line.fault = !reading.effective;
    line.value = reading.effective ? optionValueText(*reading.option, *reading.effective)
                                   : errnoText(reading.effective.error().code);
    line.meaning = toQString(reading.option->meaning);
    lines += line;
  }
  for (int row = 0; row < static_cast<int>(nodes_.size()); ++row) {
    Node& node = nodes_[static_cast<std::size_t>(row)];
    if (!node.variable.socket || node.variable.socket->handle != handle) continue;
    node.opened = true;
    const QModelIndex place = optionsIndex(row);
    if (node.options.size() == lines.size()) {
      node.options = lines;
      if (!lines.isEmpty())
        emit dataChanged(index(0, 0, place), index(static_cast<int>(lines.size()) - 1, Value, place));
      continue;
    }
    if (!node.options.isEmpty()) {
      beginRemoveRows(place, 0, static_cast<int>(node.options.size()) - 1);
      node.options.clear();
      endRemoveRows();
    }
    if (lines.isEmpty()) continue;
    beginInsertRows(place, 0, static_cast<int>(lines.size()) - 1);
    node.options = lines;
    endInsertRows();
  }
}

CallsVariablesModel::Depth CallsVariablesModel::depthOf(const QModelIndex& index) {
  if (index.internalId() == 0) return Depth::variable;
  return index.internalId() % 2 == 0 ? Depth::fact : Depth::option;
}

const CallsVariablesModel::Node* CallsVariablesModel::nodeOf(const QModelIndex& index) const {
  if (!index.isValid()) return nullptr;
  if (depthOf(index) == Depth::variable) return &nodes_[static_cast<std::size_t>(index.row())];
  const auto found = std::ranges::lower_bound(nodes_, index.internalId() / 2, {}, &Node::serial);
  return found == nodes_.end() ? nullptr : &*found;
}

const CallVariable* CallsVariablesModel::variableOf(const QModelIndex& index) const {
  const Node* node = nodeOf(index);
  return node == nullptr ? nullptr : &node->variable;
}

bool CallsVariablesModel::isOptions(const QModelIndex& index) const {
  const Node* node = nodeOf(index);
  return node != nullptr && depthOf(index) == Depth::fact && index.row() == node->facts.size();
}

QList<CallHandle> CallsVariablesModel::openedOptions() const {
  QList<CallHandle> handles;
  for (const Node& node : nodes_)
    if (node.opened && node.variable.socket) handles += node.variable.socket->handle;
  return handles;
}

QModelIndex CallsVariablesModel::index(int row, int column, const QModelIndex& parent) const {
  if (row < 0 || column < 0 || column >= kColumns || row >= rowCount(parent)) return {};
  if (!parent.isValid()) return createIndex(row, column, quintptr{0});
  const Node* node = nodeOf(parent);
  const bool ofVariable = depthOf(parent) == Depth::variable;
  return createIndex(row, column, node->serial * 2 + (ofVariable ? 0 : 1));
}

QModelIndex CallsVariablesModel::parent(const QModelIndex& index) const {
  const Node* node = nodeOf(index);
  if (node == nullptr || depthOf(index) == Depth::variable) return {};
  if (depthOf(index) == Depth::fact)
    return createIndex(static_cast<int>(node - nodes_.data()), 0, quintptr{0});
  return createIndex(static_cast<int>(node->facts.size()), 0, node->serial * 2);
}

int CallsVariablesModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return static_cast<int>(nodes_.size());
  if (parent.column() != 0) return 0;
  const Node* node = nodeOf(parent);
  if (node == nullptr) return 0;
  if (depthOf(parent) == Depth::variable)
    return node->facts.isEmpty() ? 0 : static_cast<int>(node->facts.size()) + 1;
  return isOptions(parent) ? static_cast<int>(node->options.size()) : 0;
}

bool CallsVariablesModel::hasChildren(const QModelIndex& parent) const {
  const Node* node = nodeOf(parent);
  const bool asked = node != nullptr && node->opened;
  return (parent.column() == 0 && isOptions(parent) && !asked) || rowCount(parent) > 0;
}

int CallsVariablesModel::columnCount(const QModelIndex&) const {
  return kColumns;
}

QVariant CallsVariablesModel::lineData(const Line& line, int column, int role) const {
  switch (role) {
    case Qt::DisplayRole:
      return column == Name ? line.name : line.value;
    case Qt::ToolTipRole:
      return plainToolTip(line.meaning.isEmpty() || column == Value ? line.value : line.meaning);
    case DimRole:
      return column == Name;
    case FaultRole:
      return line.fault && column == Value;
    default:
      return {};
  }
}

QVariant CallsVariablesModel::variableData(const Node& node, int column, int role) const {
  switch (role) {
    case Qt::DisplayRole:
      return column == Name ? toQString(visibleText(node.variable.name)) : node.value;
    case Qt::ToolTipRole:
      return plainToolTip(node.value);
    case DimRole:
      return column == Value && node.variable.socket && node.variable.socket->descriptor < 0;
    case FaultRole:
      return false;
    default:
      return {};
  }
}

QVariant CallsVariablesModel::data(const QModelIndex& index, int role) const {
  const Node* node = nodeOf(index);
  if (node == nullptr) return {};
  if (depthOf(index) == Depth::variable) return variableData(*node, index.column(), role);
  if (depthOf(index) == Depth::option) return lineData(node->options[index.row()], index.column(), role);
  if (!isOptions(index)) return lineData(node->facts[index.row()], index.column(), role);
  const QString count =
      node->opened ? formatCount(static_cast<std::uint64_t>(node->options.size())) : QString();
  return lineData({.name = tr("Options"), .value = count}, index.column(), role);
}

QVariant CallsVariablesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  return section == Name ? tr("Name") : tr("Value");
}

}  // namespace sockbench::ui
