// StepsEdit: what a rule does, a line a step: its verb, and what belongs to it. Thread: gui.
//
// Object names: `prefix` + "StepsEdit" (this), "AddStepButton"; in each line "StepBox", "StepEdit",
// "StepRemoveButton".
#pragma once

#include <QWidget>
#include <vector>

#include "core/automation/session_step.h"
#include "core/base/error.h"

class QComboBox;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace sockbench::ui {

class StepsEdit : public QWidget {
  Q_OBJECT
 public:
  explicit StepsEdit(QString prefix, QWidget* parent = nullptr);

  void setSteps(const std::vector<SessionStep>& steps);
  // A time that cannot be read leaves the step's as it was and is marked where it stands.
  std::vector<SessionStep> steps() const;
  void showFault(std::size_t step, const Error& error);  // marks the line until it is edited

 signals:
  void edited();  // by a person

 private:
  struct Line {
    QWidget* widget = nullptr;
    QComboBox* verb = nullptr;
    QLineEdit* edit = nullptr;
    SessionStep step;  // as it was set: what the line does not show stays
  };
  void addLine(const SessionStep& step);
  void removeLine(const QWidget* widget);
  void showVerb(Line& line);
  Line* lineOf(const QWidget* widget);
  void change(const QWidget* widget, bool verbToo);

  const QString prefix_;
  QVBoxLayout* column_;
  QToolButton* add_;
  std::vector<Line> lines_;
};

}  // namespace sockbench::ui
