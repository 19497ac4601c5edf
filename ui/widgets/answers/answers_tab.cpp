#include "ui/widgets/answers/answers_tab.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/automation/rules_toml.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"
#include "ui/widgets/answers/ready_answer_bar.h"
#include "ui/widgets/answers/rule_form.h"
#include "ui/widgets/answers/rules_model.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/table_style.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

AnswersTab::AnswersTab(const QString& prefix, EngineBridge* bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      desk_(AnswerDesk::make()),
      answerers_(AnswererDesk::make()),
      agents_(std::make_shared<const AgentMakers>(AgentMakers{desk_->maker(), answerers_->maker()})),
      model_(new RulesModel(this)),
      ready_(new ReadyAnswerBar(prefix, this)),
      table_(new QTableView(this)),
      form_(new RuleForm(prefix, this)),
      stack_(new QStackedWidget(this)),
      text_(new QPlainTextEdit(this)),
      message_(new InlineMessage(this)),
      status_(new QLabel(this)) {
  setObjectName(prefix + QStringLiteral("Answers"));
  setHelpPage(this, QStringLiteral("answers"));
  message_->setObjectName(prefix + QStringLiteral("AnswersMessage"));
  status_->setObjectName(prefix + QStringLiteral("AnswersStatusLabel"));
  status_->setTextFormat(Qt::PlainText);
  stack_->addWidget(buildTable(prefix));
  stack_->addWidget(buildText(prefix));
  auto* top = new QWidget(this);
  auto* flow = new FlowLayout(top, 6);
  ready_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  flow->addWidget(buildButtons(prefix));
  flow->addWidget(ready_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 4, 0, 0);
  column->setSpacing(4);
  column->addWidget(top);
  column->addWidget(message_);
  column->addWidget(stack_, 1);
  column->addWidget(status_);
  connect(model_, &RulesModel::edited, this, &AnswersTab::takeBook);
  connect(form_, &RuleForm::edited, this, &AnswersTab::takeRule);
  connect(ready_, &ReadyAnswerBar::edited, this, &AnswersTab::putAnswerer);
  connect(bridge_, &EngineBridge::trafficChanged, this, [this] {
    if (isVisible()) refreshHits();
  });
  showCurrent();
}

QWidget* AnswersTab::buildTable(const QString& prefix) {
  styleTable(table_, prefix + QStringLiteral("AnswersTable"), tr("Rules"));
  table_->setModel(model_);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
  setColumnWidths(table_, {5, 14, 20, 26, 8});
  table_->horizontalHeader()->setSectionResizeMode(RulesModel::Then, QHeaderView::Stretch);
  constexpr int kLeastRows = 3;
  table_->setMinimumHeight(table_->verticalHeader()->defaultSectionSize() * (kLeastRows + 1));
  auto* split = new QSplitter(Qt::Horizontal, this);
  split->setChildrenCollapsible(false);
  split->addWidget(table_);
  split->addWidget(form_);
  split->setStretchFactor(0, 3);
  split->setStretchFactor(1, 2);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AnswersTab::showCurrent);
  return split;
}

QWidget* AnswersTab::buildText(const QString& prefix) {
  text_->setObjectName(prefix + QStringLiteral("AnswersTextEdit"));
  text_->setAccessibleName(tr("Rules and sequences as text"));
  text_->setFont(theme::fixedFont());
  text_->setLineWrapMode(QPlainTextEdit::NoWrap);
  connect(text_, &QPlainTextEdit::textChanged, this, [this] {
    if (asText_->isChecked()) takeText();
  });
  return text_;
}

QToolButton* AnswersTab::makeButton(const QString& name, const QString& text, const QString& toolTip) {
  auto* button = new QToolButton(this);
  button->setObjectName(name);
  button->setText(text);
  button->setAccessibleName(toolTip);
  button->setToolTip(toolTip);
  return button;
}

QWidget* AnswersTab::buildButtons(const QString& prefix) {
  add_ = makeButton(prefix + QStringLiteral("AnswerAddButton"), tr("Add rule"), tr("Add a rule"));
  duplicate_ =
      makeButton(prefix + QStringLiteral("AnswerDuplicateButton"), tr("Duplicate"), tr("Duplicate the rule"));
  remove_ = makeButton(prefix + QStringLiteral("AnswerRemoveButton"), tr("Remove"), tr("Remove the rule"));
  up_ = makeButton(prefix + QStringLiteral("AnswerUpButton"), QStringLiteral("\u2191"), tr("Ask it earlier"));
  down_ =
      makeButton(prefix + QStringLiteral("AnswerDownButton"), QStringLiteral("\u2193"), tr("Ask it later"));
  asText_ = makeButton(prefix + QStringLiteral("AnswersTextButton"), tr("As text"),
                       tr("Edit the rules, their sequences and their bounds as text (TOML)"));
  asText_->setCheckable(true);
  auto* line = new QWidget(this);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  for (QToolButton* button : {add_, duplicate_, remove_, up_, down_, asText_}) row->addWidget(button);
  connect(add_, &QToolButton::clicked, this, &AnswersTab::addRule);
  connect(duplicate_, &QToolButton::clicked, this, &AnswersTab::duplicateRule);
  connect(remove_, &QToolButton::clicked, this, &AnswersTab::removeRule);
  connect(up_, &QToolButton::clicked, this, [this] { moveRule(-1); });
  connect(down_, &QToolButton::clicked, this, [this] { moveRule(1); });
  connect(asText_, &QToolButton::toggled, this, &AnswersTab::showText);
  return line;
}

int AnswersTab::currentRow() const {
  return table_->currentIndex().isValid() ? table_->currentIndex().row() : -1;
}

void AnswersTab::select(int row) {
  table_->selectRow(std::clamp(row, 0, std::max(0, model_->rowCount() - 1)));
  showCurrent();
}

void AnswersTab::addRule() {
  AnswerRule rule;
  rule.name = tr("rule %1").arg(model_->rowCount() + 1).toStdString();
  rule.when = AnswerRule::When::matches;
  rule.pattern.text = "PING\\r\\n";
  rule.steps.emplace_back().message.body = "PONG\\r\\n";
  model_->insertRule(model_->rowCount(), rule);
  takeBook();
  select(model_->rowCount() - 1);
  form_->focusPattern();
}

void AnswersTab::duplicateRule() {
  const int row = currentRow();
  if (row < 0) return;
  AnswerRule rule = model_->rules()[static_cast<std::size_t>(row)];
  rule.name = tr("%1 (copy)").arg(QString::fromStdString(rule.name)).toStdString();
  model_->insertRule(row + 1, rule);
  takeBook();
  select(row + 1);
}

void AnswersTab::removeRule() {
  const int row = currentRow();
  if (row < 0) return;
  model_->removeRule(row);
  takeBook();
  select(row);
}

void AnswersTab::moveRule(int by) {
  const int row = currentRow();
  if (row < 0 || row + by < 0 || row + by >= model_->rowCount()) return;
  model_->moveRule(row, row + by);
  takeBook();
  select(row + by);
}

void AnswersTab::showCurrent() {
  const int row = currentRow();
  const bool isText = asText_->isChecked();
  form_->setVisible(row >= 0);
  add_->setEnabled(!isText);
  for (QToolButton* button : {duplicate_, remove_}) button->setEnabled(row >= 0 && !isText);
  up_->setEnabled(row > 0 && !isText);
  down_->setEnabled(row >= 0 && row + 1 < model_->rowCount() && !isText);
  if (row < 0) return;
  form_->setRule(model_->rules()[static_cast<std::size_t>(row)]);
  put();
}

void AnswersTab::takeRule() {
  if (currentRow() < 0) return;
  model_->setRule(currentRow(), form_->rule());
  takeBook();
}

void AnswersTab::takeBook() {
  book_.rules = model_->rules();
  put();
}

void AnswersTab::setBook(AnswerBook book) {
  book_ = std::move(book);
  model_->setRules(book_.rules);
  put();
  select(0);
}

void AnswersTab::put() {
  std::vector<RuleFault> faults = desk_->book()->faults();
  if (desk_->book()->book() != book_) {
    faults = desk_->setBook(book_);
    const auto errands = desk_->errands();
    for (const auto& [id, errand] : errands) bridge_->attach(id, errand);
    sayInForce(errands.size());
    emit remarkChanged(remark());
  }
  model_->setFaults(faults);
  std::erase_if(faults,
                [row = currentRow()](const RuleFault& fault) { return static_cast<int>(fault.rule) != row; });
  form_->showFaults(faults);
  refreshHits();
}

void AnswersTab::putAnswerer() {
  auto maker = makeAnswerer(ready_->spec());
  if (!maker) return ready_->showError(maker.error());
  answerers_->setMaker(std::move(*maker));
  const auto errands = answerers_->errands();
  for (const auto& [id, errand] : errands) bridge_->attach(id, errand);
  sayInForce(errands.size());
  emit remarkChanged(remark());
}

void AnswersTab::sayInForce(std::size_t sessions) {
  status_->setText(sessions == 0 ? tr("In force for the sessions to come")
                                 : tr("In force at once, in %n open session(s)", "", pluralNumber(sessions)));
}

void AnswersTab::setVariables(std::shared_ptr<const Variables> variables) {
  desk_->setVariables(std::move(variables));
}

QString AnswersTab::remark() const {
  const auto on = std::ranges::count_if(book_.rules, &AnswerRule::enabled);
  const auto ready = ready_->spec().kind == AnswererSpec::Kind::none ? 0 : 1;
  return on + ready == 0 ? QString() : tr("%n on", "", static_cast<int>(on + ready));
}

void AnswersTab::showText(bool on) {
  message_->clear();
  if (on) text_->setPlainText(QString::fromStdString(writeToml(toToml(book_))));
  stack_->setCurrentIndex(on ? 1 : 0);
  showCurrent();
}

void AnswersTab::takeText() {
  auto book = readAnswerBook(text_->toPlainText().toStdString(), tr("rules").toStdString());
  if (!book) return message_->showError(book.error());
  message_->clear();
  book_ = std::move(*book);
  model_->setRules(book_.rules);
  put();
  for (const RuleFault& fault : desk_->book()->faults()) message_->showError(fault.error);
}

void AnswersTab::refreshHits() {
  model_->showHits(*desk_->book());
}

void AnswersTab::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refreshHits();
}

void AnswersTab::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("answers"), QString::fromStdString(writeToml(toToml(book_))));
  ready_->saveState(settings);
}

// What cannot be read any more stays as text, with its error, and answers nothing.
void AnswersTab::restoreState(QSettings& settings) {
  ready_->restoreState(settings);
  if (ready_->spec().kind != AnswererSpec::Kind::none) putAnswerer();
  const QString text = settings.value(QStringLiteral("answers")).toString();
  if (text.isEmpty()) return;
  const auto book = readAnswerBook(text.toStdString(), tr("rules").toStdString());
  if (book) return setBook(*book);
  asText_->setChecked(true);
  text_->setPlainText(text);
}

}  // namespace sockbench::ui
