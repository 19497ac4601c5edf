#include "ui/models/ports_snapshot.h"

#include <net/if.h>
#include <unistd.h>

#include <QHash>
#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/payload/visible_text.h"
#include "core/resolve/service_database.h"
#include "core/system/user_name.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {

class PortNames {
 public:
  // Reads the databases, once.
  void load() {
    if (!services_.empty() || !protocols_.empty()) return;
    for (const ServiceEntry& service : allServices())
      services_.emplace(serviceKey(service.port, service.protocol == "udp"), shown(service.name));
    for (const ProtocolEntry& protocol : allProtocols())
      protocols_.emplace(protocol.number, shown(protocol.name));
  }

  QString service(std::uint16_t port, bool udp) const { return find(services_, serviceKey(port, udp)); }
  QString protocol(int number) const { return find(protocols_, number); }
  QString user(uid_t uid) {
    const auto [place, added] = users_.try_emplace(uid);
    if (added) place->second = shown(userName(uid));
    return place->second;
  }

  // Not remembered: a name can go to another interface.
  static QString interface(std::uint32_t index) {
    std::array<char, IF_NAMESIZE> name{};
    return ::if_indextoname(index, name.data()) != nullptr ? shown(name.data()) : QString::number(index);
  }

  static QString shown(std::string_view text) { return toQString(visibleText(text)); }

 private:
  static int serviceKey(std::uint16_t port, bool udp) { return port * 2 + (udp ? 1 : 0); }
  static QString find(const std::unordered_map<int, QString>& names, int key) {
    const auto found = names.find(key);
    return found == names.end() ? QString() : found->second;
  }

  std::unordered_map<int, QString> services_;
  std::unordered_map<int, QString> protocols_;
  std::unordered_map<uid_t, QString> users_;
};

std::shared_ptr<PortNames> makePortNames() {
  return std::make_shared<PortNames>();
}

namespace {

bool hasPort(const SocketRow& socket) {
  return !isUnixKind(socket.kind) && socket.kind != SocketKind::raw;
}

// A socket without a cookie is known by where it is; the highest bit keeps both kinds of keys apart.
std::uint64_t keyOf(const SocketRow& socket) {
  constexpr std::uint64_t kNoCookie = std::uint64_t{1} << 63;
  if (socket.cookie != 0) return socket.cookie & ~kNoCookie;
  const std::size_t place = qHashMulti(0, static_cast<int>(socket.kind), quint64{socket.inode},
                                       quint64{socket.local.hash()}, quint64{socket.peer.hash()});
  return place | kNoCookie;
}

QString protocolText(const SocketRow& socket) {
  const QString name = toQString(socketProtocolName(socket.kind));
  return isUnixKind(socket.kind) ? name + u' ' + toQString(socketTypeName(socket.kind)) : name;
}

QString peerText(const SocketRow& socket) {
  if (isUnixKind(socket.kind)) {
    if (!socket.peer.isUnnamed()) return PortNames::shown(socket.peer.text());
    return socket.peerInode != 0 ? QStringLiteral("inode %1").arg(socket.peerInode) : QString();
  }
  const bool none = socket.peer.port() == 0 && socket.peer.isWildcard();
  return none ? QString() : toQString(socket.peer.text());
}

// That of the lower port: a connection's other end has one that was dealt out.
QString serviceText(const SocketRow& socket, const PortNames& names) {
  if (socket.kind == SocketKind::raw) return names.protocol(socket.local.port());
  if (!hasPort(socket)) return {};
  const bool udp = socket.kind != SocketKind::tcp;
  const std::uint16_t here = socket.local.port();
  const std::uint16_t there = socket.peer.port();
  const QString low = names.service(there == 0 ? here : std::min(here, there), udp);
  return low.isEmpty() ? names.service(std::max(here, there), udp) : low;
}

class Reading {
 public:
  Reading(const SocketTable& table, PortNames& names, const std::vector<SessionSnapshot>& sessions)
      : table_(table), names_(names) {
    for (const std::string& process : table.processes) processes_.push_back(PortNames::shown(process));
    for (const SessionSnapshot& session : sessions) {
      // Datagram peers share the descriptor of their listener.
      const bool shares = session.role == SessionRole::accepted && isDatagramTransport(session.transport);
      if (session.descriptor >= 0 && session.isOpen() && !shares)
        sessions_.emplace(session.descriptor, session.id);
    }
  }

  PortRow row(const SocketRow& socket) {
    PortRow row;
    row.socket = socket;
    row.key = keyOf(socket);
    row.protocol = protocolText(socket);
    row.state = toQString(socketStateName(socket));
    row.local = socket.local.isUnnamed() ? QString() : PortNames::shown(socket.local.text());
    row.peer = peerText(socket);
    row.service = serviceText(socket, names_);
    if (socket.uid) row.user = names_.user(*socket.uid);
    if (socket.interface != 0) row.interface = names_.interface(socket.interface);
    for (const SocketOwner& owner : table_.ownersOf(socket)) addOwner(row, owner);
    row.searched = searchedText(row);
    return row;
  }

 private:
  void addOwner(PortRow& row, const SocketOwner& owner) {
    row.owners.push_back({owner.pid, owner.descriptor, processes_[owner.process]});
    if (owner.pid != self_) return;
    row.isOurs = true;
    if (const auto session = sessions_.find(owner.descriptor); session != sessions_.end())
      row.session = session->second;
  }

  static QString searchedText(const PortRow& row) {
    QString text = row.protocol + u' ' + row.state + u' ' + row.local + u' ' + row.peer + u' ' + row.service +
                   u' ' + row.user;
    for (const PortOwner& owner : row.owners)
      text += u' ' + owner.process + u' ' + QString::number(owner.pid);
    return text.toLower();
  }

  const SocketTable& table_;
  PortNames& names_;
  const pid_t self_ = ::getpid();
  std::vector<QString> processes_;
  std::unordered_map<int, SessionId> sessions_;  // by descriptor
};

using GoneRows = std::unordered_map<std::uint64_t, std::vector<const PortRow*>>;

// The rows of `before` that `present` has not, by the row that they stood behind; 0: none.
GoneRows goneSince(const PortsSnapshot& before, const std::unordered_set<std::uint64_t>& present) {
  GoneRows gone;
  std::uint64_t last = 0;
  for (const PortRow& row : before.rows) {
    if (present.contains(row.key))
      last = row.key;
    else if (!row.isGone())
      gone[last].push_back(&row);
  }
  return gone;
}

void compare(PortsSnapshot& now, const PortsSnapshot& before) {
  std::unordered_set<std::uint64_t> known;
  std::unordered_set<std::uint64_t> present;
  for (const PortRow& row : before.rows)
    if (!row.isGone()) known.insert(row.key);
  for (PortRow& row : now.rows) {
    present.insert(row.key);
    if (!known.contains(row.key)) row.change = PortRow::Change::appeared;
  }
  const GoneRows gone = goneSince(before, present);
  if (gone.empty()) return;
  std::vector<PortRow> rows;
  rows.reserve(now.rows.size() + gone.size());
  const auto addGoneBehind = [&](std::uint64_t key) {
    const auto found = gone.find(key);
    if (found == gone.end()) return;
    for (const PortRow* row : found->second) rows.emplace_back(*row).change = PortRow::Change::gone;
  };
  addGoneBehind(0);
  for (PortRow& row : now.rows) {
    const std::uint64_t key = row.key;
    rows.push_back(std::move(row));
    addGoneBehind(key);
  }
  now.rows = std::move(rows);
}

}  // namespace

QString portRangeText(const PortRow& row) {
  const std::uint16_t port = row.socket.local.port();
  if (!hasPort(row.socket) || port == 0) return {};
  if (port < 1024) return QStringLiteral("well-known");
  return port < 49152 ? QStringLiteral("registered") : QStringLiteral("dynamic");
}

Result<PortsSnapshotPtr> readPorts(const PortsSnapshotPtr& before, PortNames& names,
                                   const std::vector<SessionSnapshot>& sessions) {
  Result<SocketTable> table = readSocketTable();
  if (!table) return std::unexpected(table.error());
  names.load();
  auto now = std::make_shared<PortsSnapshot>();
  Reading reading(*table, names, sessions);
  now->rows.reserve(table->sockets.size());
  for (const SocketRow& socket : table->sockets) {
    now->rows.push_back(reading.row(socket));
    if (isListening(socket)) ++now->listening;
    if (socket.inode != 0 && socket.ownerCount == 0) ++now->unknownOwners;
  }
  now->sockets = now->rows.size();
  now->unreadableProcesses = table->unreadableProcesses;
  now->faults = std::move(table->faults);
  if (before) compare(*now, *before);
  return now;
}

}  // namespace sockbench::ui
