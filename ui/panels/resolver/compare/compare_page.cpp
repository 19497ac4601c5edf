#include "ui/panels/resolver/compare/compare_page.h"

#include <netdb.h>

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include "ui/bridge/in_background.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/compare/compare_rows.h"
#include "ui/panels/resolver/lookup/lookup_rows.h"
#include "ui/panels/resolver/rows_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {
namespace {

constexpr std::chrono::milliseconds kPortionInterval{16};
constexpr std::chrono::milliseconds kPortion{4};  // of each interval, at most

std::uint16_t typeNumber(std::string_view name) {
  return parseDnsType(name).value_or(1);
}

// What the look-up may have asked for: a family of its own leaves the other's records out.
QList<std::uint16_t> typesOf(const AddressQuery& asked) {
  static const int kIpv4 = SocketAddress::fromIpv4(0, 0).family();
  if (asked.family == 0) return {typeNumber("A"), typeNumber("AAAA")};
  return {typeNumber(asked.family == kIpv4 ? "A" : "AAAA")};
}

}  // namespace

ComparePage::ComparePage(EngineBridge* bridge, QWidget* parent)
    : QWidget(parent),
      run_(new CompareRun(bridge, this)),
      model_(new GroupedRowsModel(compareTitles(), {}, this)),
      table_(new RowsTable(QStringLiteral("resolverCompareTable"), tr("The system's answers beside DNS's"),
                           model_, this)),
      server_(new QLineEdit(this)),
      button_(new QPushButton(tr("Ask again"), this)),
      message_(new InlineMessage(this)),
      sources_(new ElidedLabel(this)),
      status_(new ElidedLabel(this)) {
  arrange();
  portion_.setInterval(kPortionInterval);
  connect(&portion_, &QTimer::timeout, this, &ComparePage::showMore);
  connect(run_, &CompareRun::nameAnswered, this, [this](int name, const CompareRun::Outcomes& outcomes) {
    due_.push_back({name, outcomes});
  });
  connect(button_, &QPushButton::clicked, this, &ComparePage::act);
  connect(server_, &QLineEdit::returnPressed, this, &ComparePage::act);
  connect(server_, &QLineEdit::textChanged, this, [this] {
    clearWrong(server_);
    message_->clear();
  });
  readSystem();
}

void ComparePage::arrange() {
  server_->setObjectName(QStringLiteral("resolverCompareServerEdit"));
  server_->setAccessibleName(tr("Name server to compare with"));
  server_->setPlaceholderText(tr("the system's server"));
  server_->setToolTip(plainToolTip(tr("ADDRESS or ADDRESS:PORT; empty: those of /etc/resolv.conf")));
  button_->setObjectName(QStringLiteral("resolverCompareButton"));
  button_->setAccessibleName(tr("Ask the name server again"));
  message_->setObjectName(QStringLiteral("resolverCompareMessage"));
  sources_->setObjectName(QStringLiteral("resolverCompareSourcesLabel"));
  sources_->setProperty("dim", true);
  status_->setObjectName(QStringLiteral("resolverCompareStatusLabel"));
  status_->setProperty("dim", true);
  table_->setWidths({12, 20, 16});
  auto* bar = new QHBoxLayout;
  bar->setSpacing(6);
  bar->addWidget(server_, 1);
  bar->addWidget(button_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 6, 0, 0);
  column->setSpacing(6);
  column->addLayout(bar);
  column->addWidget(sources_);
  column->addWidget(message_);
  column->addWidget(table_, 1);
  column->addWidget(status_);
  clear();
}

void ComparePage::readSystem() {
  inBackground(
      this, [] { return hostNameSources(); },
      [this](const Result<std::vector<NameSource>>& sources) {
        sources_->setText(sources
                              ? tr("The system asks %1").arg(sourcesInWords(*sources))
                              : tr("The system's order is not known: %1").arg(errorLine(sources.error())));
      });
  inBackground(this, configuredDnsServers, [this](const Result<std::vector<SocketAddress>>& servers) {
    if (servers && !servers->empty()) server_->setPlaceholderText(toQString(servers->front().ip()));
  });
}

void ComparePage::clear() {
  ++generation_;
  isNew_ = false;
  hosts_.clear();
  names_.clear();
  run_->start({}, {}, {});
  due_.clear();
  portion_.stop();
  model_->reset(0);
  setStatus(tr("Name servers are asked only while this page is in front"));
  button_->setEnabled(false);
}

void ComparePage::setLookup(const QList<LookedUpHost>& hosts, const AddressQuery& asked) {
  hosts_ = hosts;
  asked_ = asked;
  isNew_ = true;
  button_->setEnabled(true);
  if (isVisible()) act();
}

void ComparePage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (isNew_) act();
}

Result<std::optional<SocketAddress>> ComparePage::server() {
  const QString text = server_->text().trimmed();
  if (text.isEmpty()) return std::nullopt;
  const Result<SocketAddress> address = parseDnsServer(toUtf8(text));
  if (!address) return std::unexpected(address.error());
  return *address;
}

void ComparePage::act() {
  message_->clear();
  isNew_ = false;
  if (hosts_.isEmpty()) return;
  const auto asked = server();
  if (!asked) {
    markWrong(server_);
    selectWrongPart(server_, asked.error());
    return message_->showError(asked.error());
  }
  button_->setEnabled(false);
  inBackground(
      this, [] { return HostsFile::read(); },
      [this, generation = ++generation_, common = DnsQuery{.server = *asked}](const HostsFile& file) {
        if (generation != generation_) return;
        hostsFile_ = file;
        ask(common);
      });
}

void ComparePage::ask(const DnsQuery& common) {
  names_.clear();
  due_.clear();
  different_ = 0;
  QStringList names;
  std::vector<QList<TextRow>> rows;
  for (int host = 0; host < hosts_.size(); ++host) {
    const std::optional<TextRow> row = incomparableRow(hosts_[host]);
    rows.push_back({row ? *row : waitingRow(hosts_[host].host)});
    if (row) continue;
    names_ += host;
    names += hosts_[host].host;
  }
  model_->reset(std::move(rows));
  run_->start(names, typesOf(asked_), common);
  portion_.start();
  showMore();
}

void ComparePage::cancel() {
  run_->cancel();
}

void ComparePage::showMore() {
  QElapsedTimer clock;
  clock.start();
  for (; !due_.empty() && !clock.hasExpired(kPortion.count()); due_.pop_front()) {
    const int host = names_[due_.front().name];
    const QList<TextRow> rows =
        compareRows(hosts_[host], due_.front().outcomes,
                    {.hostsFile = hostsFile_.addressesOf(toUtf8(hosts_[host].host)), .flags = asked_.flags});
    different_ += hasDifference(rows) ? 1 : 0;
    model_->setGroup(host, rows);
  }
  setStatus(tr("Asking: %1 of %2").arg(run_->answered()).arg(names_.size()));
  if (due_.empty() && !run_->isRunning()) finish();
}

void ComparePage::finish() {
  portion_.stop();
  button_->setEnabled(!hosts_.isEmpty());
  QStringList parts{tr("%n name(s) compared", nullptr, static_cast<int>(names_.size()))};
  parts += different_ == 0 ? tr("no difference") : tr("%n with differences", nullptr, different_);
  parts += tr("asked only while this page is in front");
  setStatus(parts.join(QStringLiteral(" · ")));
}

void ComparePage::setStatus(const QString& text) {
  status_->setText(text);
}

void ComparePage::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("compareServer"), server_->text());
}

void ComparePage::restoreState(QSettings& settings) {
  server_->setText(settings.value(QStringLiteral("compareServer")).toString());
}

}  // namespace sockbench::ui
