// WorkspaceBar: what there is to say or to ask about the workspace, above the panels, until a person answers.
// Hidden while there is nothing. Thread: gui.
//
// Object names: "workspaceBar", "workspaceMessage", of the buttons "workspaceNAMEButton".
#pragma once

#include <QWidget>
#include <functional>

#include "core/base/error.h"

class QHBoxLayout;

namespace sockbench::ui {

class InlineMessage;

class WorkspaceBar : public QWidget {
  Q_OBJECT
 public:
  struct Answer {
    QString name;  // in the object name: "Save"
    QString text;
    std::function<void()> act;  // empty: only puts the bar away
  };

  explicit WorkspaceBar(QWidget* parent = nullptr);

  // In place of what stood there. Every answer puts the bar away first; one that only does that
  // ("Dismiss") is there by itself. An error is told with the name of its file.
  void showError(const Error& error, const QList<Answer>& answers = {});
  void ask(const QString& question, const QString& rest, const QList<Answer>& answers);
  void putAway();

 private:
  void show(const QList<Answer>& answers, const QString& none);
  void addButton(const Answer& answer);

  InlineMessage* message_;
  QHBoxLayout* buttons_;
};

}  // namespace sockbench::ui
