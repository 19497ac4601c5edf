#include "ui/window/workspace_bar.h"

#include <QHBoxLayout>
#include <QPushButton>

#include "core/payload/visible_text.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {

WorkspaceBar::WorkspaceBar(QWidget* parent)
    : QWidget(parent), message_(new InlineMessage(this)), buttons_(new QHBoxLayout) {
  setObjectName(QStringLiteral("workspaceBar"));
  message_->setObjectName(QStringLiteral("workspaceMessage"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 6, 8, 6);
  row->setSpacing(8);
  row->addWidget(message_, 1);
  row->addLayout(buttons_);
  hide();
}

void WorkspaceBar::showError(const Error& error, const QList<Answer>& answers) {
  Error named = error;  // a message shows no subject, and the person may have opened several files
  const std::string file = error.subject.substr(error.subject.rfind('/') + 1);
  if (!file.empty()) named.detail = visibleText(file) + ": " + error.message();
  message_->showError(named);
  show(answers, tr("&Dismiss"));
}

void WorkspaceBar::ask(const QString& question, const QString& rest, const QList<Answer>& answers) {
  message_->showWarning(question, rest);
  show(answers, tr("&Not now"));
}

void WorkspaceBar::show(const QList<Answer>& answers, const QString& none) {
  while (const QLayoutItem* item = buttons_->takeAt(0)) {
    if (item->widget() != nullptr) item->widget()->deleteLater();
    delete item;
  }
  for (const Answer& answer : answers) addButton(answer);
  addButton({QStringLiteral("Dismiss"), none, {}});
  setVisible(true);
}

void WorkspaceBar::addButton(const Answer& answer) {
  auto* button = new QPushButton(answer.text, this);
  button->setObjectName(QStringLiteral("workspace%1Button").arg(answer.name));
  QString spoken = answer.text;
  button->setAccessibleName(spoken.remove(QLatin1Char('&')));
  buttons_->addWidget(button);
  connect(button, &QPushButton::clicked, this, [this, act = answer.act] {
    putAway();
    if (act) act();
  });
}

void WorkspaceBar::putAway() {
  message_->clear();
  hide();
}

}  // namespace sockbench::ui
