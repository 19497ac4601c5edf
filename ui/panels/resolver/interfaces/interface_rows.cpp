#include "ui/panels/resolver/interfaces/interface_rows.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/bridge/core_types.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {

namespace {

using What = InterfaceChange::What;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(sockbench::ui::InterfacesPage)
};

QString joined(const std::vector<std::string_view>& names) {
  QStringList parts;
  for (const std::string_view name : names) parts += toQString(name);
  return parts.join(QLatin1Char(' '));
}

bool isUpWithoutCarrier(const NetworkInterface& interface) {
  const auto names = interfaceFlagNames(interface.flags);
  return interface.up && std::ranges::count(names, "lower_up") == 0;
}

QString stateText(const NetworkInterface& interface) {
  if (!interface.up) return Words::tr("down");
  return isUpWithoutCarrier(interface) ? Words::tr("up, no carrier") : Words::tr("up");
}

// "private, temporary deprecated": what is usual of an address ("permanent") goes without saying.
QString scopeText(const InterfaceAddress& address) {
  std::vector<std::string_view> names = addressFlagNames(address);
  std::erase(names, "permanent");
  std::erase(names, "noprefixroute");
  const QString scope = toQString(address.scope);
  return names.empty() ? scope : QStringLiteral("%1, %2").arg(scope, joined(names));
}

QString otherEnd(const InterfaceAddress& address) {
  return toQString(address.peer.empty() ? address.broadcast : address.peer);
}

bool isAboutAddress(const InterfaceChange& change) {
  return change.what == What::addressAdded || change.what == What::addressChanged;
}

}  // namespace

QStringList interfaceTitles() {
  return {Words::tr("Interface"),
          Words::tr("State"),
          Words::tr("Address"),
          Words::tr("Scope"),
          Words::tr("Broadcast or peer"),
          Words::tr("MTU"),
          Words::tr("MAC"),
          Words::tr("Kind"),
          Words::tr("Flags")};
}

QList<TextRow> interfaceRows(const NetworkInterface& interface, const std::vector<InterfaceChange>& changes) {
  const QString name = QStringLiteral("%1  %2").arg(interface.index).arg(shownText(interface.name));
  const QString state = stateText(interface);
  const QString mtu = QString::number(interface.mtu);
  const QString mac = toQString(interface.mac);
  const QString kind = shownText(interface.kind);
  const QString flags = joined(interfaceFlagNames(interface.flags));
  const auto isFresh = [&](const std::string& address) {
    return std::ranges::any_of(changes, [&](const InterfaceChange& change) {
      if (change.index != interface.index || change.what == What::addressRemoved) return false;
      return !isAboutAddress(change) || change.to == address;
    });
  };
  QList<TextRow> rows;
  for (const InterfaceAddress& address : interface.addresses) {
    const std::string text = addressWithPrefix(address);
    rows += {
        .cells = {name, state, toQString(text), scopeText(address), otherEnd(address), mtu, mac, kind, flags},
        .value = QVariant::fromValue(InterfaceRow{interface.index, toQString(address.address.ip())}),
        .isFresh = isFresh(text)};
  }
  if (rows.isEmpty())
    rows += {.cells = {name, state, QString(), QString(), QString(), mtu, mac, kind, flags},
             .value = QVariant::fromValue(InterfaceRow{interface.index, QString()}),
             .isFresh = isFresh({})};
  return rows;
}

QString changeText(const InterfaceChange& change) {
  const QString name = shownText(change.name);
  const QString from = shownText(change.from);
  const QString to = shownText(change.to);
  switch (change.what) {
    case What::added:
      return Words::tr("%1 added").arg(name);
    case What::removed:
      return Words::tr("%1 removed").arg(name);
    case What::renamed:
      return Words::tr("%1 is now %2").arg(from, to);
    case What::up:
      return Words::tr("%1 up").arg(name);
    case What::down:
      return Words::tr("%1 down").arg(name);
    case What::flags:
      return Words::tr("%1: flags %2").arg(name, to.isEmpty() ? Words::tr("none") : to);
    case What::mtu:
      return Words::tr("%1: MTU %2, was %3").arg(name, to, from);
    case What::mac:
      return Words::tr("%1: MAC %2").arg(name, to.isEmpty() ? Words::tr("none") : to);
    case What::addressAdded:
      return Words::tr("%1: %2 added").arg(name, to);
    case What::addressRemoved:
      return Words::tr("%1: %2 removed").arg(name, from);
    case What::addressChanged:
      return Words::tr("%1: %2 changed").arg(name, to);
  }
  return {};
}

QString changesText(const std::vector<InterfaceChange>& changes, std::size_t most) {
  QStringList parts;
  for (std::size_t i = 0; i < std::min(changes.size(), most); ++i) parts += changeText(changes[i]);
  if (changes.size() > most) parts += Words::tr("%n more", nullptr, static_cast<int>(changes.size() - most));
  return parts.join(QStringLiteral(" · "));
}

}  // namespace sockbench::ui
