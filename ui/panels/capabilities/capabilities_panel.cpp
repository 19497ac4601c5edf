#include "ui/panels/capabilities/capabilities_panel.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/in_background.h"
#include "ui/models/capabilities_filter.h"
#include "ui/models/capabilities_model.h"
#include "ui/models/format.h"
#include "ui/panels/capabilities/capability_delegate.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/low_scroll.h"
#include "ui/widgets/named.h"
#include "ui/widgets/table_style.h"

namespace sockbench::ui {

CapabilitiesPanel::CapabilitiesPanel(QWidget* parent)
    : Panel(parent),
      model_(new CapabilitiesModel(this)),
      shown_(new CapabilitiesFilter(this)),
      refresh_(named(new QPushButton(tr("Try again"), this), "capabilitiesRefreshButton", tr("Try again"),
                     tr("Open each kind of socket once more (F5)"))),
      edit_(named(new QLineEdit(this), "capabilitiesFilterEdit", tr("Filter of the kinds of socket"),
                  tr("Words that must all be found in a row"))),
      all_(named(new QCheckBox(tr("Also what no Linux has"), this), "capabilitiesAllCheck",
                 tr("Also what no Linux has"),
                 tr("Types and protocols that do not belong to a family, with the kernel's answer"))),
      table_(new QTableView(this)),
      hint_(new EmptyHint(table_)),
      remark_(named(new QLabel(this), "capabilitiesRemarkLabel", tr("About the chosen kind"))),
      status_(named(new QLabel(this), "capabilitiesStatusLabel", tr("What was tried"))) {
  setHelpPage(this, QStringLiteral("capabilities"));
  shown_->setSourceModel(model_);
  makeTable();
  arrange();
  connect(refresh_, &QPushButton::clicked, this, &CapabilitiesPanel::act);
  connect(edit_, &QLineEdit::textChanged, this, &CapabilitiesPanel::filter);
  connect(all_, &QCheckBox::toggled, this, &CapabilitiesPanel::filter);
  hint_->follow(shown_);
  hint_->setHint(tr("Not tried yet: F5"));
}

void CapabilitiesPanel::makeTable() {
  table_->setModel(shown_);
  styleTable(table_, QStringLiteral("capabilitiesTable"), tr("Kinds of socket"));
  table_->setItemDelegate(new CapabilityDelegate(table_));
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  setColumnWidths(table_, {11, 18, 23, 19, 20, 60});
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->horizontalHeader()->setSortIndicatorClearable(true);
  table_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  table_->setSortingEnabled(true);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &CapabilitiesPanel::explain);
  auto* copy = new QShortcut(QKeySequence::Copy, table_, [this] { copySelection(table_); });
  copy->setContext(Qt::WidgetShortcut);
}

QWidget* CapabilitiesPanel::makeBar() {
  refresh_->setProperty("primary", true);
  edit_->setPlaceholderText(tr("Filter: CAN, forbidden, modprobe..."));
  edit_->setClearButtonEnabled(true);
  for (QToolButton* clear : edit_->findChildren<QToolButton*>())
    clear->setAccessibleName(tr("Clear the filter"));
  edit_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  edit_->setMinimumWidth(fontMetrics().averageCharWidth() * 30);
  auto* bar = new QWidget;
  auto* flow = new FlowLayout(bar);
  bar->setLayout(flow);
  auto* help = named(new HelpButton({}, tr("families, types and protocols")), "capabilitiesHelpButton",
                     tr("Help: families, types and protocols"));
  for (QWidget* part : std::initializer_list<QWidget*>{refresh_, edit_, all_, help}) flow->addWidget(part);
  return bar;
}

void CapabilitiesPanel::arrange() {
  constexpr int kLowestTable = 120;
  remark_->setTextFormat(Qt::PlainText);
  remark_->setWordWrap(true);
  remark_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  remark_->setFocusPolicy(Qt::ClickFocus);
  remark_->hide();
  status_->setTextFormat(Qt::PlainText);
  status_->setProperty("dim", true);
  table_->setMinimumHeight(kLowestTable);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(14, 12, 14, 8);
  column->setSpacing(8);
  column->addWidget(makeBar());
  column->addWidget(table_, 1);
  column->addWidget(remark_);
  column->addWidget(status_);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(makeLowScroll(content, this));
}

void CapabilitiesPanel::showEvent(QShowEvent* event) {
  Panel::showEvent(event);
  if (model_->rowCount() == 0) act();
}

void CapabilitiesPanel::act() {
  if (trying_) return;
  trying_ = true;
  inBackground(
      this, [] { return tryCapabilities(); },
      [this, number = ++asked_](const std::vector<Capability>& tried) {
        trying_ = false;
        if (number != asked_) return;
        model_->setCapabilities(tried);
        filter();
        explain();
      });
}

void CapabilitiesPanel::cancel() {
  ++asked_;
}

void CapabilitiesPanel::filter() {
  shown_->setText(edit_->text());
  shown_->setShowsNonexistent(all_->isChecked());
  hint_->setHint(model_->rowCount() == 0 ? tr("Not tried yet: F5") : tr("No kind is as the filter says"));
  showStatus();
}

void CapabilitiesPanel::showStatus() {
  const auto count = [this](CapabilityState state) {
    return static_cast<std::uint64_t>(std::ranges::count(model_->capabilities(), state, &Capability::state));
  };
  if (model_->rowCount() == 0) return;
  status_->setText(
      tr("%1 supported \u00b7 %2 forbidden to you \u00b7 %3 not in this kernel \u00b7 %4 in no Linux")
          .arg(formatCount(count(CapabilityState::supported)), formatCount(count(CapabilityState::forbidden)),
               formatCount(count(CapabilityState::missing)),
               formatCount(count(CapabilityState::nonexistent))));
}

void CapabilitiesPanel::explain() {
  const QModelIndex current = shown_->mapToSource(table_->currentIndex());
  const Capability* capability = current.isValid() ? model_->at(current.row()) : nullptr;
  remark_->setVisible(capability != nullptr);
  if (capability != nullptr) remark_->setText(CapabilitiesModel::explanation(*capability));
}

void CapabilitiesPanel::focusFirst() {
  edit_->setFocus();
}

void CapabilitiesPanel::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("filter"), edit_->text());
  settings.setValue(QStringLiteral("all"), all_->isChecked());
  settings.setValue(QStringLiteral("columns"), table_->horizontalHeader()->saveState());
}

void CapabilitiesPanel::restoreState(QSettings& settings) {
  edit_->setText(settings.value(QStringLiteral("filter")).toString());
  all_->setChecked(settings.value(QStringLiteral("all"), false).toBool());
  table_->horizontalHeader()->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
}

}  // namespace sockbench::ui
