#include "ui/widgets/answers/rule_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>
#include <limits>

#include "core/base/duration_text.h"
#include "ui/widgets/answers/steps_edit.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

using When = AnswerRule::When;

// The box's items: a condition; patterns by their kind, receives by whether each counts.
enum Item { Any, Text, Hex, Regex, Length, Nth, EveryNth, Silence, Connected, PeerClosed };

Item itemOf(const AnswerRule& rule) {
  switch (rule.when) {
    case When::connected:
      return Connected;
    case When::any:
      return Any;
    case When::matches:
      return rule.pattern.kind == PatternSpec::Kind::text  ? Text
             : rule.pattern.kind == PatternSpec::Kind::hex ? Hex
                                                           : Regex;
    case When::length:
      return Length;
    case When::nth:
      return rule.every ? EveryNth : Nth;
    case When::silence:
      return Silence;
    case When::peerClosed:
      return PeerClosed;
  }
  return Any;
}

bool isPattern(int item) {
  return item == Text || item == Hex || item == Regex;
}

int inSpin(std::uint64_t value) {
  return static_cast<int>(std::min<std::uint64_t>(value, std::numeric_limits<int>::max()));
}

}  // namespace

RuleForm::RuleForm(const QString& prefix, QWidget* parent)
    : QWidget(parent),
      name_(new QLineEdit(this)),
      when_(new QComboBox(this)),
      pattern_(new QLineEdit(this)),
      ignoreCase_(new QCheckBox(tr("ignore case"), this)),
      silence_(new QLineEdit(this)),
      last_(new QCheckBox(tr("Then look at no later rule"), this)),
      steps_(new StepsEdit(prefix, this)),
      message_(new InlineMessage(this)) {
  least_ = makeSpin(prefix + QStringLiteral("LeastSpin"), tr("Least length in bytes"), 0);
  most_ = makeSpin(prefix + QStringLiteral("MostSpin"), tr("Greatest length in bytes"), 0);
  count_ = makeSpin(prefix + QStringLiteral("CountSpin"), tr("Which receive"), 1);
  most_->setSpecialValueText(tr("any"));
  name_->setObjectName(prefix + QStringLiteral("RuleNameEdit"));
  name_->setAccessibleName(tr("Name of the rule"));
  name_->setPlaceholderText(tr("name"));
  last_->setObjectName(prefix + QStringLiteral("LastCheck"));
  last_->setAccessibleName(last_->text());
  last_->setToolTip(tr("Where this rule has matched, the rules below it are not asked"));
  message_->setObjectName(prefix + QStringLiteral("RuleMessage"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(buildCondition(prefix));
  column->addWidget(steps_);
  column->addWidget(last_);
  column->addWidget(message_);
  column->addStretch(1);
  for (QLineEdit* edit : {name_, pattern_, silence_})
    connect(edit, &QLineEdit::textEdited, this, &RuleForm::change);
  for (QCheckBox* check : {ignoreCase_, last_}) connect(check, &QCheckBox::clicked, this, &RuleForm::change);
  for (QSpinBox* spin : {least_, most_, count_})
    connect(spin, &QSpinBox::valueChanged, this, &RuleForm::change);
  connect(when_, &QComboBox::activated, this, &RuleForm::change);
  connect(steps_, &StepsEdit::edited, this, &RuleForm::change);
}

QSpinBox* RuleForm::makeSpin(const QString& name, const QString& accessible, int least) {
  auto* spin = new QSpinBox(this);
  spin->setObjectName(name);
  spin->setAccessibleName(accessible);
  spin->setToolTip(accessible);
  spin->setRange(least, std::numeric_limits<int>::max());
  return spin;
}

QWidget* RuleForm::buildCondition(const QString& prefix) {
  auto* line = new QWidget(this);
  auto* flow = new FlowLayout(line, 6);
  when_->setObjectName(prefix + QStringLiteral("WhenBox"));
  when_->setAccessibleName(tr("When"));
  const std::pair<Item, QString> items[] = {{Any, tr("on anything")},
                                            {Text, tr("on text")},
                                            {Hex, tr("on hex")},
                                            {Regex, tr("on expression")},
                                            {Length, tr("on length")},
                                            {Nth, tr("on receive no.")},
                                            {EveryNth, tr("on each n-th receive")},
                                            {Silence, tr("after silence of")},
                                            {Connected, tr("when connected")},
                                            {PeerClosed, tr("when the peer has closed")}};
  for (const auto& [item, name] : items) when_->addItem(name, item);
  pattern_->setObjectName(prefix + QStringLiteral("PatternEdit"));
  pattern_->setAccessibleName(tr("What is looked for"));
  pattern_->setFont(theme::fixedFont());
  pattern_->setMinimumWidth(fontMetrics().averageCharWidth() * 18);
  pattern_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  ignoreCase_->setObjectName(prefix + QStringLiteral("IgnoreCaseCheck"));
  ignoreCase_->setAccessibleName(ignoreCase_->text());
  silence_->setObjectName(prefix + QStringLiteral("SilenceEdit"));
  silence_->setAccessibleName(tr("How long nothing is received"));
  silence_->setPlaceholderText(tr("2s"));
  silence_->setMaximumWidth(fontMetrics().averageCharWidth() * 14);
  name_->setMinimumWidth(fontMetrics().averageCharWidth() * 12);
  name_->setMaximumWidth(fontMetrics().averageCharWidth() * 20);
  for (QWidget* part :
       std::initializer_list<QWidget*>{name_, when_, pattern_, ignoreCase_, least_, most_, count_, silence_})
    flow->addWidget(part);
  return line;
}

void RuleForm::setRule(const AnswerRule& rule) {
  rule_ = rule;
  const QSignalBlocker quietLeast(least_);
  const QSignalBlocker quietMost(most_);
  const QSignalBlocker quietCount(count_);
  name_->setText(QString::fromStdString(rule.name));
  when_->setCurrentIndex(when_->findData(itemOf(rule)));
  pattern_->setText(QString::fromStdString(rule.pattern.text));
  ignoreCase_->setChecked(!rule.pattern.caseSensitive);
  least_->setValue(inSpin(rule.least));
  most_->setValue(rule.most == SIZE_MAX ? 0 : inSpin(rule.most));
  count_->setValue(inSpin(rule.count));
  silence_->setText(rule.time.count() > 0 ? QString::fromStdString(durationText(rule.time)) : QString());
  last_->setChecked(rule.last);
  steps_->setSteps(rule.steps);
  showFaults({});
  showCondition();
}

void RuleForm::showCondition() {
  const int item = when_->currentData().toInt();
  pattern_->setVisible(isPattern(item));
  pattern_->setPlaceholderText(item == Hex     ? tr("01 ?? 0d 0a")
                               : item == Regex ? tr("USER (\\w+)\\r\\n")
                                               : tr("PING\\r\\n"));
  ignoreCase_->setVisible(item == Text || item == Regex);
  least_->setVisible(item == Length);
  most_->setVisible(item == Length);
  count_->setVisible(item == Nth || item == EveryNth);
  silence_->setVisible(item == Silence);
}

void RuleForm::change() {
  showCondition();
  clearWrong(pattern_);
  clearWrong(silence_);
  readCondition();
  rule_.name = name_->text().toStdString();
  rule_.last = last_->isChecked();
  rule_.steps = steps_->steps();
  emit edited();
}

void RuleForm::readCondition() {
  const int item = when_->currentData().toInt();
  rule_.when = isPattern(item)                   ? When::matches
               : item == Length                  ? When::length
               : item == Nth || item == EveryNth ? When::nth
               : item == Silence                 ? When::silence
               : item == Connected               ? When::connected
               : item == PeerClosed              ? When::peerClosed
                                                 : When::any;
  rule_.pattern.kind = item == Hex     ? PatternSpec::Kind::hex
                       : item == Regex ? PatternSpec::Kind::regex
                                       : PatternSpec::Kind::text;
  rule_.pattern.text = pattern_->text().toStdString();
  rule_.pattern.caseSensitive = !ignoreCase_->isChecked();
  rule_.least = static_cast<std::size_t>(least_->value());
  rule_.most = most_->value() == 0 ? SIZE_MAX : static_cast<std::size_t>(most_->value());
  rule_.count = static_cast<std::uint64_t>(count_->value());
  rule_.every = item == EveryNth;
  if (item != Silence) return;
  rule_.time = parseDuration(silence_->text().toStdString()).value_or(std::chrono::nanoseconds(0));
}

AnswerRule RuleForm::rule() const {
  return rule_;
}

void RuleForm::showFaults(const std::vector<RuleFault>& faults) {
  message_->clear();
  clearWrong(pattern_);
  clearWrong(silence_);
  if (faults.empty()) return;
  const RuleFault& fault = faults.front();
  if (fault.step) {
    steps_->showFault(*fault.step, fault.error);
  } else {
    markWrong(rule_.when == When::silence ? silence_ : pattern_);
  }
  message_->showError(fault.error);
}

void RuleForm::focusPattern() {
  QWidget* first = pattern_->isVisibleTo(this) ? pattern_ : static_cast<QWidget*>(name_);
  first->setFocus();
}

}  // namespace sockbench::ui
