#include "ui/widgets/numbers_page.h"

#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/models/format.h"
#include "ui/models/readings_model.h"
#include "ui/widgets/checksums_view.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/table_style.h"

namespace sockbench::ui {
namespace {

constexpr int kNameCharacters = 14;

}  // namespace

NumbersPage::NumbersPage(const QString& prefix, HexView* hex, QWidget* parent)
    : QWidget(parent),
      hex_(hex),
      model_(new ReadingsModel(this)),
      table_(new QTableView(this)),
      checksums_(new ChecksumsView(prefix, this)),
      stack_(new QStackedWidget(this)),
      buttons_(new QButtonGroup(this)) {
  setBackgroundRole(QPalette::Base);
  setAutoFillBackground(true);
  makeTable(prefix);
  stack_->setContentsMargins(6, 0, 0, 0);
  stack_->addWidget(table_);
  stack_->addWidget(checksums_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 4, 0, 0);
  column->setSpacing(4);
  column->addWidget(makeBar(prefix));
  column->addWidget(stack_, 1);
  connect(buttons_, &QButtonGroup::idClicked, this, [this](int id) { setPart(static_cast<Part>(id)); });
  connect(hex_, &HexView::selectionChanged, this, &NumbersPage::follow);
  connect(hex_, &HexView::bytesChanged, this, &NumbersPage::follow);
  setPart(Numbers);
}

void NumbersPage::makeTable(const QString& prefix) {
  styleTable(table_, prefix + QStringLiteral("NumbersTable"), tr("The bytes at the cursor as numbers"));
  table_->setProperty("framed", false);
  table_->setModel(model_);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  table_->horizontalHeader()->setSectionResizeMode(ReadingsModel::Name, QHeaderView::Interactive);
  setColumnWidths(table_, {kNameCharacters});
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  table_->installEventFilter(this);
  connect(table_, &QTableView::customContextMenuRequested, this, &NumbersPage::openMenu);
  connect(table_, &QTableView::clicked, this, &NumbersPage::choose);
  connect(table_, &QTableView::activated, this, &NumbersPage::choose);
}

QWidget* NumbersPage::makeBar(const QString& prefix) {
  auto* bar = new QWidget(this);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(8, 0, 8, 0);
  row->setSpacing(4);
  addButton(row, Numbers, prefix + QStringLiteral("NumbersButton"), tr("Numbers"),
            tr("The bytes from the cursor on as integers, floats, times, addresses"));
  addButton(row, Checksums, prefix + QStringLiteral("ChecksumsButton"), tr("Checksums"),
            tr("Sums, CRCs and digests of the selected bytes, or of all"));
  note_ = new ElidedLabel(bar);
  note_->setObjectName(prefix + QStringLiteral("NumbersNote"));
  note_->setProperty("dim", true);
  note_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  row->addWidget(note_, 1);
  return bar;
}

void NumbersPage::addButton(QHBoxLayout* row, Part part, const QString& name, const QString& text,
                            const QString& toolTip) {
  auto* button = new QToolButton(this);
  button->setObjectName(name);
  button->setText(text);
  button->setAccessibleName(text);
  button->setToolTip(plainToolTip(toolTip));
  button->setAutoRaise(true);
  button->setCheckable(true);
  button->setFocusPolicy(Qt::TabFocus);
  buttons_->addButton(button, part);
  row->addWidget(button);
}

NumbersPage::Part NumbersPage::part() const {
  return static_cast<Part>(stack_->currentIndex());
}

void NumbersPage::setPart(Part part) {
  stack_->setCurrentIndex(std::clamp<int>(part, Numbers, Checksums));
  buttons_->button(stack_->currentIndex())->setChecked(true);
  follow();
}

// While a selection is being dragged, what nobody could read is not worked out.
void NumbersPage::follow() {
  if (std::exchange(stale_, true)) return;
  QMetaObject::invokeMethod(this, &NumbersPage::refresh, Qt::QueuedConnection);
}

void NumbersPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (stale_) refresh();
}

void NumbersPage::refresh() {
  if (!stale_ || !isVisible()) return;
  stale_ = false;
  if (part() == Checksums) {
    checksums_->setBytes(hex_->chosen());
  } else {
    const auto selection = hex_->selection();
    const qsizetype at = selection ? selection->first : std::max<qsizetype>(0, hex_->cursor());
    const qsizetype length = selection ? selection->length() : 0;
    model_->setBytes(hex_->bytes().bytes.subspan(static_cast<std::size_t>(at)), length);
    // A row stays chosen as long as its bytes are.
    const QModelIndex current = table_->currentIndex();
    if (current.isValid() && model_->used(current) != length) table_->setCurrentIndex({});
  }
  showNote();
}

void NumbersPage::showNote() {
  const auto selection = hex_->selection();
  const std::size_t all = hex_->bytes().bytes.size();
  const auto count = static_cast<std::uint64_t>(selection ? selection->length() : 0);
  if (all == 0)
    note_->setText(tr("no bytes"));
  else if (part() == Numbers)
    note_->setText(
        tr("at byte %1").arg(formatCount(static_cast<std::uint64_t>(selection ? selection->first : 0))));
  else if (selection)
    note_->setText(tr("of %1 selected byte(s)", nullptr, pluralNumber(count)).arg(formatCount(count)));
  else
    note_->setText(tr("of all %1 byte(s)", nullptr, pluralNumber(all)).arg(formatCount(all)));
}

void NumbersPage::choose(const QModelIndex& index) {
  const qsizetype used = model_->used(index);
  if (used <= 0) return;
  const auto selection = hex_->selection();
  const qsizetype at = selection ? selection->first : std::max<qsizetype>(0, hex_->cursor());
  hex_->select(at, at + used - 1);
}

void NumbersPage::openMenu(const QPoint& place) {
  const QModelIndex index = table_->indexAt(place);
  QMenu menu(this);
  const QString value = index.isValid() ? index.data().toString() : QString();
  QAction* one =
      menu.addAction(tr("Copy &value"), this, [value] { QApplication::clipboard()->setText(value); });
  one->setObjectName(QStringLiteral("numbersCopyValueAction"));
  one->setEnabled(!value.isEmpty() && index.column() != ReadingsModel::Name);
  QAction* row = menu.addAction(tr("Copy the &row"), this, [this] { copySelection(table_); });
  row->setObjectName(QStringLiteral("numbersCopyRowAction"));
  row->setEnabled(index.isValid());
  QAction* bytes = menu.addAction(tr("&Select its bytes"), this, [this, index] { choose(index); });
  bytes->setEnabled(index.isValid() && model_->used(index) > 0);
  menu.exec(table_->viewport()->mapToGlobal(place));
}

bool NumbersPage::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
    copySelection(table_);
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace sockbench::ui
