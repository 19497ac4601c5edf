// ScenarioVariablesModel: a scenario's variables, with the values that a person gives them for the next runs.
// Thread: gui.
#pragma once

#include <QAbstractTableModel>
#include <map>
#include <string>
#include <vector>

#include "core/automation/scenario/scenario.h"

namespace sockbench::ui {

class ScenarioVariablesModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, Value, kColumns };

  explicit ScenarioVariablesModel(QObject* parent = nullptr);

  // Values that were given stay with their names; an empty one given, or the file's own, takes it back.
  void setVariables(const std::vector<ScenarioVariable>& variables);
  std::map<std::string, std::string, std::less<>> given() const;  // of variables that there are

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::vector<ScenarioVariable> variables_;
  std::map<std::string, std::string, std::less<>> given_;
};

}  // namespace sockbench::ui
