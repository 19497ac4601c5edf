#include "ui/models/swarm_clients_model.h"

#include <QCoreApplication>
#include <algorithm>
#include <numeric>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

std::int64_t keyOf(const SwarmClientStatus& client, int column) {
  using Model = SwarmClientsModel;
  switch (column) {
    case Model::State:
      return static_cast<std::int64_t>(client.state);
    case Model::Session:
      return client.session.value;
    case Model::Port:
      return client.localPort;
    case Model::Connecting:
      return client.connecting.count();
    case Model::Sent:
      return static_cast<std::int64_t>(client.sent);
    case Model::Answered:
      return static_cast<std::int64_t>(client.answered);
    case Model::Last:
      return client.lastAnswer.count();
    case Model::Slowest:
      return client.slowest.count();
    case Model::In:
      return static_cast<std::int64_t>(client.bytesIn);
    case Model::Out:
      return static_cast<std::int64_t>(client.bytesOut);
    case Model::Reason:
      return client.error;
    default:
      return 0;
  }
}

QString durationText(std::chrono::nanoseconds time) {
  return time.count() == 0 ? QString() : formatDuration(time);
}

bool isText(int column) {
  return column == SwarmClientsModel::State || column == SwarmClientsModel::Reason;
}

}  // namespace

QString swarmStateText(SwarmState state) {
  switch (state) {
    case SwarmState::idle:
      return SwarmClientsModel::tr("not begun");
    case SwarmState::connecting:
      return SwarmClientsModel::tr("connecting");
    case SwarmState::open:
      return SwarmClientsModel::tr("open");
    case SwarmState::closed:
      return SwarmClientsModel::tr("closed");
    case SwarmState::failed:
      return SwarmClientsModel::tr("failed");
  }
  return {};
}

SwarmClientsModel::SwarmClientsModel(QObject* parent) : QAbstractTableModel(parent) {}

void SwarmClientsModel::setSwarm(const ClientSwarm* swarm) {
  beginResetModel();
  swarm_ = swarm;
  clients_.assign(swarm ? swarm->board().size() : 0, {});
  errors_.clear();
  shown_.clear();
  endResetModel();
  refresh();
}

void SwarmClientsModel::refresh() {
  if (swarm_ == nullptr) return;
  errors_ = swarm_->board().errors();
  for (std::size_t i = 0; i < clients_.size(); ++i) clients_[i] = swarm_->board().client(i);
  follow(orderNow());
  if (!shown_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

void SwarmClientsModel::setOnly(std::optional<SwarmState> state) {
  only_ = state;
  follow(orderNow());
}

void SwarmClientsModel::sort(int column, Qt::SortOrder order) {
  sortColumn_ = column;
  sortOrder_ = order;
  follow(orderNow());
}

SwarmClientsModel::Numbers SwarmClientsModel::orderNow() const {
  Numbers order;
  for (std::size_t i = 0; i < clients_.size(); ++i)
    if (!only_ || clients_[i].state == *only_) order.push_back(i);
  const auto key = [this](std::size_t number) { return keyOf(clients_[number], sortColumn_); };
  if (sortColumn_ > Client) {
    if (sortOrder_ == Qt::AscendingOrder)
      std::ranges::stable_sort(order, std::less(), key);
    else
      std::ranges::stable_sort(order, std::greater(), key);
  } else if (sortColumn_ == Client && sortOrder_ == Qt::DescendingOrder) {
    std::ranges::reverse(order);
  }
  return order;
}

// Rows that go are removed, those that come are put behind the others, and then all are put in order: so that
// what is selected and what is in sight stay.
void SwarmClientsModel::follow(Numbers wanted) {
  if (wanted == shown_) return;
  std::vector<bool> stays(clients_.size(), false);
  for (const std::size_t number : wanted) stays[number] = true;
  removeOthers(stays);
  std::vector<bool> isThere(clients_.size(), false);
  for (const std::size_t number : shown_) isThere[number] = true;
  Numbers fresh;
  std::ranges::copy_if(wanted, std::back_inserter(fresh),
                       [&](std::size_t number) { return !isThere[number]; });
  if (!fresh.empty()) {
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
    shown_.insert(shown_.end(), fresh.begin(), fresh.end());
    endInsertRows();
  }
  arrange(std::move(wanted));
}

void SwarmClientsModel::removeOthers(const std::vector<bool>& stays) {
  for (int last = rowCount() - 1; last >= 0; --last) {
    if (stays[shown_[static_cast<std::size_t>(last)]]) continue;
    int first = last;
    while (first > 0 && !stays[shown_[static_cast<std::size_t>(first) - 1]]) --first;
    beginRemoveRows({}, first, last);
    shown_.erase(shown_.begin() + first, shown_.begin() + last + 1);
    endRemoveRows();
    last = first;
  }
}

void SwarmClientsModel::arrange(Numbers wanted) {
  if (wanted == shown_) return;
  emit layoutAboutToBeChanged({}, VerticalSortHint);
  std::vector<int> rows(clients_.size(), -1);
  for (std::size_t row = 0; row < wanted.size(); ++row) rows[wanted[row]] = static_cast<int>(row);
  QModelIndexList to;
  const QModelIndexList from = persistentIndexList();
  for (const QModelIndex& old : from)
    to.append(index(rows[shown_[static_cast<std::size_t>(old.row())]], old.column()));
  shown_ = std::move(wanted);
  changePersistentIndexList(from, to);
  emit layoutChanged({}, VerticalSortHint);
}

SessionId SwarmClientsModel::sessionAt(int row) const {
  return row >= 0 && row < rowCount() ? clients_[shown_[static_cast<std::size_t>(row)]].session : SessionId{};
}

int SwarmClientsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int SwarmClientsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString SwarmClientsModel::reasonText(const SwarmClientStatus& client) const {
  if (client.error >= 0 && static_cast<std::size_t>(client.error) < errors_.size())
    return toQString(errors_[static_cast<std::size_t>(client.error)].first.symbol());
  if (client.state != SwarmState::closed) return {};
  return client.by == Party::peer ? tr("by the peer") : tr("by us");
}

QString SwarmClientsModel::cellText(std::size_t number, int column) const {
  const SwarmClientStatus& client = clients_[number];
  switch (column) {
    case Client:
      return formatCount(number + 1);
    case State:
      return swarmStateText(client.state);
    case Session:
      return client.session ? QString::number(client.session.value) : QString();
    case Port:
      return client.localPort > 0 ? QString::number(client.localPort) : QString();
    case Connecting:
      return durationText(client.connecting);
    case Sent:
      return formatCount(client.sent);
    case Answered:
      return formatCount(client.answered);
    case Last:
      return durationText(client.lastAnswer);
    case Slowest:
      return durationText(client.slowest);
    case In:
      return formatBytes(client.bytesIn);
    case Out:
      return formatBytes(client.bytesOut);
    case Reason:
      return reasonText(client);
    default:
      return {};
  }
}

QVariant SwarmClientsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const std::size_t number = shown_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return cellText(number, index.column());
    case Qt::AccessibleTextRole:
      return tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                              cellText(number, index.column()));
    case Qt::TextAlignmentRole:
      return headerData(index.column(), Qt::Horizontal, role);
    case SessionIdRole:
      return clients_[number].session.value;
    case StateRole:
      return static_cast<int>(clients_[number].state);
    default:
      return {};
  }
}

QVariant SwarmClientsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant::fromValue(
        Qt::Alignment((isText(section) ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
  if (role != Qt::DisplayRole) return {};
  const QString titles[kColumns] = {tr("Client"),      tr("State"),      tr("Why"),  tr("Session"),
                                    tr("Port"),        tr("Connecting"), tr("Sent"), tr("Answered"),
                                    tr("Last answer"), tr("Slowest"),    tr("In"),   tr("Out")};
  return titles[section];
}

}  // namespace sockbench::ui
