#include "ui/panels/resolver/interfaces/interfaces_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QShowEvent>
#include <QTime>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/bridge/in_background.h"
#include "ui/models/format.h"
#include "ui/panels/resolver/interfaces/interface_follower.h"
#include "ui/panels/resolver/interfaces/interface_rows.h"
#include "ui/panels/resolver/rows_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

namespace {

constexpr std::size_t kMostChangesTold = 20;
constexpr std::size_t kMostChangesKept = 1000;
constexpr qint64 kTogether = 3000;  // ms: changes with less between them are told as one

}  // namespace

InterfacesPage::InterfacesPage(QWidget* parent)
    : Panel(parent),
      name_(new QLabel(this)),
      change_(new ElidedLabel(this)),
      refresh_(new QToolButton(this)),
      message_(new InlineMessage(this)),
      model_(new GroupedRowsModel(interfaceTitles(), {5}, this)),
      follower_(new InterfaceFollower(this)) {
  message_->setObjectName(QStringLiteral("resolverInterfacesMessage"));
  table_ = new RowsTable(QStringLiteral("resolverInterfacesTable"), tr("Network interfaces"), model_, this);
  table_->setWidths({12, 13, 26, 18, 17, 7, 19, 9, 24});
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(14, 12, 14, 12);
  column->setSpacing(6);
  column->addLayout(makeBar());
  column->addWidget(message_);
  column->addWidget(table_, 1);
  connect(refresh_, &QToolButton::clicked, this, &InterfacesPage::act);
  connect(follower_, &InterfaceFollower::changed, this, &InterfacesPage::act);
  connect(follower_, &InterfaceFollower::ended, this, &InterfacesPage::unfollow);
  connect(table_, &RowsTable::menuWanted, this, &InterfacesPage::addActions);
}

QHBoxLayout* InterfacesPage::makeBar() {
  name_->setObjectName(QStringLiteral("resolverHostnameLabel"));
  name_->setTextFormat(Qt::PlainText);
  name_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  change_->setObjectName(QStringLiteral("resolverInterfacesChangeLabel"));
  change_->setAccessibleName(tr("The last change"));
  change_->setProperty("dim", true);
  refresh_->setObjectName(QStringLiteral("resolverMachineRefreshButton"));
  refresh_->setText(tr("Refresh"));
  refresh_->setAccessibleName(tr("Read the interfaces again"));
  refresh_->setToolTip(plainToolTip(tr("What the kernel tells of a change is read by itself")));
  auto* bar = new QHBoxLayout;
  bar->setSpacing(14);
  bar->addWidget(name_);
  bar->addWidget(change_, 1);
  bar->addWidget(refresh_);
  return bar;
}

void InterfacesPage::showEvent(QShowEvent* event) {
  Panel::showEvent(event);
  if (event->spontaneous()) return;
  // First the watch, then the look: nothing falls between them.
  fault_.reset();
  follower_->start();
  act();
}

void InterfacesPage::hideEvent(QHideEvent* event) {
  Panel::hideEvent(event);
  if (!event->spontaneous()) follower_->stop();
}

void InterfacesPage::act() {
  if (std::exchange(reading_, true)) {
    again_ = true;
    return;
  }
  inBackground(
      this,
      [] {
        return Answer{getHostName(), networkInterfaces()};
      },
      [this](const Answer& answer) { showAnswer(answer); });
}

void InterfacesPage::focusFirst() {
  table_->setFocus();
}

void InterfacesPage::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("columns"), table_->horizontalHeader()->saveState());
}

void InterfacesPage::restoreState(QSettings& settings) {
  table_->horizontalHeader()->restoreState(settings.value(QStringLiteral("columns")).toByteArray());
}

void InterfacesPage::showAnswer(const Answer& answer) {
  reading_ = false;
  message_->clear();
  if (fault_) message_->showError(*fault_);
  if (answer.name)
    name_->setText(tr("This machine is %1").arg(toQString(visibleText(*answer.name))));
  else
    message_->showError(answer.name.error());
  if (answer.interfaces)
    showInterfaces(*answer.interfaces);
  else
    message_->showError(answer.interfaces.error());
  if (std::exchange(again_, false)) act();
}

void InterfacesPage::unfollow(const Error& why) {
  fault_ = why;
  message_->showError(why);
}

// The newest first.
void InterfacesPage::note(std::vector<InterfaceChange> changes) {
  if (changes.empty()) return;
  if (!sinceChange_.isValid() || sinceChange_.elapsed() > kTogether) changes_.clear();
  sinceChange_.start();
  changes_.insert(changes_.begin(), changes.begin(), changes.end());
  if (changes_.size() > kMostChangesKept) changes_.resize(kMostChangesKept);
  change_->setText(tr("changed at %1: %2")
                       .arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss")),
                            changesText(changes_, kMostChangesTold)));
}

// What is new stays tinted until the next change.
void InterfacesPage::showInterfaces(const std::vector<NetworkInterface>& now) {
  if (shown_ == now) return;
  if (shown_) note(interfaceChanges(*shown_, now));
  shown_ = now;
  const TextRow* row = table_->currentRow();
  const auto chosen = row ? row->value.value<InterfaceRow>() : InterfaceRow();
  QList<TextRow> rows;
  int current = -1;
  for (const NetworkInterface& interface : now) {
    for (TextRow& one : interfaceRows(interface, changes_)) {
      if (row && one.value.value<InterfaceRow>() == chosen) current = static_cast<int>(rows.size());
      rows += std::move(one);
    }
  }
  model_->setGroup(0, rows);
  if (current >= 0) table_->selectRow(current);
}

QString InterfacesPage::currentAddress() const {
  const TextRow* row = table_->currentRow();
  return row ? row->value.value<InterfaceRow>().address : QString();
}

void InterfacesPage::addActions(QMenu* menu) {
  const QString address = currentAddress();
  const auto add = [&](const QString& icon, const QString& text, auto slot) {
    QAction* action = menu->addAction(theme::icon(icon), text, this, slot);
    action->setEnabled(!address.isEmpty());
  };
  add(QStringLiteral("client"), tr("Use as local address"),
      [this, address] { emit localAddressChosen(address); });
  add(QStringLiteral("server"), tr("Serve on this address"), [this, address] {
    emit serveHereRequested(
        {.transport = Transport::tcp, .host = toUtf8(address), .service = {}, .path = {}});
  });
  const QString withPrefix = table_->currentRow() ? table_->currentRow()->cells.value(2) : QString();
  add(QStringLiteral("search"), tr("Inspect"), [this, withPrefix] { emit inspectRequested(withPrefix); });
  menu->addSeparator();
}

}  // namespace sockbench::ui
