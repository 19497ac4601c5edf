#include "ui/panels/resolver/address/address_page.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/address/address_forms.h"
#include "ui/panels/resolver/address/address_rows.h"
#include "ui/panels/resolver/address/marked_table.h"
#include "ui/panels/resolver/address/membership.h"
#include "ui/panels/resolver/address/subnets_view.h"
#include "ui/panels/resolver/rows_table.h"
#include "ui/widgets/bit_ruler.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/low_scroll.h"
#include "ui/widgets/named.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

MarkedTable* makeClasses(QWidget* parent) {
  return new MarkedTable({.name = QStringLiteral("resolverAddressClasses"),
                          .title = AddressPage::tr("Classes of IPv4 addresses"),
                          .titles = classTitles(),
                          .numbers = {6, 7},
                          .widths = {2, 6, 10, 16, 17, 7, 11, 14},
                          .rows = classRows()},
                         parent);
}

MarkedTable* makeRegistry(QWidget* parent) {
  return new MarkedTable({.name = QStringLiteral("resolverAddressRegistry"),
                          .title = AddressPage::tr("Special-purpose address registries"),
                          .titles = registryTitles(),
                          .numbers = {},
                          .widths = {2, 20, 28, 14, 22, 7, 11, 11, 7, 11},
                          .rows = registryRows(),
                          .searchable = true},
                         parent);
}

}  // namespace

AddressPage::AddressPage(QWidget* parent)
    : Panel(parent),
      edit_(new QLineEdit(this)),
      networkEdit_(new QLineEdit(this)),
      networkLabel_(new QLabel(this)),
      message_(new InlineMessage(this)),
      networkMessage_(new InlineMessage(this)),
      forms_(new AddressForms(this)),
      ruler_(new BitRuler(this)),
      factRows_(new GroupedRowsModel(factTitles(), {}, this)),
      facts_(new RowsTable(QStringLiteral("resolverAddressFactsTable"), tr("Facts of the address"), factRows_,
                           this)),
      subnets_(new SubnetsView(this)),
      classes_(makeClasses(this)),
      registry_(makeRegistry(this)),
      side_(new QTabWidget(this)),
      splitter_(new QSplitter(this)) {
  setHelpPage(this, QStringLiteral("addresses"));
  nameParts();
  arrange();
  connectParts();
  read();
}

void AddressPage::nameParts() {
  edit_->setObjectName(QStringLiteral("resolverAddressEdit"));
  edit_->setAccessibleName(tr("Address to inspect, with a prefix or a mask if need be"));
  edit_->setPlaceholderText(
      tr("address, e.g. %1").arg(QStringLiteral("192.0.2.77/24, 2001:db8::1/64, fe80::1%eth0")));
  edit_->setClearButtonEnabled(true);
  networkEdit_->setObjectName(QStringLiteral("resolverAddressNetworkEdit"));
  networkEdit_->setAccessibleName(tr("Is it in this network?"));
  networkEdit_->setPlaceholderText(tr("is it in this network?"));
  networkEdit_->setToolTip(plainToolTip(tr("A network, such as 10.0.0.0/8: whether the address is in it")));
  networkEdit_->setClearButtonEnabled(true);
  networkLabel_->setObjectName(QStringLiteral("resolverAddressNetworkLabel"));
  networkLabel_->setTextFormat(Qt::PlainText);
  networkLabel_->setWordWrap(true);
  networkLabel_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  message_->setObjectName(QStringLiteral("resolverAddressMessage"));
  networkMessage_->setObjectName(QStringLiteral("resolverAddressNetworkMessage"));
  ruler_->setObjectName(QStringLiteral("resolverAddressRuler"));
  side_->setObjectName(QStringLiteral("resolverAddressSideTabs"));
  side_->setAccessibleName(tr("Subnets, classes and registries"));
  splitter_->setObjectName(QStringLiteral("resolverAddressSplitter"));
}

void AddressPage::arrange() {
  auto* bar = new QHBoxLayout;
  bar->setSpacing(6);
  bar->addWidget(edit_, 3);
  bar->addWidget(networkEdit_, 2);
  bar->addWidget(named(new HelpButton({}, tr("addresses, classes and masks"), this),
                       "resolverAddressHelpButton", tr("Help: addresses, classes and masks")));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(14, 12, 14, 12);
  column->setSpacing(6);
  column->addLayout(bar);
  column->addWidget(message_);
  column->addWidget(networkMessage_);
  column->addWidget(makeContents(), 1);
}

// All but the fields scrolls where the panel is low.
QWidget* AddressPage::makeContents() {
  auto* contents = new QWidget(this);
  auto* column = new QVBoxLayout(contents);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  column->addWidget(networkLabel_);
  column->addWidget(forms_);
  column->addWidget(ruler_);
  column->addWidget(makeViews(), 1);
  QScrollArea* scroll = makeLowScroll(contents, this);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->viewport()->setAutoFillBackground(false);
  contents->setAutoFillBackground(false);
  return scroll;
}

QWidget* AddressPage::makeViews() {
  facts_->setWidths({9, 20, 40});
  auto* hint = new EmptyHint(facts_);
  hint->setHint(tr("Type an address: what it says by itself comes here"));
  hint->follow(factRows_);
  side_->setDocumentMode(true);
  side_->addTab(subnets_, tr("Subnets"));
  side_->addTab(classes_, tr("Classes"));
  side_->addTab(registry_, tr("Registries"));
  splitter_->addWidget(facts_);
  splitter_->addWidget(side_);
  splitter_->setChildrenCollapsible(false);
  splitter_->setStretchFactor(0, 3);
  splitter_->setStretchFactor(1, 2);
  splitter_->setSizes({620, 380});  // shares of whatever there is
  return splitter_;
}

void AddressPage::connectParts() {
  connect(edit_, &QLineEdit::textChanged, this, &AddressPage::read);
  connect(networkEdit_, &QLineEdit::textChanged, this, &AddressPage::showMembership);
  connect(ruler_, &BitRuler::prefixChosen, this, &AddressPage::takePrefix);
  connect(subnets_, &SubnetsView::inspectRequested, this, &AddressPage::inspect);
  connect(facts_, &RowsTable::menuWanted, this, &AddressPage::addActions);
}

void AddressPage::focusFirst() {
  edit_->setFocus();
  edit_->selectAll();
}

void AddressPage::inspect(const QString& address) {
  edit_->setText(address);
}

void AddressPage::read() {
  const std::string text = toUtf8(edit_->text().trimmed());
  clearWrong(edit_);
  message_->clear();
  shown_.reset();
  if (!text.empty()) {
    if (Result<AddressFacts> facts = inspectAddress(text)) {
      shown_ = *std::move(facts);
    } else {
      markWrong(edit_);
      message_->showError(facts.error());
    }
  }
  refresh();
}

void AddressPage::refresh() {
  const auto prefix = shown_ && shown_->network ? std::optional(shown_->network->prefix()) : std::nullopt;
  const auto number = shown_ ? std::optional(shown_->number) : std::nullopt;
  forms_->setAddress(number);
  ruler_->setAddress(number, prefix);
  ruler_->setVisible(shown_.has_value());
  showFacts();
  subnets_->setFacts(shown_ ? &*shown_ : nullptr);
  markTables();
  showMembership();
}

// What a person looks at stays in sight while the address is typed on.
void AddressPage::showFacts() {
  const int row = facts_->currentIndex().row();
  const int place = facts_->verticalScrollBar()->value();
  factRows_->setGroup(0, shown_ ? factRows(*shown_) : QList<TextRow>());
  if (row >= 0) facts_->setCurrentIndex(factRows_->index(std::min(row, factRows_->rowCount() - 1), 1));
  facts_->verticalScrollBar()->setValue(place);
}

void AddressPage::showMembership() {
  const std::string text = toUtf8(networkEdit_->text().trimmed());
  clearWrong(networkEdit_);
  networkMessage_->clear();
  networkLabel_->hide();
  if (text.empty()) return;
  const Result<AddressText> network = parseAddressText(text);
  if (!network) {
    markWrong(networkEdit_);
    networkMessage_->showError(network.error());
  } else if (shown_) {
    networkLabel_->setText(membership(*shown_, *network).words);
    networkLabel_->show();
  }
}

void AddressPage::markTables() {
  QSet<int> holding;
  int smallest = -1;
  int letter = -1;
  if (shown_) {
    const std::vector<AddressBlock>& blocks = addressBlocks();
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (blocks[i].network.contains(shown_->number)) holding.insert(static_cast<int>(i));
      if (&blocks[i] == shown_->block) smallest = static_cast<int>(i);
    }
    if (shown_->addressClass) letter = shown_->addressClass->letter - 'A';
  }
  registry_->mark(holding, smallest);
  classes_->mark(letter < 0 ? QSet<int>() : QSet<int>{letter}, letter);
}

// The address and its zone stay as they were typed; what stands behind the slash is replaced.
void AddressPage::takePrefix(int prefix) {
  const QString typed = edit_->text().trimmed();
  edit_->setText(typed.section(QLatin1Char('/'), 0, 0) + QLatin1Char('/') + QString::number(prefix));
}

void AddressPage::addActions(QMenu* menu) {
  if (!shown_) return;
  const TextRow* row = facts_->currentRow();
  const QString value = row ? row->cells.value(kFactValueColumn) : QString();
  const auto add = [&](const char* icon, const QString& text, bool enabled, auto slot) {
    QAction* action = menu->addAction(theme::icon(QLatin1String(icon)), text, this, slot);
    action->setEnabled(enabled);
  };
  add("copy", tr("Copy the value"), row != nullptr, [value] { QApplication::clipboard()->setText(value); });
  add("search", tr("Inspect the value"), parseAddressText(toUtf8(value)).has_value(),
      [this, value] { inspect(value); });
  menu->addSeparator();
  const Endpoint here{.transport = Transport::tcp,
                      .host = shown_->number.text() + (shown_->zone.empty() ? "" : '%' + shown_->zone),
                      .service = {},
                      .path = {}};
  add("connect", tr("Connect to the address"), true, [this, here] { emit targetChosen(here); });
  add("server", tr("Serve at the address"), true, [this, here] { emit serveHereRequested(here); });
  menu->addSeparator();
}

void AddressPage::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("address"), edit_->text());
  settings.setValue(QStringLiteral("network"), networkEdit_->text());
  settings.setValue(QStringLiteral("tab"), side_->currentIndex());
  settings.setValue(QStringLiteral("splitter"), splitter_->saveState());
  settings.setValue(QStringLiteral("columns"), facts_->horizontalHeader()->saveState());
  subnets_->saveState(settings);
  classes_->saveState(settings);
  registry_->saveState(settings);
}

void AddressPage::restoreState(QSettings& settings) {
  subnets_->restoreState(settings);
  classes_->restoreState(settings);
  registry_->restoreState(settings);
  facts_->horizontalHeader()->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
  splitter_->restoreState(settings.value(QStringLiteral("splitter")).toByteArray());
  side_->setCurrentIndex(settings.value(QStringLiteral("tab"), 0).toInt());
  networkEdit_->setText(settings.value(QStringLiteral("network")).toString());
  edit_->setText(settings.value(QStringLiteral("address")).toString());
}

}  // namespace sockbench::ui
