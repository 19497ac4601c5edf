#include "ui/window/workspace_bar.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/inline_message.h"

namespace sockbench::ui {

WorkspaceBar::WorkspaceBar(QWidget* parent)
    : QWidget(parent), message_(new InlineMessage(this)), buttons_(new QHBoxLayout) {
  setObjectName(QStringLiteral("workspaceBar"));
  message_->setObjectName(QStringLiteral("workspaceMessage"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 6, 8, 6);
  column->setSpacing(6);
  column->addWidget(message_);
  column->addLayout(buttons_);
  hide();
}

void WorkspaceBar::showError(const Error& error, const QList<Answer>& answers) {
  message_->showError(error);
  show(answers);
}

void WorkspaceBar::ask(const QString& question, const QString& rest, const QList<Answer>& answers) {
  message_->showWarning(question, rest);
  show(answers);
}

void WorkspaceBar::show(const QList<Answer>& answers) {
  while (const QLayoutItem* item = buttons_->takeAt(0)) {
    if (item->widget() != nullptr) item->widget()->deleteLater();
    delete item;
  }
  for (const Answer& answer : answers) addButton(answer);
  addButton({QStringLiteral("Dismiss"), tr("&Not now"), {}});
  buttons_->addStretch(1);
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
