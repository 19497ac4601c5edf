// RulesModel: the rules of an AnswerBook as rows: on, name, when, then, hits. Only "on" and the name are
// edited in the table. Thread: gui.
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <vector>

#include "core/automation/answer_rule.h"
#include "core/automation/answers/answer_desk.h"

namespace sockbench::ui {

QString whenText(const AnswerRule& rule);                  // "receives text \"PING\""
QString stepsText(const std::vector<SessionStep>& steps);  // "send PONG · close"

class RulesModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { On, Name, When, Then, Hits, ColumnCount };

  using QAbstractTableModel::QAbstractTableModel;

  void setRules(std::vector<AnswerRule> rules);
  const std::vector<AnswerRule>& rules() const { return rules_; }
  void setRule(int row, AnswerRule rule);
  void insertRule(int row, AnswerRule rule);
  void removeRule(int row);
  void moveRule(int from, int to);
  void setFaults(const std::vector<RuleFault>& faults);  // which rows cannot be run, and why
  void showHits(const RuleBook& book);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 signals:
  void edited();  // by a person, in the table

 private:
  QString text(const AnswerRule& rule, int row, int column) const;

  std::vector<AnswerRule> rules_;
  std::vector<std::uint64_t> hits_;
  QHash<int, QString> faults_;
};

}  // namespace sockbench::ui
