#include "ui/models/variables_model.h"

#include <algorithm>

#include "core/automation/variables/secrets.h"
#include "ui/bridge/core_types.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {
namespace {

constexpr char kMask[] = "\u2022\u2022\u2022\u2022\u2022\u2022";

QString valueText(const VariableSpec& variable) {
  const QString written = shownText(variable.value);
  if (variable.kind == VariableSpec::Kind::plain) return written;
  return written + QStringLiteral("  ") + QString::fromUtf8(kMask);
}

QString toolTip(const VariableSpec& variable, int column) {
  if (column == VariablesModel::value && variable.kind == VariableSpec::Kind::environment)
    return VariablesModel::tr("The name of the environment's variable; read when a message is made");
  if (column == VariablesModel::value && variable.kind == VariableSpec::Kind::keyring)
    return VariablesModel::tr("The secret's name in the keyring; asked for when a message is made");
  if (column == VariablesModel::value)
    return VariablesModel::tr("Stands in the workspace's file as it is here");
  if (column == VariablesModel::name)
    return VariablesModel::tr("A message has it as {{%1}}").arg(shownText(variable.name));
  return {};
}

}  // namespace

QString variableKindText(VariableSpec::Kind kind) {
  switch (kind) {
    case VariableSpec::Kind::plain:
      return VariablesModel::tr("plain text");
    case VariableSpec::Kind::environment:
      return VariablesModel::tr("environment");
    case VariableSpec::Kind::keyring:
      return VariablesModel::tr("keyring");
  }
  return {};
}

VariablesModel::VariablesModel(QObject* parent) : QAbstractTableModel(parent) {
  connect(this, &VariablesModel::changed, this, &VariablesModel::refreshValues);
}

void VariablesModel::refreshValues() {
  plain_ = plainVariables(variables_);
  const bool allPlain = std::ranges::all_of(
      variables_, [](const VariableSpec& one) { return one.kind == VariableSpec::Kind::plain; });
  secrets_ = nullptr;
  if (!allPlain) secrets_ = secretsOf(variables_);
}

FieldValues VariablesModel::fieldValues() const {
  FieldValues values;
  values.variables = &plain_;
  values.secret = secrets_;
  return values;
}

void VariablesModel::setVariables(std::vector<VariableSpec> variables) {
  if (variables == variables_) return;
  beginResetModel();
  variables_ = std::move(variables);
  endResetModel();
  emit changed();
}

int VariablesModel::add() {
  if (variables_.size() >= kMost) return -1;
  const auto taken = [this](const std::string& wanted) {
    return std::ranges::any_of(variables_, [&](const VariableSpec& one) { return one.name == wanted; });
  };
  std::string free = "name";
  for (int i = 2; taken(free); ++i) free = "name" + std::to_string(i);
  const int row = rowCount();
  beginInsertRows({}, row, row);
  variables_.push_back({.name = free, .value = {}});
  endInsertRows();
  emit changed();
  return row;
}

void VariablesModel::remove(int row) {
  if (row < 0 || row >= rowCount()) return;
  beginRemoveRows({}, row, row);
  variables_.erase(variables_.begin() + row);
  endRemoveRows();
  emit changed();
}

int VariablesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(variables_.size());
}

int VariablesModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : int{columns};
}

QVariant VariablesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const VariableSpec& variable = variables_[static_cast<std::size_t>(index.row())];
  if (role == Qt::ToolTipRole) return toolTip(variable, index.column());
  if (role != Qt::DisplayRole && role != Qt::EditRole) return {};
  const bool edit = role == Qt::EditRole;
  switch (index.column()) {
    case name:
      return edit ? toQString(variable.name) : shownText(variable.name);
    case kind:
      return edit ? QVariant(static_cast<int>(variable.kind)) : QVariant(variableKindText(variable.kind));
    case value:
      return edit ? toQString(variable.value) : valueText(variable);
    default:
      return {};
  }
}

QVariant VariablesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case name:
      return tr("Name");
    case kind:
      return tr("Kept in");
    case value:
      return tr("Value, or the name it is kept under");
    default:
      return {};
  }
}

Qt::ItemFlags VariablesModel::flags(const QModelIndex& index) const {
  return QAbstractTableModel::flags(index) | (index.isValid() ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

bool VariablesModel::rename(VariableSpec& variable, const QString& to) {
  const std::string wanted = toUtf8(to.trimmed());
  if (wanted == variable.name) return true;
  if (const auto good = checkVariableName(wanted); !good) {
    emit refused(good.error());
    return false;
  }
  const bool taken =
      std::ranges::any_of(variables_, [&](const VariableSpec& other) { return other.name == wanted; });
  if (taken) {
    emit refused(Error::fromInput(InputFault::badSyntax, wanted, std::nullopt,
                                  toUtf8(tr("There is a variable of this name already"))));
    return false;
  }
  variable.name = wanted;
  return true;
}

bool VariablesModel::setData(const QModelIndex& index, const QVariant& to, int role) {
  if (role != Qt::EditRole || !index.isValid() || index.row() >= rowCount()) return false;
  VariableSpec& variable = variables_[static_cast<std::size_t>(index.row())];
  const VariableSpec before = variable;
  if (index.column() == name) {
    if (!rename(variable, to.toString())) return false;
  } else if (index.column() == kind) {
    variable.kind = static_cast<VariableSpec::Kind>(std::clamp(to.toInt(), 0, 2));
  } else {
    variable.value = toUtf8(to.toString());
  }
  if (variable == before) return true;
  emit dataChanged(this->index(index.row(), 0), this->index(index.row(), columns - 1));
  emit changed();
  return true;
}

}  // namespace sockbench::ui
