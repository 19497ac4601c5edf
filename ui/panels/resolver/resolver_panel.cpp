#include "ui/panels/resolver/resolver_panel.h"

#include <QVBoxLayout>

#include "ui/panels/page_book.h"
#include "ui/panels/resolver/address/address_page.h"
#include "ui/panels/resolver/databases/database_page.h"
#include "ui/panels/resolver/dns/dns_page.h"
#include "ui/panels/resolver/interfaces/interfaces_page.h"
#include "ui/panels/resolver/lookup/lookup_page.h"
#include "ui/widgets/help_page.h"

namespace sockbench::ui {
namespace {
const QString kAddressPage = QStringLiteral("resolverAddressPage");
}  // namespace

ResolverPanel::ResolverPanel(EngineBridge* bridge, QWidget* parent)
    : Panel(parent), bridge_(bridge), book_(new PageBook(this)) {
  setHelpPage(this, QStringLiteral("names"));
  setObjectName(QStringLiteral("resolverPanel"));
  book_->setObjectName(QStringLiteral("resolverPageTabs"));
  book_->setAccessibleName(tr("Pages of the resolver"));
  book_->setProperty("compact", true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(book_);
  addPages();
}

// The pages, in the order of their tabs. A new one is added here.
void ResolverPanel::addPages() {
  book_->add(QStringLiteral("resolverLookupPage"), tr("Look up"), [this] {
    auto* page = new LookupPage(bridge_, this);
    connect(page, &LookupPage::targetChosen, this, &ResolverPanel::targetChosen);
    connect(page, &LookupPage::serveHereRequested, this, &ResolverPanel::serveHereRequested);
    connect(page, &LookupPage::inspectRequested, this, &ResolverPanel::inspect);
    return page;
  });
  book_->add(QStringLiteral("resolverDnsPage"), tr("DNS"), [this] {
    auto* page = new DnsPage(bridge_, this);
    connect(page, &DnsPage::targetChosen, this, &ResolverPanel::targetChosen);
    connect(page, &DnsPage::inspectRequested, this, &ResolverPanel::inspect);
    return page;
  });
  book_->add(kAddressPage, tr("Address"), [this] {
    auto* page = new AddressPage(this);
    connect(page, &AddressPage::targetChosen, this, &ResolverPanel::targetChosen);
    connect(page, &AddressPage::serveHereRequested, this, &ResolverPanel::serveHereRequested);
    return page;
  });
  book_->add(QStringLiteral("resolverServicePage"), tr("Services"), [this] { return makeServicePage(this); });
  book_->add(QStringLiteral("resolverProtocolPage"), tr("Protocols"),
             [this] { return makeProtocolPage(this); });
  book_->add(QStringLiteral("resolverInterfacesPage"), tr("Interfaces"),
             [this] { return makeInterfacesPage(); });
}

InterfacesPage* ResolverPanel::makeInterfacesPage() {
  auto* page = new InterfacesPage(this);
  connect(page, &InterfacesPage::localAddressChosen, this, &ResolverPanel::localAddressChosen);
  connect(page, &InterfacesPage::serveHereRequested, this, &ResolverPanel::serveHereRequested);
  connect(page, &InterfacesPage::inspectRequested, this, &ResolverPanel::inspect);
  return page;
}

void ResolverPanel::inspect(const QString& address) {
  static_cast<AddressPage*>(book_->bring(kAddressPage))->inspect(address);
}

void ResolverPanel::act() {
  book_->current()->act();
}

void ResolverPanel::cancel() {
  book_->current()->cancel();
}

void ResolverPanel::focusFirst() {
  book_->current()->focusFirst();
}

void ResolverPanel::saveState(QSettings& settings) const {
  book_->saveState(settings);
}

void ResolverPanel::restoreState(QSettings& settings) {
  book_->restoreState(settings);
}

}  // namespace sockbench::ui
