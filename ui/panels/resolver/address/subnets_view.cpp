#include "ui/panels/resolver/address/subnets_view.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/address/subnets_model.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/table_style.h"

namespace sockbench::ui {
namespace {
constexpr int kLeastTableHeight = 68;  // the titles, a row and a scroll bar
}  // namespace

SubnetsView::SubnetsView(QWidget* parent)
    : QWidget(parent),
      spin_(new QSpinBox(this)),
      go_(new QLineEdit(this)),
      label_(new QLabel(this)),
      table_(new QTableView(this)),
      model_(new SubnetsModel(this)) {
  spin_->setObjectName(QStringLiteral("resolverAddressSubnetSpin"));
  spin_->setAccessibleName(tr("Prefix length of the parts"));
  spin_->setPrefix(QStringLiteral("/"));
  go_->setObjectName(QStringLiteral("resolverAddressSubnetGoEdit"));
  go_->setAccessibleName(tr("Go to a part: its number, or an address in it"));
  go_->setPlaceholderText(tr("go to number or address"));
  go_->setToolTip(plainToolTip(tr("The number of a part, or an address in it; Enter shows it")));
  label_->setObjectName(QStringLiteral("resolverAddressSubnetLabel"));
  label_->setTextFormat(Qt::PlainText);
  label_->setWordWrap(true);
  label_->setProperty("dim", true);
  styleTable(table_, QStringLiteral("resolverAddressSubnetsTable"), tr("Parts of the network"));
  table_->setMinimumHeight(kLeastTableHeight);
  table_->setModel(model_);
  table_->horizontalHeader()->setStretchLastSection(true);
  setColumnWidths(table_, {8, 20, 18, 18});
  auto* hint = new EmptyHint(table_);
  hint->setHint(tr("Give the address a prefix, such as /24: its network is split here"));
  hint->follow(model_);
  arrange();
  connect(spin_, &QSpinBox::valueChanged, this, [this](int longer) {
    if (network_) step_ = longer - network_->prefix();
    split();
  });
  connect(go_, &QLineEdit::returnPressed, this, &SubnetsView::goTo);
  connect(go_, &QLineEdit::textChanged, this, [this] { clearWrong(go_); });
  connect(table_, &QTableView::doubleClicked, this, &SubnetsView::choose);
  setFacts(nullptr);
}

void SubnetsView::arrange() {
  auto* split = new QLabel(tr("Split into"), this);
  split->setBuddy(spin_);
  go_->setMinimumWidth(fontMetrics().averageCharWidth() * 24);
  QSizePolicy wide = go_->sizePolicy();
  wide.setHorizontalPolicy(QSizePolicy::Expanding);
  go_->setSizePolicy(wide);
  auto* bar = new FlowLayout(nullptr, 6);
  bar->addWidget(split);
  bar->addWidget(spin_);
  bar->addWidget(go_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(6, 6, 0, 0);
  column->setSpacing(6);
  column->addLayout(bar);
  column->addWidget(label_);
  column->addWidget(table_, 1);
}

void SubnetsView::setFacts(const AddressFacts* facts) {
  network_ = facts ? facts->network : std::nullopt;
  address_ = facts ? std::optional(facts->number) : std::nullopt;
  setEnabledOr(spin_, network_.has_value(), tr("The address has no prefix"));
  setEnabledOr(go_, network_.has_value(), tr("The address has no prefix"));
  if (network_) {
    const QSignalBlocker quiet(spin_);
    const int bits = network_->first().bits;
    spin_->setRange(network_->prefix(), bits);
    spin_->setValue(std::min(network_->prefix() + step_, bits));
  }
  split();
}

void SubnetsView::split() {
  model_->setSplit(network_, spin_->value());
  clearWrong(go_);
  if (network_) select(model_->bring(network_->subnetOf(spin_->value(), *address_)));
  tell();
}

void SubnetsView::select(int row) {
  table_->setCurrentIndex(model_->index(row, 0));
  table_->scrollTo(model_->index(row, 0), QAbstractItemView::PositionAtCenter);
}

void SubnetsView::tell() {
  label_->setVisible(network_.has_value());
  if (!network_) return;
  const int longer = spin_->value();
  QString words = tr("%1 networks of %2 addresses each")
                      .arg(toQString(network_->subnetCountText(longer)),
                           toQString(powerOfTwoText(network_->first().bits - longer)));
  if (!model_->isWhole()) {
    const Uint128 first = model_->firstNumber();
    const Uint128 last = first + static_cast<unsigned>(model_->rowCount() - 1);
    words += tr("; here: %1 to %2").arg(toQString(decimalText(first)), toQString(decimalText(last)));
  }
  label_->setText(words);
}

void SubnetsView::goTo() {
  const std::string text = toUtf8(go_->text().trimmed());
  if (!network_ || text.empty()) return;
  std::optional<Uint128> number = parseDecimal(text);
  if (const auto address = IpNumber::fromText(text); address && network_->contains(*address))
    number = network_->subnetOf(spin_->value(), *address);
  if (!number || *number > model_->lastNumber()) {
    markWrong(go_);
    label_->setText(tr("A number from 0 to %1, or an address in %2")
                        .arg(toQString(decimalText(model_->lastNumber())), toQString(network_->text())));
    return;
  }
  select(model_->bring(*number));
  tell();
}

void SubnetsView::choose() {
  if (const auto part = model_->subnet(table_->currentIndex().row()))
    emit inspectRequested(toQString(part->text()));
}

void SubnetsView::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("subnetStep"), step_);
  settings.setValue(QStringLiteral("subnetColumns"), table_->horizontalHeader()->saveState());
}

void SubnetsView::restoreState(QSettings& settings) {
  step_ = std::clamp(settings.value(QStringLiteral("subnetStep"), step_).toInt(), 0, 128);
  table_->horizontalHeader()->restoreState(settings.value(QStringLiteral("subnetColumns")).toByteArray());
}

}  // namespace sockbench::ui
