// AnswersTab: how the sessions of one page answer by themselves: rules in a table, each edited beside it, and
// a ready answerer. What is changed holds at once, in open sessions too. The whole book can be written as
// text (core/automation/rules_toml.h). Thread: gui.
//
// Object names: `prefix` + "Answers" (this), "AnswersTable", "AnswerAddButton", "AnswerDuplicateButton",
// "AnswerRemoveButton", "AnswerUpButton", "AnswerDownButton", "AnswersTextButton", "AnswersTextEdit",
// "AnswersStatusLabel", "AnswersMessage", and those of RuleForm and ReadyAnswerBar.
#pragma once

#include <QWidget>
#include <memory>

#include "core/automation/answerers/answerer_desk.h"
#include "core/automation/answers/answer_desk.h"
#include "core/engine/session_spec.h"

class QLabel;
class QPlainTextEdit;
class QSettings;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace sockbench::ui {

class EngineBridge;
class InlineMessage;
class ReadyAnswerBar;
class RuleForm;
class RulesModel;

class AnswersTab : public QWidget {
  Q_OBJECT
 public:
  AnswersTab(const QString& prefix, EngineBridge* bridge, QWidget* parent = nullptr);

  // For SessionRules::agents of every session of the page; always the same.
  std::shared_ptr<const AgentMakers> agents() const { return agents_; }

  const AnswerBook& book() const { return book_; }
  void setBook(AnswerBook book);
  // Of the fields in what rules send; nullptr: none. For the rules of open sessions, too.
  void setVariables(std::shared_ptr<const Variables> variables);
  QString remark() const;  // for the tab: "3 on"; empty: nothing answers

  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void remarkChanged(const QString& remark);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* buildTable(const QString& prefix);
  QWidget* buildText(const QString& prefix);
  QWidget* buildButtons(const QString& prefix);
  QToolButton* makeButton(const QString& name, const QString& text, const QString& toolTip);
  int currentRow() const;
  void select(int row);
  void addRule();
  void duplicateRule();
  void removeRule();
  void moveRule(int by);
  void showCurrent();
  void takeRule();  // of the form
  void takeBook();  // of the model
  void takeText();  // of the edit
  void putAnswerer();
  void put();  // the book in force
  void sayInForce(std::size_t sessions);
  void showText(bool on);
  void refreshHits();

  EngineBridge* bridge_;
  std::shared_ptr<AnswerDesk> desk_;
  std::shared_ptr<AnswererDesk> answerers_;
  std::shared_ptr<const AgentMakers> agents_;
  AnswerBook book_;
  RulesModel* model_;
  ReadyAnswerBar* ready_;
  QTableView* table_;
  RuleForm* form_;
  QStackedWidget* stack_;
  QPlainTextEdit* text_;
  InlineMessage* message_;
  QLabel* status_;
  QToolButton* add_ = nullptr;
  QToolButton* duplicate_ = nullptr;
  QToolButton* remove_ = nullptr;
  QToolButton* up_ = nullptr;
  QToolButton* down_ = nullptr;
  QToolButton* asText_ = nullptr;
};

}  // namespace sockbench::ui
