#include "ui/panels/calls/line_bar.h"

#include <QGridLayout>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/panels/calls/call_line_edit.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {

LineBar::LineBar(QWidget* parent)
    : QWidget(parent),
      form_(named(new QToolButton(this), "callsFormButton", tr("Show the form"),
                  tr("The variables and the form of the call. An experiment or a script folds them away"))),
      edit_(new CallLineEdit(this)),
      run_(named(new QPushButton(tr("Run"), this), "callsRunButton", tr("Run the call"),
                 tr("Run the call (F5, or Enter in the line)"))),
      interrupt_(named(new QPushButton(tr("Interrupt"), this), "callsInterruptButton",
                       tr("Interrupt the call that waits"),
                       tr("End the selected call that waits, or the last that began to (Esc)"))),
      hint_(new ElidedLabel(this)) {
  form_->setText(tr("Form"));
  form_->setCheckable(true);
  form_->setChecked(true);
  run_->setProperty("primary", true);
  hint_->setObjectName(QStringLiteral("callsLineHint"));
  hint_->setAccessibleName(tr("What is wrong with the line"));
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(6);
  grid->setVerticalSpacing(2);
  grid->setColumnStretch(1, 1);
  grid->addWidget(form_, 0, 0);
  grid->addWidget(edit_, 0, 1);
  grid->addWidget(run_, 0, 2);
  grid->addWidget(interrupt_, 0, 3);
  grid->addWidget(hint_, 1, 1, 1, 3);
  connect(run_, &QPushButton::clicked, this, &LineBar::runRequested);
  connect(interrupt_, &QPushButton::clicked, this, &LineBar::interruptRequested);
  connect(edit_, &CallLineEdit::runKeyPressed, this, &LineBar::runRequested);
  connect(edit_, &CallLineEdit::lineEdited, this, [this] {
    if (const std::optional<CallLine> line = judge()) emit lineRead(*line);
  });
  setWaiting(false);
  judge();
}

void LineBar::setLine(const QString& line) {
  edit_->setLine(line);
  judge();
}

std::optional<CallLine> LineBar::judge() {
  Result<CallLine> line = parseCallLine(toUtf8(edit_->line()));
  if (!line) {
    showFault(line.error());
    return std::nullopt;
  }
  edit_->clearMark();
  say(tr("Enter or F5 runs it"), false);
  return *std::move(line);
}

std::optional<CallLine> LineBar::read() {
  std::optional<CallLine> line = judge();
  if (!line || !line->isBlank()) return line;
  say(tr("There is nothing to run: choose a call, or write one"), true);
  edit_->setFocus();
  return std::nullopt;
}

void LineBar::showFault(const Error& error) {
  edit_->mark(error);
  QString words = toQString(visibleText(error.message()));
  if (const QString hint = toQString(visibleText(error.hint())); !hint.isEmpty())
    words += QStringLiteral(" · ") + hint;
  if (error.where)
    words.prepend(
        tr("Column %1: ")
            .arg(toQString(std::string_view(error.subject).substr(0, error.where->offset)).size() + 1));
  say(words, true);
}

void LineBar::say(const QString& words, bool fault) {
  hint_->setText(words);
  hint_->setProperty("fault", fault);
  hint_->setProperty("dim", !fault);
  hint_->style()->unpolish(hint_);
  hint_->style()->polish(hint_);
}

void LineBar::setWaiting(bool waiting) {
  setEnabledOr(interrupt_, waiting, tr("No call waits"));
}

}  // namespace sockbench::ui
