// RuleForm: one rule, edited in place: when it acts, and what it does. Thread: gui.
//
// Object names: `prefix` + "RuleNameEdit", "WhenBox", "PatternEdit", "IgnoreCaseCheck", "LeastSpin",
// "MostSpin", "CountSpin", "SilenceEdit", "LastCheck", "RuleMessage", and those of StepsEdit.
#pragma once

#include <QWidget>
#include <vector>

#include "core/automation/answer_rule.h"
#include "core/automation/answers/rule_book.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace sockbench::ui {

class InlineMessage;
class StepsEdit;

class RuleForm : public QWidget {
  Q_OBJECT
 public:
  explicit RuleForm(const QString& prefix, QWidget* parent = nullptr);

  void setRule(const AnswerRule& rule);
  AnswerRule rule() const;
  // What of it cannot be run, where it stands; none: nothing.
  void showFaults(const std::vector<RuleFault>& faults);
  void focusPattern();

 signals:
  void edited();  // by a person; rule() is the new one

 private:
  QWidget* buildCondition(const QString& prefix);
  void showCondition();
  void change();
  void readCondition();
  QSpinBox* makeSpin(const QString& name, const QString& accessible, int least);

  AnswerRule rule_;
  QLineEdit* name_;
  QComboBox* when_;
  QLineEdit* pattern_;
  QCheckBox* ignoreCase_;
  QSpinBox* least_;
  QSpinBox* most_;
  QSpinBox* count_;
  QLineEdit* silence_;
  QCheckBox* last_;
  StepsEdit* steps_;
  InlineMessage* message_;
};

}  // namespace sockbench::ui
