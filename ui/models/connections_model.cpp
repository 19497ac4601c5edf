#include "ui/models/connections_model.h"

#include <algorithm>
#include <functional>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/event_text.h"
#include "ui/models/format.h"
#include "ui/models/session_text.h"

namespace sockbench::ui {
namespace {

constexpr qsizetype kSamplesATick = 1000;
constexpr std::size_t kMostRowsToHurry = 1000;

bool isNumber(int column) {
  return column != ConnectionsModel::State && column != ConnectionsModel::Peer &&
         column != ConnectionsModel::KernelState;
}

// The digits that are seen, so that a tick repaints only what looks different.
bool sameCounters(const SessionSnapshot& a, const SessionSnapshot& b) {
  return a.bytesIn == b.bytesIn && a.bytesOut == b.bytesOut && a.queuedBytes == b.queuedBytes;
}

// The kernel still waits for the peer: its sample may change though no byte moves.
bool isUnsettled(const SessionSnapshot& session) {
  return session.tcp &&
         (session.tcp->unackedBytes > 0 || session.tcp->timeouts > 0 || session.tcp->probes > 0);
}

QString kernelStateText(const TcpSample& tcp) {
  const QString state = toQString(kernelTcpStateName(tcp.kernelState));
  return tcp.isZeroWindow() ? ConnectionsModel::tr("%1, the peer's window is full").arg(state) : state;
}

}  // namespace

ConnectionsModel::ConnectionsModel(QObject* parent) : QAbstractTableModel(parent), ticks_(this) {
  ticks_.setInterval(kTick);
  connect(&ticks_, &QTimer::timeout, this, &ConnectionsModel::tick);
}

void ConnectionsModel::follow(EngineBridge& bridge) {
  bridge_ = &bridge;
  connect(&bridge, &EngineBridge::sessionsChanged, this, &ConnectionsModel::update);
  connect(&bridge, &EngineBridge::sessionsForgotten, this, &ConnectionsModel::remove);
  reload();
}

void ConnectionsModel::setListener(SessionId id) {
  const QList<SessionId> wanted = id ? QList<SessionId>{id} : QList<SessionId>{};
  if (wanted == listeners_) {
    return;
  }
  listeners_ = wanted;
  reload();
}

void ConnectionsModel::addListener(SessionId id) {
  if (!id || listeners_.contains(id)) {
    return;
  }
  listeners_.append(id);
  if (bridge_) {
    update(bridge_->snapshots());
  }
}

void ConnectionsModel::reload() {
  beginResetModel();
  rows_.clear();
  endResetModel();
  if (bridge_ && !listeners_.isEmpty()) {
    update(bridge_->snapshots());
  }
  updateTicks();
}

void ConnectionsModel::setActive(bool active) {
  if (active == active_) {
    return;
  }
  active_ = active;
  updateTicks();
  if (active && ticks_.isActive()) {
    tick();
  }
}

void ConnectionsModel::updateTicks() {
  const bool open = std::any_of(rows_.begin(), rows_.end(), [](const Row& r) { return r.session.isOpen(); });
  if (!active_ || !open) return ticks_.stop();
  const std::chrono::milliseconds wanted = isDraining() ? kDrainingTick : kTick;
  if (!ticks_.isActive() || ticks_.intervalAsDuration() != wanted) ticks_.start(wanted);
}

bool ConnectionsModel::isDraining() const {
  if (rows_.size() > kMostRowsToHurry) return false;
  return std::ranges::any_of(rows_, [](const Row& row) {
    return row.session.isOpen() && (row.session.queuedBytes > 0 || isUnsettled(row.session));
  });
}

void ConnectionsModel::tick() {
  if (!bridge_) {
    return;
  }
  measure(bridge_->snapshots(), wallNow());
  askForSamples();
  updateTicks();
}

void ConnectionsModel::measure(const QList<SessionSnapshot>& sessions, WallNanos now) {
  now_ = now;
  for (const SessionSnapshot& session : sessions) {
    const auto row = placeFor(session.id);
    if (row == rows_.end() || row->session.id != session.id) {
      continue;
    }
    const double seconds = row->measured == 0 ? 0 : static_cast<double>(now - row->measured) / 1e9;
    if (seconds > 0) {
      row->inRate = static_cast<double>(session.bytesIn - row->bytesIn) / seconds;
      row->outRate = static_cast<double>(session.bytesOut - row->bytesOut) / seconds;
    }
    row->moved = row->moved || !sameCounters(row->session, session);
    row->measured = now;
    row->bytesIn = session.bytesIn;
    row->bytesOut = session.bytesOut;
    row->session = session;
  }
  if (!rows_.empty()) {
    emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
  }
}

void ConnectionsModel::askForSamples() {
  QList<SessionId> ids;
  for (std::size_t i = 0; i < rows_.size() && ids.size() < kSamplesATick; ++i) {
    Row& row = rows_[(sampleFrom_ + i) % rows_.size()];
    const bool wanted = row.moved || isUnsettled(row.session);
    if (wanted && row.session.isOpen() && row.session.transport == Transport::tcp) {
      row.moved = false;
      ids.append(row.session.id);
    }
  }
  if (!ids.isEmpty()) {
    sampleFrom_ = (sampleFrom_ + static_cast<std::size_t>(ids.size())) % rows_.size();
    bridge_->sample(ids);
  }
}

std::vector<ConnectionsModel::Row>::iterator ConnectionsModel::placeFor(SessionId id) {
  return std::lower_bound(rows_.begin(), rows_.end(), id,
                          [](const Row& row, SessionId wanted) { return row.session.id < wanted; });
}

void ConnectionsModel::update(const QList<SessionSnapshot>& sessions) {
  if (listeners_.isEmpty()) {
    return;
  }
  QList<SessionSnapshot> fresh;
  int firstChanged = rowCount();
  int lastChanged = -1;
  for (const SessionSnapshot& session : sessions) {
    if (!listeners_.contains(session.parent)) {
      continue;
    }
    const auto row = placeFor(session.id);
    if (row == rows_.end() || row->session.id != session.id) {
      fresh.append(session);
      continue;
    }
    row->moved = row->moved || row->session.state != session.state;
    row->session = session;
    const auto at = static_cast<int>(row - rows_.begin());
    firstChanged = std::min(firstChanged, at);
    lastChanged = std::max(lastChanged, at);
  }
  if (lastChanged >= 0) {
    emit dataChanged(index(firstChanged, 0), index(lastChanged, kColumns - 1));
  }
  insertRows(fresh);
  updateTicks();
}

void ConnectionsModel::insertRows(const QList<SessionSnapshot>& fresh) {
  qsizetype from = 0;
  while (from < fresh.size()) {
    const auto at = placeFor(fresh[from].id) - rows_.begin();
    qsizetype to = from + 1;
    while (to < fresh.size() && fresh[to].id > fresh[to - 1].id &&
           placeFor(fresh[to].id) - rows_.begin() == at) {
      ++to;
    }
    std::vector<Row> rows;
    for (qsizetype i = from; i < to; ++i) {
      rows.push_back({.session = fresh[i]});
    }
    beginInsertRows({}, static_cast<int>(at), static_cast<int>(at + to - from) - 1);
    rows_.insert(rows_.begin() + at, rows.begin(), rows.end());
    endInsertRows();
    from = to;
  }
}

void ConnectionsModel::remove(const QList<SessionId>& ids) {
  std::vector<int> gone;
  for (const SessionId id : ids) {
    if (const int row = rowOf(id); row >= 0) gone.push_back(row);
  }
  std::sort(gone.begin(), gone.end(), std::greater<>());
  gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
  // From the last on, neighbours at once: a view lays itself out anew for each removal.
  for (std::size_t i = 0; i < gone.size();) {
    const int last = gone[i];
    int first = last;
    for (++i; i < gone.size() && gone[i] == first - 1; ++i) first = gone[i];
    beginRemoveRows({}, first, last);
    rows_.erase(rows_.begin() + first, rows_.begin() + last + 1);
    endRemoveRows();
  }
  updateTicks();
}

SessionId ConnectionsModel::sessionAt(int row) const {
  const SessionSnapshot* session = snapshotAt(row);
  return session != nullptr ? session->id : SessionId{};
}

const SessionSnapshot* ConnectionsModel::snapshotAt(int row) const {
  return row >= 0 && row < rowCount() ? &rows_[static_cast<std::size_t>(row)].session : nullptr;
}

int ConnectionsModel::rowOf(SessionId id) const {
  const auto at = std::lower_bound(rows_.begin(), rows_.end(), id,
                                   [](const Row& row, SessionId wanted) { return row.session.id < wanted; });
  return at != rows_.end() && at->session.id == id ? static_cast<int>(at - rows_.begin()) : -1;
}

int ConnectionsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ConnectionsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString ConnectionsModel::cellText(const Row& row, int column) const {
  const SessionSnapshot& s = row.session;
  switch (column) {
    case State:
      return sessionStateText(s);
    case Peer:
      return sessionPlaceText(s);
    case Descriptor:
      return s.descriptor >= 0 ? QString::number(s.descriptor) : QString();
    case KernelState:
      return s.tcp && s.isOpen() ? kernelStateText(*s.tcp) : QString();
    case Queue:
      return formatBytes(s.queuedBytes);
    case InKernel:
      return s.tcp && s.isOpen() ? formatBytes(s.tcp->unackedBytes) : QString();
    case RoundTrip:
      return s.tcp ? formatDuration(s.tcp->rtt) : QString();
    case Retransmits:
      return s.tcp ? formatCount(s.tcp->retransmits) : QString();
    case In:
      return formatBytes(s.bytesIn);
    case Out:
      return formatBytes(s.bytesOut);
    case InRate:
      return s.isOpen() ? formatRate(row.inRate) : QString();
    case OutRate:
      return s.isOpen() ? formatRate(row.outRate) : QString();
    case Age:
      return formatAge(
          std::chrono::nanoseconds((s.isOpen() ? std::max(now_, s.changed) : s.changed) - s.since));
    default:
      return {};
  }
}

QVariant ConnectionsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
    return {};
  }
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return cellText(row, index.column());
    case Qt::AccessibleTextRole:
      return tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                              cellText(row, index.column()));
    case Qt::TextAlignmentRole:
      return headerData(index.column(), Qt::Horizontal, role);
    case Qt::ToolTipRole:
      return index.column() == State && row.session.error
                 ? QVariant(plainToolTip(toQString(row.session.error->line())))
                 : QVariant();
    case SessionIdRole:
      return row.session.id.value;
    case StateRole:
      return static_cast<int>(row.session.state);
    default:
      return {};
  }
}

QVariant ConnectionsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) {
    return {};
  }
  if (role == Qt::ToolTipRole) {
    return section == Queue ? QVariant(tr("Bytes that wait here until the kernel takes them"))
           : section == InKernel
               ? QVariant(tr("Bytes that the kernel has and the peer has not confirmed (TCP)"))
               : QVariant();
  }
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue(
        Qt::Alignment((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
  }
  if (role != Qt::DisplayRole) {
    return {};
  }
  switch (section) {
    case State:
      return tr("State");
    case Peer:
      return tr("Peer");
    case Descriptor:
      return tr("fd");
    case KernelState:
      return tr("Kernel state");
    case Queue:
      return tr("Queue");
    case InKernel:
      return tr("In kernel");
    case RoundTrip:
      return tr("RTT");
    case Retransmits:
      return tr("Retransmits");
    case In:
      return tr("In");
    case Out:
      return tr("Out");
    case InRate:
      return tr("In rate");
    case OutRate:
      return tr("Out rate");
    default:
      return tr("Age");
  }
}

}  // namespace sockbench::ui
