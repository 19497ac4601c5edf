#include "ui/models/scenario_variables_model.h"

#include <QFont>
#include <algorithm>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {

ScenarioVariablesModel::ScenarioVariablesModel(QObject* parent) : QAbstractTableModel(parent) {}

void ScenarioVariablesModel::setVariables(const std::vector<ScenarioVariable>& variables) {
  const auto isAlike = [](const ScenarioVariable& a, const ScenarioVariable& b) {
    return a.name == b.name && a.value == b.value;
  };
  if (std::ranges::equal(variables, variables_, isAlike)) return;  // an editor that is open stays
  beginResetModel();
  variables_ = variables;
  endResetModel();
}

std::map<std::string, std::string, std::less<>> ScenarioVariablesModel::given() const {
  std::map<std::string, std::string, std::less<>> values;
  for (const ScenarioVariable& variable : variables_) {
    if (const auto value = given_.find(variable.name); value != given_.end()) values.insert(*value);
  }
  return values;
}

int ScenarioVariablesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(variables_.size());
}

int ScenarioVariablesModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant ScenarioVariablesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const ScenarioVariable& variable = variables_[static_cast<std::size_t>(index.row())];
  const auto given = given_.find(variable.name);
  const bool isGiven = given != given_.end();
  if (index.column() == Name) {
    if (role == Qt::DisplayRole) return shownText(variable.name);
    return {};
  }
  const std::string& value = isGiven ? given->second : variable.value;
  switch (role) {
    case Qt::DisplayRole:
      return shownText(value);
    case Qt::EditRole:
      return toQString(value);
    case Qt::FontRole: {
      QFont font;
      font.setBold(isGiven);
      return isGiven ? QVariant(font) : QVariant();
    }
    case Qt::ToolTipRole:
      return plainToolTip(isGiven ? tr("In the file: %1").arg(shownText(variable.value))
                                  : tr("As it stands in the file; another one counts for runs from here"));
    default:
      return {};
  }
}

bool ScenarioVariablesModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid() || index.column() != Value || role != Qt::EditRole) return false;
  const ScenarioVariable& variable = variables_[static_cast<std::size_t>(index.row())];
  const std::string text = toUtf8(value.toString());
  if (text.empty() || text == variable.value) {
    given_.erase(variable.name);
  } else {
    given_[variable.name] = text;
  }
  emit dataChanged(index, index);
  return true;
}

Qt::ItemFlags ScenarioVariablesModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  return index.column() == Value ? flags | Qt::ItemIsEditable : flags;
}

QVariant ScenarioVariablesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return section == Name ? tr("Variable") : tr("Value in this run");
}

}  // namespace sockbench::ui
