#include "ui/widgets/variables_table.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/models/variables_model.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {
namespace {

class KindDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const override {
    auto* box = new QComboBox(parent);
    box->setObjectName(QStringLiteral("variablesKindBox"));
    box->setAccessibleName(VariablesTable::tr("Kept in"));
    for (const auto kind :
         {VariableSpec::Kind::plain, VariableSpec::Kind::environment, VariableSpec::Kind::keyring})
      box->addItem(variableKindText(kind), static_cast<int>(kind));
    return box;
  }
  void setEditorData(QWidget* editor, const QModelIndex& index) const override {
    auto* box = static_cast<QComboBox*>(editor);
    box->setCurrentIndex(box->findData(index.data(Qt::EditRole)));
  }
  void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override {
    model->setData(index, static_cast<QComboBox*>(editor)->currentData(), Qt::EditRole);
  }
};

}  // namespace

VariablesTable::VariablesTable(VariablesModel* model, QWidget* parent)
    : QWidget(parent),
      model_(model),
      table_(new QTableView(this)),
      remove_(new QPushButton(tr("&Remove"), this)),
      message_(new InlineMessage(this)) {
  table_->setObjectName(QStringLiteral("variablesTable"));
  table_->setAccessibleName(tr("Variables"));
  table_->setModel(model_);
  table_->setItemDelegateForColumn(VariablesModel::kind, new KindDelegate(table_));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setEditTriggers(QAbstractItemView::AllEditTriggers);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->setColumnWidth(VariablesModel::name, fontMetrics().averageCharWidth() * 26);
  table_->setColumnWidth(VariablesModel::kind, fontMetrics().averageCharWidth() * 18);
  message_->setObjectName(QStringLiteral("variablesMessage"));

  auto* note =
      new QLabel(tr("A message has a variable's value as {{NAME}}. What is kept in the environment or "
                    "the keyring is asked for when a message is made, and is never saved."),
                 this);
  note->setTextFormat(Qt::PlainText);
  note->setWordWrap(true);
  note->setProperty("dim", true);
  auto* add = new QPushButton(tr("&Add"), this);
  add->setObjectName(QStringLiteral("variablesAddButton"));
  add->setAccessibleName(tr("Add a variable"));
  remove_->setObjectName(QStringLiteral("variablesRemoveButton"));
  remove_->setAccessibleName(tr("Remove the variable"));
  remove_->setEnabled(false);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(add);
  buttons->addWidget(remove_);
  buttons->addStretch(1);
  auto* column = new QVBoxLayout(this);
  column->addWidget(note);
  column->addWidget(table_, 1);
  column->addWidget(message_);
  column->addLayout(buttons);

  connect(add, &QPushButton::clicked, this, &VariablesTable::addOne);
  connect(remove_, &QPushButton::clicked, this, &VariablesTable::removeCurrent);
  connect(model_, &VariablesModel::refused, message_, &InlineMessage::showError);
  connect(model_, &VariablesModel::changed, message_, &InlineMessage::clear);
  const auto look = [this] { remove_->setEnabled(table_->currentIndex().isValid()); };
  connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, look);
  connect(model_, &VariablesModel::changed, this, look);
}

void VariablesTable::addOne() {
  const int row = model_->add();
  if (row < 0) return message_->showWarning(tr("There are as many variables as there may be"));
  const QModelIndex index = model_->index(row, VariablesModel::name);
  table_->setFocus();
  table_->setCurrentIndex(index);
  table_->edit(index);
}

void VariablesTable::removeCurrent() {
  model_->remove(table_->currentIndex().row());
}

}  // namespace sockbench::ui
