// ScenarioStepsModel: a scenario's steps as a tree, in the order of the text: loops and clients hold their
// steps, sequences stand behind the steps and the expectations of the whole behind these; and what a run has
// made of each. Thread: gui.
#pragma once

#include <QAbstractItemModel>
#include <optional>
#include <vector>

#include "ui/bridge/scenario_bridge.h"

namespace sockbench::ui {

class ScenarioStepsModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Column { Step, Time, Result, kColumns };
  enum Role { StateRole = Qt::UserRole + 1 };  // State, as int; of a group: -1
  enum class State { waiting, running, held, failed, skipped };

  explicit ScenarioStepsModel(QObject* parent = nullptr);

  // Another text: nothing has been done of it. nullptr: empty.
  void setScenario(ScenarioPtr scenario);
  const ScenarioPtr& scenario() const { return scenario_; }
  // Of a run of this very scenario.
  void setTallies(const std::vector<ScenarioTally>& tallies, const QList<std::size_t>& changed);
  void setOver(bool over);  // what was not begun will never be
  void clearTallies();

  QModelIndex indexOf(std::size_t place) const;       // as ScenarioBridge counts them; invalid: there is none
  QModelIndex indexAtLine(std::uint32_t line) const;  // the step that the line belongs to; invalid: none
  std::uint32_t lineOf(const QModelIndex& index) const;  // 0: none
  std::uint32_t lineOf(std::size_t place) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Node {
    QString text;
    std::uint32_t line = 0;
    std::optional<std::size_t> place;  // nullopt: a group
    int parent = -1;                   // among nodes_; -1: the top
    int row = 0;
    std::vector<int> children{};
  };

  int add(Node node);
  void addSteps(const std::vector<ScenarioStep>& steps, int parent);
  const std::vector<int>& childrenOf(int node) const;
  const Node* nodeOf(const QModelIndex& index) const;
  QModelIndex indexOfNode(int node, int column = 0) const;
  State stateOf(const ScenarioTally& tally) const;
  QString resultText(const ScenarioTally& tally) const;

  ScenarioPtr scenario_;
  std::vector<Node> nodes_;
  std::vector<int> top_;
  std::vector<int> nodeOfPlace_;
  std::vector<ScenarioTally> tallies_;
  bool isOver_ = false;
};

QString stepStateText(ScenarioStepsModel::State state);  // "waiting", "held"

}  // namespace sockbench::ui
