#include "ui/panels/resolver/race/race_page.h"

#include <QAction>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "core/payload/escapes.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/race/race_candidates.h"
#include "ui/panels/resolver/race/race_model.h"
#include "ui/panels/resolver/race/race_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/named.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

namespace {

constexpr std::chrono::milliseconds kTick{100};

Error noPort() {
  return Error::fromInput(InputFault::badPort, {}, std::nullopt,
                          "no port is given, and no service was looked up");
}

}  // namespace

RacePage::RacePage(EngineBridge* bridge, QWidget* parent)
    : QWidget(parent),
      port_(named(new QLineEdit(this), "resolverRacePortEdit", tr("Port to connect to"))),
      send_(named(new QLineEdit(this), "resolverRaceSendEdit", tr("Send this first"))),
      limit_(named(new QDoubleSpinBox(this), "resolverRaceLimitSpin", tr("Time limit"))),
      start_(
          named(new QPushButton(tr("Connect"), this), "resolverRaceButton", tr("Connect to each address"))),
      cancel_(named(new QPushButton(tr("Cancel"), this), "resolverRaceCancelButton",
                    tr("Close all that is being connected"))),
      message_(new InlineMessage(this)),
      model_(new RaceModel(this)),
      table_(new RaceTable(model_, this)),
      status_(new ElidedLabel(this)),
      race_(new AddressRace(bridge, this)) {
  message_->setObjectName(QStringLiteral("resolverRaceMessage"));
  status_->setObjectName(QStringLiteral("resolverRaceStatusLabel"));  // it makes its tool tip itself
  status_->setAccessibleName(tr("State of the connections"));
  build();
  connectParts();
  refreshButtons();
}

void RacePage::build() {
  port_->setPlaceholderText(tr("port"));
  port_->setToolTip(plainToolTip(tr("Port or service; empty: the one that was looked up")));
  port_->setFixedWidth(fontMetrics().averageCharWidth() * 10);
  send_->setPlaceholderText(tr("send first"));
  send_->setToolTip(plainToolTip(
      tr("Sent as soon as a connection is there, with escapes as in a composer: %1. Empty: the server speaks "
         "first")
          .arg(QStringLiteral("HEAD / HTTP/1.0\\r\\n\\r\\n"))));
  start_->setToolTip(plainToolTip(tr("Connect to each address at once")));
  limit_->setRange(0.1, 60);
  limit_->setDecimals(1);
  limit_->setValue(3);
  limit_->setSuffix(tr(" s"));
  limit_->setButtonSymbols(QAbstractSpinBox::NoButtons);
  limit_->setFixedWidth(fontMetrics().averageCharWidth() * 10);
  limit_->setToolTip(plainToolTip(tr("Most time to be connected, and then for the first byte")));
  status_->setProperty("dim", true);
  auto* bar = new QHBoxLayout;
  bar->setSpacing(6);
  bar->addWidget(port_);
  bar->addWidget(send_, 1);
  bar->addWidget(limit_);
  bar->addWidget(start_);
  bar->addWidget(cancel_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 6, 0, 0);
  column->setSpacing(6);
  column->addLayout(bar);
  column->addWidget(message_);
  column->addWidget(table_, 1);
  column->addWidget(status_);
}

void RacePage::connectParts() {
  connect(start_, &QPushButton::clicked, this, &RacePage::act);
  connect(cancel_, &QPushButton::clicked, this, &RacePage::cancel);
  for (QLineEdit* edit : {port_, send_}) {
    connect(edit, &QLineEdit::returnPressed, this, &RacePage::act);
    connect(edit, &QLineEdit::textChanged, this, [this, edit] {
      clearWrong(edit);
      message_->clear();
    });
  }
  connect(port_, &QLineEdit::textChanged, this, [this] {
    const RaceEntry* first = model_->entry(0);
    if (first && first->stage == RaceEntry::Stage::idle) showCandidates();
  });
  connect(race_, &AddressRace::entryChanged, this, &RacePage::showEntry);
  connect(race_, &AddressRace::finished, this, &RacePage::finish);
  connect(&ticker_, &QTimer::timeout, this, &RacePage::showProgress);
  connect(table_, &QTableView::doubleClicked, this, &RacePage::chooseCurrent);
  connect(table_, &QWidget::customContextMenuRequested, this, &RacePage::openMenu);
}

void RacePage::setHosts(const QList<LookedUpHost>& hosts) {
  hosts_ = hosts;
  if (hosts.isEmpty()) race_->cancel();
  if (race_->isRunning()) return;
  message_->clear();
  showCandidates();
}

void RacePage::showCandidates() {
  model_->reset(candidates());
  table_->showHosts(model_->hosts() > 1);
  setStatus({});
  refreshButtons();
}

Result<Endpoint> RacePage::portPart() const {
  return Endpoint::fromParts(Transport::tcp, "127.0.0.1", toUtf8(port_->text().trimmed()));
}

std::optional<std::uint16_t> RacePage::chosenPort() const {
  if (port_->text().trimmed().isEmpty()) return std::nullopt;
  const Result<Endpoint> endpoint = portPart();
  return endpoint ? std::optional(endpoint->port()) : std::nullopt;
}

std::vector<RaceEntry> RacePage::candidates() const {
  return raceCandidates(hosts_, chosenPort());
}

bool RacePage::fail(QLineEdit* field, const Error& error) {
  markWrong(field);
  message_->showError(error);
  field->setFocus();
  selectWrongPart(field, error);
  return false;
}

std::optional<Bytes> RacePage::firstMessage() {
  Result<Bytes> bytes = unescape(toUtf8(send_->text()));
  if (bytes) return std::move(*bytes);
  fail(send_, bytes.error());
  return std::nullopt;
}

void RacePage::act() {
  if (race_->isRunning()) return;
  message_->clear();
  if (!port_->text().trimmed().isEmpty()) {
    if (const Result<Endpoint> part = portPart(); !part) {
      fail(port_, part.error());
      return;
    }
  }
  std::vector<RaceEntry> entries = candidates();
  if (entries.empty()) return message_->showNote(tr("The look-up has no stream sockets to connect to"));
  if (std::ranges::any_of(entries, [](const RaceEntry& entry) { return entry.address.port() == 0; })) {
    fail(port_, noPort());
    return;
  }
  const std::optional<Bytes> message = firstMessage();
  if (!message) return;
  model_->reset(entries);
  const std::chrono::milliseconds limit(static_cast<std::int64_t>(limit_->value() * 1000));
  race_->start(std::move(entries), {.send = *message, .limit = limit});
  ticker_.start(kTick);
  refreshButtons();
  showProgress();
}

void RacePage::cancel() {
  race_->cancel();
}

void RacePage::showEntry(int entry) {
  model_->setEntry(entry, race_->entries()[static_cast<std::size_t>(entry)]);
}

void RacePage::showProgress() {
  if (!race_->isRunning()) return;
  model_->setElapsed(race_->elapsed());
  setStatus(tr("Connecting: %1 of %2 done · %3")
                .arg(race_->over())
                .arg(race_->entries().size())
                .arg(formatDuration(race_->elapsed())));
}

void RacePage::finish() {
  ticker_.stop();
  setStatus(summary());
  refreshButtons();
}

QString RacePage::summary() const {
  int connected = 0;
  int cancelled = 0;
  QStringList faults;
  for (const RaceEntry& entry : race_->entries()) {
    connected += entry.connected.has_value();
    cancelled += entry.stage == RaceEntry::Stage::cancelled;
    if (entry.stage == RaceEntry::Stage::failed && entry.error) faults += toQString(entry.error->symbol());
  }
  const auto failed = static_cast<int>(faults.size());
  faults.removeDuplicates();
  QStringList parts{
      tr("%1 of %n connected", nullptr, static_cast<int>(race_->entries().size())).arg(connected)};
  if (failed > 0) parts += tr("%n failed: %1", nullptr, failed).arg(faults.join(QStringLiteral(", ")));
  if (cancelled > 0) parts += tr("%n cancelled", nullptr, cancelled);
  if (model_->hosts() == 1) parts += happyWords();
  return parts.join(QStringLiteral(" · "));
}

// RFC 8305, from what was measured: with which address such a client would have ended.
QString RacePage::happyWords() const {
  const int row = model_->happyEnd(0);
  if (row < 0) return tr("Happy Eyeballs (RFC 8305) would end with none");
  return tr("Happy Eyeballs (RFC 8305) would end with %1 after %2")
      .arg(toQString(model_->entry(row)->address.ip()), formatDuration(model_->happyAfter(row)));
}

void RacePage::setStatus(const QString& text) {
  status_->setText(text);
  status_->setVisible(!text.isEmpty());
}

// There is room for one of the two.
void RacePage::refreshButtons() {
  const bool running = race_->isRunning();
  setEnabledOr(start_, model_->rowCount() > 0, tr("Look up a host first"));
  start_->setVisible(!running);
  cancel_->setVisible(running);
}

void RacePage::chooseCurrent() {
  const RaceEntry* entry = model_->entry(table_->currentIndex().row());
  if (!entry) return;
  const std::uint16_t port = entry->address.port();
  emit targetChosen({.transport = Transport::tcp,
                     .host = entry->address.ip(),
                     .service = port == 0 ? std::string() : std::to_string(port),
                     .path = {}});
}

void RacePage::openMenu(const QPoint& where) {
  const RaceEntry* entry = model_->entry(table_->currentIndex().row());
  QMenu menu(this);
  QAction* here = menu.addAction(theme::icon(QStringLiteral("connect")), tr("Connect here"), this,
                                 &RacePage::chooseCurrent);
  here->setEnabled(entry != nullptr);
  const QString address = entry ? toQString(entry->address.ip()) : QString();
  QAction* inspect = menu.addAction(theme::icon(QStringLiteral("search")), tr("Inspect"), this,
                                    [this, address] { emit inspectRequested(address); });
  inspect->setEnabled(entry != nullptr);
  menu.addSeparator();
  menu.addActions(table_->actions());
  menu.exec(table_->viewport()->mapToGlobal(where));
}

void RacePage::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("racePort"), port_->text());
  settings.setValue(QStringLiteral("raceSend"), send_->text());
  settings.setValue(QStringLiteral("raceLimit"), limit_->value());
  settings.setValue(QStringLiteral("raceColumns"), table_->horizontalHeader()->saveState());
}

void RacePage::restoreState(QSettings& settings) {
  port_->setText(settings.value(QStringLiteral("racePort")).toString());
  send_->setText(settings.value(QStringLiteral("raceSend")).toString());
  limit_->setValue(settings.value(QStringLiteral("raceLimit"), limit_->value()).toDouble());
  table_->horizontalHeader()->restoreState(settings.value(QStringLiteral("raceColumns")).toByteArray());
  table_->showHosts(model_->hosts() > 1);
}

}  // namespace sockbench::ui
