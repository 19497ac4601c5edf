#include "ui/panels/traffic/notes/colours_dialog.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/models/colour_rules.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/named.h"
#include "ui/widgets/table_style.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

QIcon swatch(int colour) {
  QPixmap picture(16, 16);
  picture.fill(theme::ruleColor(colour));
  QPainter painter(&picture);
  painter.setPen(theme::color(theme::Role::dim));
  painter.drawRect(0, 0, 15, 15);
  return picture;
}

}  // namespace

ColoursDialog::ColoursDialog(ColourRules* rules, QWidget* parent)
    : QDialog(parent),
      rules_(rules),
      table_(named(new QTableWidget(0, kColumns, this), "coloursTable", tr("Colour rules"))),
      message_(new InlineMessage(this)),
      add_(named(new QPushButton(tr("&Add"), this), "coloursAddButton", tr("Add a rule"))),
      remove_(named(new QPushButton(tr("&Remove"), this), "coloursRemoveButton", tr("Remove the rule"))),
      up_(named(new QPushButton(tr("&Up"), this), "coloursUpButton", tr("Ask it earlier"))),
      down_(named(new QPushButton(tr("&Down"), this), "coloursDownButton", tr("Ask it later"))),
      example_(named(new QToolButton(this), "coloursExampleButton", tr("Rules to begin with"))) {
  setObjectName(QStringLiteral("coloursDialog"));
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Colour rules"));
  message_->setObjectName(QStringLiteral("coloursMessage"));
  build();
  fill();
  resize(640, 360);
}

void ColoursDialog::build() {
  table_->setHorizontalHeaderLabels({tr("Name"), tr("Rows that pass"), tr("Colour")});
  styleTable(table_, QStringLiteral("coloursTable"), tr("Colour rules"));
  table_->horizontalHeader()->setSectionResizeMode(FilterText, QHeaderView::Stretch);
  table_->setColumnWidth(Name, 180);
  table_->setColumnWidth(Colour, 110);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setTabKeyNavigation(false);
  auto* examples = new QMenu(example_);
  for (const ColourRule& rule : ColourRules::examples())
    examples->addAction(swatch(rule.colour), rule.name, this, [this, rule] { add(rule); });
  example_->setText(tr("&Examples"));
  example_->setMenu(examples);
  example_->setPopupMode(QToolButton::InstantPopup);
  example_->setProperty("framed", true);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(add_);
  buttons->addWidget(example_);
  buttons->addWidget(remove_);
  buttons->addStretch(1);
  buttons->addWidget(up_);
  buttons->addWidget(down_);
  auto* column = new QVBoxLayout(this);
  column->addWidget(table_, 1);
  column->addWidget(message_);
  column->addLayout(buttons);
  for (QPushButton* button : {add_, remove_, up_, down_}) button->setAutoDefault(false);
  connect(table_, &QTableWidget::itemChanged, this, &ColoursDialog::take);
  connect(table_, &QTableWidget::currentCellChanged, this, [this] {
    tellFault();
    updateButtons();
  });
  connect(add_, &QPushButton::clicked, this, [this] {
    add({tr("New rule"), QString(), static_cast<int>(table_->rowCount()) % theme::kRuleColors, true});
    table_->editItem(table_->item(table_->rowCount() - 1, FilterText));
  });
  connect(remove_, &QPushButton::clicked, this, &ColoursDialog::removeCurrent);
  connect(up_, &QPushButton::clicked, this, [this] { move(-1); });
  connect(down_, &QPushButton::clicked, this, [this] { move(1); });
}

void ColoursDialog::fill() {
  const int current = table_->currentRow();
  filling_ = true;
  table_->setRowCount(static_cast<int>(rules_->rules().size()));
  for (int row = 0; row < table_->rowCount(); ++row) fillRow(row, rules_->rules().at(row));
  filling_ = false;
  table_->setCurrentCell(std::min(std::max(current, 0), table_->rowCount() - 1), FilterText);
  tellFault();
  updateButtons();
}

void ColoursDialog::fillRow(int row, const ColourRule& rule) {
  auto* name = new QTableWidgetItem(rule.name);
  name->setFlags(name->flags() | Qt::ItemIsUserCheckable);
  name->setCheckState(rule.enabled ? Qt::Checked : Qt::Unchecked);
  auto* filter = new QTableWidgetItem(rule.filter);
  filter->setFont(theme::fixedFont());
  if (rules_->error(row)) filter->setForeground(theme::color(theme::Role::error));
  table_->setItem(row, Name, name);
  table_->setItem(row, FilterText, filter);
  table_->setItem(row, Colour, new QTableWidgetItem);
  table_->setCellWidget(row, Colour, makeColourBox(row, rule.colour));
}

QWidget* ColoursDialog::makeColourBox(int row, int colour) {
  auto* box = named(new QComboBox(table_), "coloursColourBox", tr("Colour of rule %1").arg(row + 1));
  for (int i = 0; i < theme::kRuleColors; ++i) box->addItem(swatch(i), theme::ruleColorName(i));
  box->setCurrentIndex(colour % theme::kRuleColors);
  connect(box, &QComboBox::currentIndexChanged, this, &ColoursDialog::take);
  return box;
}

void ColoursDialog::take() {
  if (filling_) return;
  QList<ColourRule> rules;
  for (int row = 0; row < table_->rowCount(); ++row) {
    const auto* box = qobject_cast<QComboBox*>(table_->cellWidget(row, Colour));
    rules.append({table_->item(row, Name)->text(), table_->item(row, FilterText)->text(), box->currentIndex(),
                  table_->item(row, Name)->checkState() == Qt::Checked});
  }
  rules_->setRules(std::move(rules));
  filling_ = true;
  for (int row = 0; row < table_->rowCount(); ++row) {
    const bool wrong = rules_->error(row).has_value();
    table_->item(row, FilterText)
        ->setForeground(theme::color(wrong ? theme::Role::error : theme::Role::text));
  }
  filling_ = false;
  tellFault();
  updateButtons();
}

void ColoursDialog::add(const ColourRule& rule) {
  QList<ColourRule> rules = rules_->rules();
  rules.append(rule);
  rules_->setRules(std::move(rules));
  fill();
  table_->setCurrentCell(table_->rowCount() - 1, FilterText);
}

void ColoursDialog::removeCurrent() {
  if (table_->currentRow() < 0 || table_->currentRow() >= rules_->rules().size()) return;
  QList<ColourRule> rules = rules_->rules();
  rules.removeAt(table_->currentRow());
  rules_->setRules(std::move(rules));
  fill();
}

void ColoursDialog::move(int by) {
  const int from = table_->currentRow();
  const int to = from + by;
  if (from < 0 || to < 0 || std::max(from, to) >= rules_->rules().size()) return;
  QList<ColourRule> rules = rules_->rules();
  rules.swapItemsAt(from, to);
  rules_->setRules(std::move(rules));
  fill();
  table_->setCurrentCell(to, FilterText);
}

void ColoursDialog::tellFault() {
  const int row = table_->currentRow();
  const auto error = row >= 0 && row < rules_->rules().size() ? rules_->error(row) : std::nullopt;
  if (error) return message_->showError(*error);
  if (table_->rowCount() == 0) {
    return message_->showNote(tr("No rules yet."),
                              tr("A row has the colour of the first rule whose filter it passes."));
  }
  message_->clear();
}

void ColoursDialog::updateButtons() {
  const int row = table_->currentRow();
  remove_->setEnabled(row >= 0);
  up_->setEnabled(row > 0);
  down_->setEnabled(row >= 0 && row + 1 < table_->rowCount());
  add_->setEnabled(table_->rowCount() < ColourRules::kMost);
}

}  // namespace sockbench::ui
