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
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <set>

#include "core/payload/escapes.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/race/race_bars.h"
#include "ui/panels/resolver/race/race_model.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/table_style.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

namespace {

constexpr std::chrono::milliseconds kTick{100};
constexpr int kLeastCourse = 27;       // characters
constexpr int kLeastTableHeight = 68;  // the titles, a row and a scroll bar

Error noPort() {
  return Error::fromInput(InputFault::badPort, {}, std::nullopt,
                          "no port is given, and no service was looked up");
}

// The waterfall has what the other columns leave, and never too little to be read.
class RaceTable final : public QTableView {
 public:
  using QTableView::QTableView;

 protected:
  void resizeEvent(QResizeEvent* event) override {
    QTableView::resizeEvent(event);
    const int others = horizontalHeader()->length() - columnWidth(RaceModel::Course);
    const int least = fontMetrics().averageCharWidth() * kLeastCourse;
    setColumnWidth(RaceModel::Course, std::max(least, viewport()->width() - others));
  }
};

template <class Widget>
Widget* named(Widget* widget, const char* name, const QString& title) {
  widget->setObjectName(QLatin1String(name));
  widget->setAccessibleName(title);
  return widget;
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
      table_(new RaceTable(this)),
      status_(named(new ElidedLabel(this), "resolverRaceStatusLabel", tr("State of the connections"))),
      model_(new RaceModel(this)),
      race_(new AddressRace(bridge, this)) {
  message_->setObjectName(QStringLiteral("resolverRaceMessage"));
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
  column->addWidget(makeTable(), 1);
  column->addWidget(status_);
}

QWidget* RacePage::makeTable() {
  styleTable(table_, QStringLiteral("resolverRaceTable"), tr("Connections to each address"));
  table_->setModel(model_);
  table_->setItemDelegateForColumn(RaceModel::Course, new RaceBarsDelegate(table_));
  table_->setMinimumHeight(kLeastTableHeight);
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  QHeaderView* header = table_->horizontalHeader();
  header->ensurePolished();  // the style sheet makes the titles bold
  const int character = fontMetrics().averageCharWidth();
  constexpr std::array kWidths{14, 14, 30, 4, 8};  // in characters, by column
  for (int column = 0; column < RaceModel::kColumns; ++column) {
    const int title = header->sectionSizeHint(column) + 8;
    table_->setColumnWidth(column,
                           std::max(kWidths[static_cast<std::size_t>(column)] * character + 12, title));
  }
  table_->setColumnHidden(RaceModel::Host, true);
  hint_ = new EmptyHint(table_);
  hint_->setHint(tr("Look up a host first: its stream addresses come here"));
  hint_->follow(model_);
  return table_;
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
  auto* copy = new QAction(theme::icon(QStringLiteral("copy")), tr("Copy"), table_);
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetShortcut);
  connect(copy, &QAction::triggered, this, [this] { copySelection(table_); });
  table_->addAction(copy);
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
  table_->setColumnHidden(RaceModel::Host, model_->hosts() < 2);
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
  const std::optional<std::uint16_t> port = chosenPort();
  std::vector<RaceEntry> entries;
  for (const LookedUpHost& host : hosts_) {
    if (!host.outcome.answer) continue;
    std::set<std::string> seen;  // stream, datagram and raw sockets repeat an address
    for (const AddressResult& result : host.outcome.answer->results) {
      const bool stream = result.type == transportSocketType(Transport::tcp) && result.address.isIp();
      if (!stream || !seen.insert(result.address.ip()).second) continue;
      RaceEntry entry;
      entry.host = host.host;
      entry.address = port ? result.address.withPort(*port) : result.address;
      entry.resolved = host.outcome.elapsed;
      entries.push_back(std::move(entry));
    }
  }
  return entries;
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
  table_->setColumnHidden(RaceModel::Host, model_->hosts() < 2);
}

}  // namespace sockbench::ui
