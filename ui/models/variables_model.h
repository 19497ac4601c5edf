// VariablesModel: the variables of the workspace, a row each, to be edited in place. A value that is kept
// elsewhere is never looked up here: its row shows where it is kept and a mask. Thread: gui.
#pragma once

#include <QAbstractTableModel>
#include <functional>
#include <vector>

#include "core/automation/variables/variable_spec.h"

namespace sockbench::ui {

class VariablesModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { name, kind, value, columns };
  static constexpr int kMost = 1000;

  explicit VariablesModel(QObject* parent = nullptr);

  void setVariables(std::vector<VariableSpec> variables);
  const std::vector<VariableSpec>& variables() const { return variables_; }

  // What messages have them as: the plain ones, and a way to ask for the others, which blocks and is kept in
  // memory until a variable changes. `variables` of it lives until then.
  FieldValues fieldValues() const;

  int add();  // the row of a new one with a name of its own; -1: there are kMost
  void remove(int row);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  // Of `kind`: a VariableSpec::Kind as int. False, and refused(), for a name that cannot be.
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 signals:
  void changed();                               // any of them, by whomever
  void refused(const sockbench::Error& error);  // an edit

 private:
  bool rename(VariableSpec& variable, const QString& to);
  void refreshValues();
  std::vector<VariableSpec> variables_;
  Variables plain_;
  std::function<Result<std::string>(std::string_view name)> secrets_;  // empty: there are none
};

QString variableKindText(VariableSpec::Kind kind);  // "plain text", "environment", "keyring"

}  // namespace sockbench::ui
