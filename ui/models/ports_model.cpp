#include "ui/models/ports_model.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

bool isNumber(int column) {
  return column == PortsModel::Received || column == PortsModel::Sending || column == PortsModel::Pid ||
         column == PortsModel::Inode;
}

// IPv4 before IPv6 before names; by number, not by digit.
bool addressLess(const SocketAddress& a, const QString& aText, const SocketAddress& b, const QString& bText) {
  if (a.family() != b.family()) {
    const auto rank = [](const SocketAddress& x) { return x.isIp() ? x.family() : AF_INET6 + 1; };
    if (rank(a) != rank(b)) return rank(a) < rank(b);
  }
  if (!a.isIp()) return aText < bText;
  const auto x = a.ipBytes();
  const auto y = b.ipBytes();
  if (!std::ranges::equal(x, y)) return std::ranges::lexicographical_compare(x, y);
  return a.port() < b.port();
}

pid_t firstPid(const PortRow& row) {
  return row.owners.empty() ? 0 : row.owners.front().pid;
}
QString firstProcess(const PortRow& row) {
  return row.owners.empty() ? QString() : row.owners.front().process;
}

bool rowLess(const PortRow& a, const PortRow& b, int column) {
  switch (column) {
    case PortsModel::Change:
      return a.change < b.change;
    case PortsModel::Protocol:
      return a.protocol < b.protocol;
    case PortsModel::State:
      return a.state < b.state;
    case PortsModel::Local:
      return addressLess(a.socket.local, a.local, b.socket.local, b.local);
    case PortsModel::Peer:
      return addressLess(a.socket.peer, a.peer, b.socket.peer, b.peer);
    case PortsModel::Received:
      return a.socket.recvQueue < b.socket.recvQueue;
    case PortsModel::Sending:
      return a.socket.sendQueue < b.socket.sendQueue;
    case PortsModel::Service:
      return a.service < b.service;
    case PortsModel::Process:
      return firstProcess(a) < firstProcess(b);
    case PortsModel::Pid:
      return firstPid(a) < firstPid(b);
    case PortsModel::User:
      return a.user < b.user;
    case PortsModel::Inode:
      return a.socket.inode < b.socket.inode;
    default:
      return false;
  }
}

using Places = std::unordered_map<std::uint64_t, int>;

Places placesOf(const PortsModel::Rows& rows) {
  Places places;
  places.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) places.emplace(rows[i]->key, static_cast<int>(i));
  return places;
}

}  // namespace

PortsModel::Rows PortsModel::arrange(const PortsSnapshot& snapshot, const View& view) {
  Rows rows;
  rows.reserve(snapshot.rows.size());
  for (const PortRow& row : snapshot.rows)
    if (view.filter.matches(row)) rows.push_back(&row);
  if (view.column < 0) return rows;
  const bool descending = view.order == Qt::DescendingOrder;
  std::ranges::stable_sort(rows, [&](const PortRow* a, const PortRow* b) {
    return descending ? rowLess(*b, *a, view.column) : rowLess(*a, *b, view.column);
  });
  return rows;
}

void PortsModel::setFilter(const PortsFilter& filter) {
  if (view_.filter == filter) return;
  view_.filter = filter;
  if (snapshot_) show(arrange(*snapshot_, view_));
}

void PortsModel::sort(int column, Qt::SortOrder order) {
  view_.column = column;
  view_.order = order;
  if (snapshot_) show(arrange(*snapshot_, view_));
}

PortsSnapshotPtr PortsModel::setSnapshot(const PortsSnapshotPtr& snapshot, Rows arranged) {
  PortsSnapshotPtr before = std::exchange(snapshot_, snapshot);
  show(std::move(arranged));
  return before;
}

// Rows that leave go to the end and are taken away there, rows that come are added there, then all find their
// places: four steps at most, however many rows have changed, and indexes stay with their sockets.
void PortsModel::show(Rows rows) {
  const Places wanted = placesOf(rows);
  const auto stays = [&](const PortRow* row) { return wanted.contains(row->key); };
  Rows parted = rows_;
  const auto leaving = std::ranges::stable_partition(parted, stays);
  const auto kept = static_cast<std::size_t>(leaving.begin() - parted.begin());
  if (kept < rows_.size()) {
    if (parted != rows_) reorder(std::move(parted));
    beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(rows_.size()) - 1);
    rows_.resize(kept);
    endRemoveRows();
  }
  if (kept < rows.size()) {
    const Places present = placesOf(rows_);
    beginInsertRows({}, static_cast<int>(kept), static_cast<int>(rows.size()) - 1);
    std::ranges::copy_if(rows, std::back_inserter(rows_),
                         [&](const PortRow* row) { return !present.contains(row->key); });
    endInsertRows();
  }
  const auto key = [](const PortRow* row) { return row->key; };
  if (std::ranges::equal(rows, rows_, {}, key, key))
    rows_ = std::move(rows);
  else
    reorder(std::move(rows));
  if (!rows_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

void PortsModel::reorder(Rows rows) {
  emit layoutAboutToBeChanged({}, VerticalSortHint);
  const Places places = placesOf(rows);
  const QModelIndexList before = persistentIndexList();
  QModelIndexList after;
  for (const QModelIndex& index : before) {
    const auto place = places.find(rows_[static_cast<std::size_t>(index.row())]->key);
    after += place == places.end() ? QModelIndex() : this->index(place->second, index.column());
  }
  rows_ = std::move(rows);
  changePersistentIndexList(before, after);
  emit layoutChanged({}, VerticalSortHint);
}

const PortRow* PortsModel::rowAt(int row) const {
  return row >= 0 && row < rowCount() ? rows_[static_cast<std::size_t>(row)] : nullptr;
}

int PortsModel::rowOf(std::uint64_t key) const {
  const auto found = std::ranges::find(rows_, key, &PortRow::key);
  return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int PortsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int PortsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString PortsModel::cellText(const PortRow& row, int column) const {
  switch (column) {
    case Change:
      if (row.change == PortRow::Change::appeared) return tr("new");
      return row.isGone() ? tr("gone") : QString();
    case Protocol:
      return row.protocol;
    case State:
      return row.state;
    case Local:
      return row.local;
    case Peer:
      return row.peer;
    case Received:
      return formatCount(row.socket.recvQueue);
    case Sending:
      return formatCount(row.socket.sendQueue);
    case Service:
      return row.service;
    case Process:
      if (row.session) return tr("ours: session %1").arg(row.session.value);
      return row.owners.size() > 1 ? tr("%1 and %2 more").arg(firstProcess(row)).arg(row.owners.size() - 1)
                                   : firstProcess(row);
    case Pid:
      return row.owners.empty() ? QString() : QString::number(firstPid(row));
    case User:
      return row.user;
    case Inode:
      return row.socket.inode == 0 ? QString() : QString::number(row.socket.inode);
    default:
      return {};
  }
}

QVariant PortsModel::data(const QModelIndex& index, int role) const {
  const PortRow* row = index.isValid() ? rowAt(index.row()) : nullptr;
  if (row == nullptr) return {};
  switch (role) {
    case Qt::DisplayRole:
      return cellText(*row, index.column());
    case Qt::ToolTipRole:
      return plainToolTip(cellText(*row, index.column()));
    case Qt::TextAlignmentRole:
      return QVariant((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case ChangeRole:
      return static_cast<int>(row->change);
    case OursRole:
      return row->isOurs;
    default:
      return {};
  }
}

QVariant PortsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role == Qt::DisplayRole) {
    const QStringList titles{tr("Change"), tr("Protocol"), tr("State"),   tr("Local"),
                             tr("Peer"),   tr("Process"),  tr("PID"),     tr("User"),
                             tr("Recv-Q"), tr("Send-Q"),   tr("Service"), tr("Inode")};
    return titles[section];
  }
  if (role != Qt::ToolTipRole) return {};
  if (section == Received)
    return tr("Bytes that wait to be read; of a listener, connections that wait to be accepted");
  if (section == Sending) return tr("Bytes that wait to be acknowledged or sent; of a listener, its backlog");
  return {};
}

}  // namespace sockbench::ui
