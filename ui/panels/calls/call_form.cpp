#include "ui/panels/calls/call_form.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyle>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/calls/call_names.h"
#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/panels/calls/call_box.h"
#include "ui/panels/calls/choice_field.h"
#include "ui/panels/calls/parameter_row.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/named.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

// To the top of the area that scrolls it.
void bringToTop(const QWidget* widget) {
  for (QWidget* around = widget->parentWidget(); around != nullptr; around = around->parentWidget())
    if (auto* area = qobject_cast<QScrollArea*>(around))
      return area->verticalScrollBar()->setValue(widget->mapTo(area->widget(), QPoint()).y());
}

}  // namespace

CallForm::CallForm(QWidget* parent)
    : QWidget(parent),
      result_(named(new QLineEdit(this), "callsResultEdit", tr("Variable for the result"),
                    tr("The name that the result gets; two with a comma take a pair apart"))),
      target_(makeOfferBox(QStringLiteral("callsTargetBox"), tr("Socket that it is called on"), this)),
      dot_(new QLabel(QStringLiteral("."), this)),
      box_(new CallBox(this)),
      summary_(new ElidedLabel(this)),
      rowsPlace_(new QWidget(this)),
      errorsButton_(new QToolButton(this)),
      errors_(new QLabel(this)) {
  arrange();
  connect(result_, &QLineEdit::textEdited, this, &CallForm::edited);
  connect(target_, &QComboBox::editTextChanged, this, [this] {
    refreshContexts();
    emit edited();
  });
  connect(box_, &CallBox::callChosen, this, [this](const CallInfo* call) {
    setCall(call);
    emit edited();
  });
  connect(errorsButton_, &QToolButton::toggled, this, [this](bool open) {
    showErrors();
    if (open) QTimer::singleShot(0, errorsButton_, [this] { bringToTop(errorsButton_); });
  });
  setCall(findCall(CallTarget::function, "socket"));
}

void CallForm::arrange() {
  result_->setPlaceholderText(tr("result"));
  result_->setFont(theme::fixedFont());
  target_->setToolTip(plainToolTip(tr("The socket that it is called on")));
  summary_->setObjectName(QStringLiteral("callsSummaryLabel"));
  summary_->setAccessibleName(tr("What the call does"));
  summary_->setProperty("dim", true);
  named(errorsButton_, "callsErrorsButton", tr("Errors of the call"), tr("What its man page says of errors"));
  errorsButton_->setCheckable(true);
  errorsButton_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  errorsButton_->setArrowType(Qt::RightArrow);
  errorsButton_->setAutoRaise(true);
  errors_->setObjectName(QStringLiteral("callsErrorsLabel"));
  errors_->setTextFormat(Qt::PlainText);
  errors_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  errors_->setWordWrap(true);
  errors_->setProperty("dim", true);
  errors_->hide();
  rowsPlace_->setObjectName(QStringLiteral("callsParameterForm"));
  auto* head = new QHBoxLayout;
  head->setSpacing(4);
  head->addWidget(result_, 2);
  head->addWidget(new QLabel(QStringLiteral("="), this));
  head->addWidget(target_, 2);
  head->addWidget(dot_);
  head->addWidget(box_, 3);
  head->addWidget(named(new HelpButton({}, tr("this call"), this), "callsHelpButton", tr("Help: this call")));
  auto* foot = new QHBoxLayout;
  foot->addWidget(errorsButton_);
  foot->addStretch(1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 4, 0);
  column->setSpacing(4);
  column->addLayout(head);
  column->addWidget(summary_);
  column->addWidget(rowsPlace_);
  column->addLayout(foot);
  column->addWidget(errors_);
  column->addStretch(1);
}

void CallForm::setVariables(const std::vector<CallVariable>& variables) {
  variables_ = variables;
  QList<CallOffer> sockets;
  for (const CallVariable& variable : variables_) {
    if (!variable.value.as<CallHandle>()) continue;
    const bool open = variable.socket && variable.socket->descriptor >= 0;
    sockets += {toQString(variable.name), open ? tr("fd %1").arg(variable.socket->descriptor) : tr("closed")};
  }
  setOffers(target_, sockets);
  if (target_->currentText().isEmpty() && !sockets.isEmpty()) {
    const QSignalBlocker quiet(target_);
    target_->setEditText(sockets.front().text);
  }
  refreshContexts();
}

void CallForm::setCall(const CallInfo* call) {
  box_->setCall(call);
  if (call == call_ || call == nullptr) return;
  call_ = call;
  setHelpPage(this, QStringLiteral("call-") + toQString(call->name));
  build();
  showTarget();
  emit callChanged();
}

void CallForm::showTarget() {
  const bool method = call_->target == CallTarget::socketMethod;
  dot_->setVisible(method);
  target_->setVisible(method);
}

void CallForm::build() {
  faulty_ = nullptr;
  for (const ParameterRow* row : rows_) delete row;
  rows_.clear();
  qDeleteAll(rowsPlace_->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
  delete rowsPlace_->layout();
  auto* grid = new QGridLayout(rowsPlace_);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(3);
  grid->setColumnStretch(1, 3);
  grid->setColumnStretch(2, 2);
  for (const CallParameter& parameter : call_->parameters) {
    auto* row = new ParameterRow(parameter, grid, static_cast<int>(rows_.size()));
    rows_.push_back(row);
    connect(row->field(), &CallField::edited, this, [this] {
      clearFault();
      refreshContexts();
      emit edited();
    });
  }
  refreshContexts();
  for (const ParameterRow* row : rows_) {
    const QString first = firstExpression(row->parameter(), contextFor());
    if (!first.isEmpty()) row->field()->setExpression(first);
  }
  refreshContexts();
  QStringList about{toQString(call_->summary)};
  if (!call_->returns.empty()) about += toQString(call_->returns);
  if (!call_->manPage.empty()) about += toQString(call_->manPage);
  summary_->setText(about.join(QStringLiteral(" · ")));
  errorsButton_->setText(tr("%n error(s) of its man page", nullptr, pluralNumber(call_->errors.size())));
  errorsButton_->setVisible(!call_->errors.empty());
  showErrors();
}

ParameterRow* CallForm::rowOf(const CallFault& fault) const {
  const auto named = std::ranges::find_if(
      rows_, [&](const ParameterRow* row) { return row->parameter().name == fault.parameter; });
  if (named != rows_.end()) return *named;
  return fault.argument && *fault.argument < rows_.size() ? rows_[*fault.argument] : nullptr;
}

CallFieldContext CallForm::contextFor() const {
  CallFieldContext context{.variables = variables_, .family = 0, .level = std::nullopt, .option = {}};
  for (const CallVariable& variable : variables_)
    if (variable.socket && toQString(variable.name) == target_->currentText())
      context.family = variable.socket->family;
  for (const ParameterRow* row : rows_) {
    const auto number = numberOf(toUtf8(row->field()->expression()));
    if (row->parameter().names == NameGroup::level && number) context.level = static_cast<int>(*number);
    if (row->parameter().kind == ParameterKind::option && number && context.level)
      context.option = nameOf(NameGroup::option, *number, *context.level);
  }
  return context;
}

void CallForm::refreshContexts() {
  const CallFieldContext context = contextFor();
  for (const ParameterRow* row : rows_) row->field()->setContext(context);
}

// What is as it would be anyway is left out behind the last that is not; but a constant's name says more than
// nothing, so that a newcomer reads socket(AF_INET, SOCK_STREAM).
QString CallForm::argumentsText() const {
  QStringList given;
  qsizetype needed = 0;
  for (const ParameterRow* row : rows_) {
    const QString usual = toQString(row->parameter().defaultText);
    const QString text = row->field()->expression();
    if (text.isEmpty() && usual.isEmpty()) break;
    given += text.isEmpty() ? usual : text;
    const bool named = usual.contains(QLatin1Char('_'));
    if (given.back() != usual || named) needed = given.size();
  }
  return given.mid(0, needed).join(QStringLiteral(", "));
}

QString CallForm::line() const {
  if (call_ == nullptr) return {};
  QString line = toQString(call_->name) + QLatin1Char('(') + argumentsText() + QLatin1Char(')');
  if (call_->target == CallTarget::socketMethod)
    line.prepend(target_->currentText().trimmed() + QLatin1Char('.'));
  if (const QString result = result_->text().trimmed(); !result.isEmpty())
    line.prepend(result + QStringLiteral(" = "));
  return line;
}

void CallForm::showLine(const CallLine& line) {
  if (!line.isCall) return;
  const CallInfo* call =
      findCall(line.on.empty() ? CallTarget::function : CallTarget::socketMethod, line.name);
  if (call == nullptr) return;
  clearFault();
  setCall(call);
  QStringList targets;
  for (const std::string& target : line.targets) targets += toQString(target);
  result_->setText(targets.join(QStringLiteral(", ")));
  if (!line.on.empty()) {
    const QSignalBlocker quiet(target_);
    target_->setEditText(toQString(line.on));
  }
  refreshContexts();
  const auto written = [&](const CallExpression& expression) {
    return toQString(std::string_view(line.text).substr(expression.where.offset, expression.where.length));
  };
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    QString text = toQString(rows_[i]->parameter().defaultText);
    if (i < line.args.size()) text = written(line.args[i]);
    for (const auto& [name, value] : line.keywords)
      if (name == rows_[i]->parameter().name) text = written(value);
    rows_[i]->field()->setExpression(text);
  }
  refreshContexts();
}

void CallForm::showFault(const CallFault& fault) {
  clearFault();
  faulty_ = rowOf(fault);
  if (faulty_ != nullptr) faulty_->showFault(toQString(visibleText(fault.message)));
}

void CallForm::clearFault() {
  if (faulty_ != nullptr) std::exchange(faulty_, nullptr)->clearFault();
}

void CallForm::showErrors() {
  QStringList lines;
  for (const CallErrorNote& note : call_->errors)
    lines += toQString(note.symbol) + QStringLiteral("  ") + toQString(note.meaning);
  errors_->setText(lines.join(QLatin1Char('\n')));
  const bool open = errorsButton_->isChecked() && !lines.isEmpty();
  errors_->setVisible(open);
  errorsButton_->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
}

void CallForm::focusFirst() {
  box_->setFocus(Qt::OtherFocusReason);
}

}  // namespace sockbench::ui
