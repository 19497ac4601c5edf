#include "ui/models/scenario_steps_model.h"

#include <algorithm>
#include <utility>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {

ScenarioStepsModel::ScenarioStepsModel(QObject* parent) : QAbstractItemModel(parent) {}

void ScenarioStepsModel::setScenario(ScenarioPtr scenario) {
  beginResetModel();
  scenario_ = std::move(scenario);
  nodes_.clear();
  top_.clear();
  nodeOfPlace_.clear();
  tallies_.clear();
  isOver_ = false;
  if (scenario_) {
    const std::size_t count = scenario_->stepCount + scenario_->expectations.size();
    nodeOfPlace_.assign(count, -1);
    tallies_.assign(count, {});
    addSteps(scenario_->steps, -1);
    for (const ScenarioSequence& sequence : scenario_->sequences)
      addSteps(sequence.steps, add({.text = tr("sequence %1").arg(shownText(sequence.name)),
                                    .line = sequence.place.line,
                                    .place = std::nullopt}));
    for (std::size_t i = 0; i < scenario_->expectations.size(); ++i) {
      const ScenarioState& state = scenario_->expectations[i];
      add({.text = tr("at the end: %1").arg(toQString(sockbench::stateText(state))),
           .line = state.place.line,
           .place = scenario_->stepCount + i});
    }
  }
  endResetModel();
}

int ScenarioStepsModel::add(Node node) {
  const int number = static_cast<int>(nodes_.size());
  std::vector<int>& siblings =
      node.parent < 0 ? top_ : nodes_[static_cast<std::size_t>(node.parent)].children;
  node.row = static_cast<int>(siblings.size());
  siblings.push_back(number);
  if (node.place) nodeOfPlace_[*node.place] = number;
  nodes_.push_back(std::move(node));
  return number;
}

void ScenarioStepsModel::addSteps(const std::vector<ScenarioStep>& steps, int parent) {
  for (const ScenarioStep& step : steps) {
    QString text = toQString(stepText(step));
    if (!step.name.empty()) text = shownText(step.name) + QStringLiteral(": ") + text;
    const int node = add({.text = text, .line = step.place.line, .place = step.index, .parent = parent});
    addSteps(step.steps, node);
  }
}

void ScenarioStepsModel::setTallies(const std::vector<ScenarioTally>& tallies,
                                    const QList<std::size_t>& changed) {
  for (const std::size_t place : changed) {
    if (place >= tallies_.size() || place >= tallies.size()) continue;
    tallies_[place] = tallies[place];
    const int node = nodeOfPlace_[place];
    if (node >= 0) emit dataChanged(indexOfNode(node), indexOfNode(node, kColumns - 1));
  }
}

void ScenarioStepsModel::setOver(bool over) {
  if (std::exchange(isOver_, over) == over) return;
  for (std::size_t place = 0; place < tallies_.size(); ++place) {
    const int node = nodeOfPlace_[place];
    if (node >= 0 && tallies_[place].began == 0)
      emit dataChanged(indexOfNode(node), indexOfNode(node, kColumns - 1));
  }
}

void ScenarioStepsModel::clearTallies() {
  QList<std::size_t> all;
  for (std::size_t place = 0; place < tallies_.size(); ++place) all.append(place);
  isOver_ = false;
  setTallies(std::vector<ScenarioTally>(tallies_.size()), all);
}

QModelIndex ScenarioStepsModel::indexOf(std::size_t place) const {
  const int node = place < nodeOfPlace_.size() ? nodeOfPlace_[place] : -1;
  return node < 0 ? QModelIndex() : indexOfNode(node);
}

// The last thing that begins at or before the line.
QModelIndex ScenarioStepsModel::indexAtLine(std::uint32_t line) const {
  int best = -1;
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    const std::uint32_t at = nodes_[node].line;
    if (at <= line && (best < 0 || at >= nodes_[static_cast<std::size_t>(best)].line))
      best = static_cast<int>(node);
  }
  return best < 0 ? QModelIndex() : indexOfNode(best);
}

std::uint32_t ScenarioStepsModel::lineOf(const QModelIndex& index) const {
  const Node* node = nodeOf(index);
  return node ? node->line : 0;
}

std::uint32_t ScenarioStepsModel::lineOf(std::size_t place) const {
  return lineOf(indexOf(place));
}

const std::vector<int>& ScenarioStepsModel::childrenOf(int node) const {
  return node < 0 ? top_ : nodes_[static_cast<std::size_t>(node)].children;
}

// An index says by its id which node it is.
const ScenarioStepsModel::Node* ScenarioStepsModel::nodeOf(const QModelIndex& index) const {
  return index.isValid() ? &nodes_[index.internalId()] : nullptr;
}

QModelIndex ScenarioStepsModel::indexOfNode(int node, int column) const {
  return createIndex(nodes_[static_cast<std::size_t>(node)].row, column, static_cast<quintptr>(node));
}

QModelIndex ScenarioStepsModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) return {};
  const int above = parent.isValid() ? static_cast<int>(parent.internalId()) : -1;
  return indexOfNode(childrenOf(above)[static_cast<std::size_t>(row)], column);
}

QModelIndex ScenarioStepsModel::parent(const QModelIndex& index) const {
  const Node* node = nodeOf(index);
  return node && node->parent >= 0 ? indexOfNode(node->parent) : QModelIndex();
}

int ScenarioStepsModel::rowCount(const QModelIndex& parent) const {
  if (parent.column() > 0) return 0;
  return static_cast<int>(childrenOf(parent.isValid() ? static_cast<int>(parent.internalId()) : -1).size());
}

int ScenarioStepsModel::columnCount(const QModelIndex&) const {
  return kColumns;
}

ScenarioStepsModel::State ScenarioStepsModel::stateOf(const ScenarioTally& tally) const {
  if (tally.failed > 0) return State::failed;
  if (tally.isRunning()) return State::running;
  if (tally.stopped > 0) return State::skipped;
  if (tally.held > 0) return State::held;
  return isOver_ ? State::skipped : State::waiting;
}

QString ScenarioStepsModel::resultText(const ScenarioTally& tally) const {
  QStringList parts;
  if (tally.began > 1) parts << tr("%n time(s)", nullptr, pluralNumber(tally.began));
  if (tally.began > 1 && tally.failed > 0) parts << tr("%n failed", nullptr, pluralNumber(tally.failed));
  if (tally.stopped > 0) parts << tr("stopped");
  if (!tally.remark.isEmpty()) parts << tally.remark;
  return parts.join(QStringLiteral(" \u00b7 "));
}

QVariant ScenarioStepsModel::data(const QModelIndex& index, int role) const {
  const Node* node = nodeOf(index);
  if (!node) return {};
  const ScenarioTally* tally = node->place ? &tallies_[*node->place] : nullptr;
  if (role == StateRole) return tally ? static_cast<int>(stateOf(*tally)) : -1;
  const bool isText = role == Qt::DisplayRole || role == Qt::ToolTipRole || role == Qt::AccessibleTextRole;
  if (!isText) return {};
  QString text;
  if (index.column() == Step) text = node->text;
  if (index.column() == Result && tally) text = resultText(*tally);
  if (index.column() == Time && tally && tally->held + tally->failed + tally->stopped > 0)
    text = formatDuration(tally->elapsed);
  if (role == Qt::ToolTipRole) return plainToolTip(text);
  if (role == Qt::AccessibleTextRole && index.column() == Step && tally)
    return stepStateText(stateOf(*tally)) + QStringLiteral(": ") + text;
  return text;
}

QVariant ScenarioStepsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case Step:
      return tr("Step");
    case Time:
      return tr("Time");
    case Result:
      return tr("What came of it");
    default:
      return {};
  }
}

QString stepStateText(ScenarioStepsModel::State state) {
  switch (state) {
    case ScenarioStepsModel::State::waiting:
      return ScenarioStepsModel::tr("waiting");
    case ScenarioStepsModel::State::running:
      return ScenarioStepsModel::tr("running");
    case ScenarioStepsModel::State::held:
      return ScenarioStepsModel::tr("held");
    case ScenarioStepsModel::State::failed:
      return ScenarioStepsModel::tr("failed");
    case ScenarioStepsModel::State::skipped:
      return ScenarioStepsModel::tr("skipped");
  }
  return {};
}

}  // namespace sockbench::ui
