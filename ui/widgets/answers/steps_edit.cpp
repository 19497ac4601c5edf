#include "ui/widgets/answers/steps_edit.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/duration_text.h"
#include "ui/models/format.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

using Kind = SessionStep::Kind;

// A verb of the box: sending has one for each way of writing the message.
constexpr int kSendHex = 100;
constexpr int kSendFile = 101;
constexpr int kSendBase64 = 102;

int verbOf(const SessionStep& step) {
  if (step.kind != Kind::send) return static_cast<int>(step.kind);
  switch (step.message.form) {
    case MessageForm::hex:
      return kSendHex;
    case MessageForm::file:
      return kSendFile;
    case MessageForm::base64:
      return kSendBase64;
    case MessageForm::text:
      return static_cast<int>(Kind::send);
  }
  return 0;
}

void setVerb(SessionStep& step, int verb) {
  step.kind = verb >= kSendHex ? Kind::send : static_cast<Kind>(verb);
  step.message.form = verb == kSendHex      ? MessageForm::hex
                      : verb == kSendFile   ? MessageForm::file
                      : verb == kSendBase64 ? MessageForm::base64
                                            : MessageForm::text;
}

QString argumentOf(const SessionStep& step) {
  switch (step.kind) {
    case Kind::send:
      return QString::fromStdString(step.message.body);
    case Kind::wait:
      return QString::fromStdString(durationText(step.time));
    case Kind::run:
      return QString::fromStdString(step.name);
    default:
      return {};
  }
}

bool hasArgument(Kind kind) {
  return kind == Kind::send || kind == Kind::wait || kind == Kind::run;
}

}  // namespace

StepsEdit::StepsEdit(QString prefix, QWidget* parent)
    : QWidget(parent),
      prefix_(std::move(prefix)),
      column_(new QVBoxLayout(this)),
      add_(new QToolButton(this)) {
  setObjectName(prefix_ + QStringLiteral("StepsEdit"));
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(4);
  add_->setText(tr("Add step"));
  add_->setObjectName(prefix_ + QStringLiteral("AddStepButton"));
  add_->setAccessibleName(tr("Add a step"));
  add_->setToolTip(tr("Adds something that is done when the rule has matched"));
  column_->addWidget(add_, 0, Qt::AlignLeft);
  connect(add_, &QToolButton::clicked, this, [this] {
    addLine({});
    lines_.back().edit->setFocus();
    emit edited();
  });
}

void StepsEdit::setSteps(const std::vector<SessionStep>& steps) {
  for (const Line& line : lines_) delete line.widget;
  lines_.clear();
  for (const SessionStep& step : steps) addLine(step);
}

void StepsEdit::addLine(const SessionStep& step) {
  auto* widget = new QWidget(this);
  auto* row = new QHBoxLayout(widget);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  auto* verb = new QComboBox(widget);
  verb->setObjectName(prefix_ + QStringLiteral("StepBox"));
  verb->setAccessibleName(tr("What is done"));
  const std::pair<int, QString> verbs[] = {{static_cast<int>(Kind::send), tr("send text")},
                                           {kSendHex, tr("send hex")},
                                           {kSendBase64, tr("send base64")},
                                           {kSendFile, tr("send file")},
                                           {static_cast<int>(Kind::wait), tr("wait")},
                                           {static_cast<int>(Kind::close), tr("close")},
                                           {static_cast<int>(Kind::halfClose), tr("half-close")},
                                           {static_cast<int>(Kind::reset), tr("reset")},
                                           {static_cast<int>(Kind::stopReading), tr("stop reading")},
                                           {static_cast<int>(Kind::resumeReading), tr("resume reading")},
                                           {static_cast<int>(Kind::run), tr("run sequence")}};
  for (const auto& [value, name] : verbs) verb->addItem(name, value);
  auto* edit = new QLineEdit(widget);
  edit->setObjectName(prefix_ + QStringLiteral("StepEdit"));
  edit->setFont(theme::fixedFont());
  auto* remove = new QToolButton(widget);
  remove->setText(QStringLiteral("\u2212"));
  remove->setObjectName(prefix_ + QStringLiteral("StepRemoveButton"));
  remove->setAccessibleName(tr("Remove the step"));
  remove->setToolTip(tr("Remove the step"));
  remove->setAutoRaise(true);
  row->addWidget(verb);
  row->addWidget(edit, 1);
  row->addWidget(remove);
  column_->insertWidget(static_cast<int>(lines_.size()), widget);
  lines_.push_back({widget, verb, edit, step});
  verb->setCurrentIndex(verb->findData(verbOf(step)));
  edit->setText(argumentOf(step));
  showVerb(lines_.back());
  connect(verb, &QComboBox::activated, this, [this, widget] { change(widget, true); });
  connect(edit, &QLineEdit::textEdited, this, [this, widget] { change(widget, false); });
  connect(remove, &QToolButton::clicked, this, [this, widget] { removeLine(widget); });
}

void StepsEdit::showVerb(Line& line) {
  const Kind kind = line.step.kind;
  line.edit->setVisible(hasArgument(kind));
  line.edit->setPlaceholderText(kind == Kind::wait  ? tr("100ms")
                                : kind == Kind::run ? tr("name of a sequence")
                                                    : tr("331 {{1}}\\r\\n"));
  line.edit->setAccessibleName(kind == Kind::wait  ? tr("How long")
                               : kind == Kind::run ? tr("Which sequence")
                                                   : tr("What is sent"));
  line.edit->setToolTip(kind == Kind::send
                            ? tr("With escapes and fields as in the composer; {{0}} is what matched, {{1}} "
                                 "the first group of an expression")
                            : QString());
}

StepsEdit::Line* StepsEdit::lineOf(const QWidget* widget) {
  const auto line = std::ranges::find(lines_, widget, &Line::widget);
  return line == lines_.end() ? nullptr : &*line;
}

void StepsEdit::removeLine(const QWidget* widget) {
  Line* line = lineOf(widget);
  if (line == nullptr) return;
  line->widget->deleteLater();
  line->widget->hide();
  lines_.erase(lines_.begin() + (line - lines_.data()));
  emit edited();
}

void StepsEdit::change(const QWidget* widget, bool verbToo) {
  Line* line = lineOf(widget);
  if (line == nullptr) return;
  clearWrong(line->edit);
  if (verbToo) {
    const Kind before = line->step.kind;
    setVerb(line->step, line->verb->currentData().toInt());
    if (before != line->step.kind) line->edit->setText(argumentOf(line->step));
    showVerb(*line);
  }
  const std::string text = line->edit->text().toStdString();
  if (line->step.kind == Kind::send) line->step.message.body = text;
  if (line->step.kind == Kind::run) line->step.name = text;
  if (line->step.kind == Kind::wait) {
    const auto time = parseDuration(text);
    if (time) line->step.time = *time;
    if (!time) markWrong(line->edit);
    if (!time) line->edit->setToolTip(plainToolTip(QString::fromStdString(time.error().message())));
  }
  emit edited();
}

std::vector<SessionStep> StepsEdit::steps() const {
  std::vector<SessionStep> steps;
  for (const Line& line : lines_) steps.push_back(line.step);
  return steps;
}

void StepsEdit::showFault(std::size_t step, const Error& error) {
  if (step >= lines_.size()) return;
  markWrong(lines_[step].edit);
  lines_[step].edit->setToolTip(plainToolTip(QString::fromStdString(error.message())));
}

}  // namespace sockbench::ui
