#include "ui/models/session_tree_model.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "ui/bridge/engine_bridge.h"
#include "ui/models/format.h"
#include "ui/models/session_text.h"

namespace sockbench::ui {

struct SessionTreeModel::Node {
  SessionSnapshot session;  // id 0: the root or a group
  Node* parent = nullptr;
  bool isGroup = false;                         // of many clients; `session` has its id alone
  std::vector<std::unique_ptr<Node>> children;  // of sessions: by id

  int rowOf(const Node* child) const {
    const auto at =
        std::find_if(children.begin(), children.end(), [&](const auto& c) { return c.get() == child; });
    return static_cast<int>(at - children.begin());
  }
  std::ptrdiff_t placeFor(SessionId id) const {
    const auto at = std::lower_bound(children.begin(), children.end(), id,
                                     [](const auto& c, SessionId wanted) { return c->session.id < wanted; });
    return at - children.begin();
  }
};

SessionTreeModel::SessionTreeModel(QObject* parent)
    : QAbstractItemModel(parent), root_(std::make_unique<Node>()) {
  for (Node** group : {&servers_, &clients_}) {
    root_->children.push_back(std::make_unique<Node>());
    *group = root_->children.back().get();
    (*group)->parent = root_.get();
  }
}

SessionTreeModel::~SessionTreeModel() = default;

void SessionTreeModel::follow(EngineBridge& bridge) {
  connect(&bridge, &EngineBridge::sessionsChanged, this, &SessionTreeModel::update);
  connect(&bridge, &EngineBridge::sessionsForgotten, this, &SessionTreeModel::remove);
  update(bridge.snapshots());
}

SessionTreeModel::Node* SessionTreeModel::nodeOf(const QModelIndex& index) const {
  return index.isValid() ? static_cast<Node*>(index.internalPointer()) : root_.get();
}

QModelIndex SessionTreeModel::indexFor(const Node* node) const {
  if (node == nullptr || node == root_.get()) {
    return {};
  }
  const int row =
      node->session.id ? static_cast<int>(node->parent->placeFor(node->session.id)) : root_->rowOf(node);
  return createIndex(row, 0, const_cast<Node*>(node));
}

QModelIndex SessionTreeModel::indexOf(SessionId id) const {
  const auto found = byId_.find(id);
  return found == byId_.end() ? QModelIndex() : indexFor(found->second);
}

SessionId SessionTreeModel::sessionAt(const QModelIndex& index) const {
  return isGroup(index) ? SessionId{} : nodeOf(index)->session.id;
}
bool SessionTreeModel::isGroup(const QModelIndex& index) const {
  return nodeOf(index)->isGroup;
}
QModelIndex SessionTreeModel::serversIndex() const {
  return indexFor(servers_);
}
QModelIndex SessionTreeModel::clientsIndex() const {
  return indexFor(clients_);
}

QModelIndex SessionTreeModel::index(int row, int column, const QModelIndex& parent) const {
  if (!hasIndex(row, column, parent)) {
    return {};
  }
  return createIndex(row, column, nodeOf(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex SessionTreeModel::parent(const QModelIndex& child) const {
  return child.isValid() ? indexFor(nodeOf(child)->parent) : QModelIndex();
}

int SessionTreeModel::rowCount(const QModelIndex& parent) const {
  return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int SessionTreeModel::columnCount(const QModelIndex& /*parent*/) const {
  return 1;
}

QVariant SessionTreeModel::groupData(const Node* node, int role) const {
  const auto open = std::ranges::count_if(
      node->children, [](const auto& child) { return child->session.state == SessionState::connected; });
  const QString name = tr("Many");
  const QString remark =
      tr("%1 client(s), %2 open", nullptr, pluralNumber(node->children.size()))
          .arg(formatCount(node->children.size()), formatCount(static_cast<std::uint64_t>(open)));
  switch (role) {
    case NameRole:
      return name;
    case RemarkRole:
      return remark;
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
      return QString(name + u' ' + u' ' + remark);
    case SessionIdRole:
      return 0U;
    default:
      return {};
  }
}

QVariant SessionTreeModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
    return {};
  }
  const Node* node = nodeOf(index);
  if (node->isGroup) {
    return groupData(node, role);
  }
  if (!node->session.id) {
    const bool named = role == Qt::DisplayRole || role == NameRole || role == Qt::AccessibleTextRole;
    return named                   ? QVariant(node == servers_ ? tr("Servers") : tr("Clients"))
           : role == SessionIdRole ? QVariant(0U)
                                   : QVariant();
  }
  const SessionSnapshot& session = node->session;
  switch (role) {
    case SessionIdRole:
      return session.id.value;
    case StateRole:
      return static_cast<int>(session.state);
    case NameRole:
      return sessionNameText(session);
    case RemarkRole:
      return sessionRemarkText(session);
    case Qt::DisplayRole:
      return (sessionNameText(session) + u' ' + u' ' + sessionRemarkText(session)).trimmed();
    case Qt::AccessibleTextRole:
      return tr("session %1, %2, %3")
          .arg(session.id.value)
          .arg(sessionNameText(session), sessionStateText(session));
    case Qt::ToolTipRole:
      return plainToolTip(tr("Session %1: %2\n%3")
                              .arg(session.id.value)
                              .arg(sessionStateText(session), sessionNameText(session)));
    default:
      return {};
  }
}

// A session whose listener has been forgotten stands in the group itself.
SessionTreeModel::Node* SessionTreeModel::parentFor(const SessionSnapshot& session) {
  if (session.role == SessionRole::client) {
    return session.parent ? groupFor(session.parent) : clients_;
  }
  const auto listener = byId_.find(session.parent);
  return session.role == SessionRole::accepted && listener != byId_.end() ? listener->second : servers_;
}

SessionTreeModel::Node* SessionTreeModel::groupFor(SessionId group) {
  if (const auto known = groups_.find(group); known != groups_.end()) {
    return known->second;
  }
  const std::ptrdiff_t at = clients_->placeFor(group);
  beginInsertRows(indexFor(clients_), static_cast<int>(at), static_cast<int>(at));
  SessionSnapshot only;
  only.id = group;
  auto node = std::make_unique<Node>(Node{std::move(only), clients_, true, {}});
  Node* made = groups_[group] = node.get();
  clients_->children.insert(clients_->children.begin() + at, std::move(node));
  endInsertRows();
  return made;
}

void SessionTreeModel::update(const QList<SessionSnapshot>& sessions) {
  place(sessions, false);
  place(sessions, true);
}

void SessionTreeModel::place(const QList<SessionSnapshot>& sessions, bool children) {
  News news;
  std::vector<Node*> changed;
  for (const SessionSnapshot& session : sessions) {
    if ((session.role == SessionRole::accepted) != children) {
      continue;
    }
    const auto known = byId_.find(session.id);
    if (known == byId_.end()) {
      news[parentFor(session)].push_back(&session);
    } else {
      known->second->session = session;
      changed.push_back(known->second);
    }
  }
  announceChanges(changed);
  for (auto& [parent, fresh] : news) {
    insert(parent, fresh);
  }
}

void SessionTreeModel::insert(Node* parent, const std::vector<const SessionSnapshot*>& fresh) {
  std::size_t from = 0;
  while (from < fresh.size()) {
    // A run of new sessions that stand side by side: all of them, as a rule.
    const std::ptrdiff_t at = parent->placeFor(fresh[from]->id);
    std::size_t to = from + 1;
    while (to < fresh.size() && fresh[to]->id > fresh[to - 1]->id && parent->placeFor(fresh[to]->id) == at) {
      ++to;
    }
    std::vector<std::unique_ptr<Node>> nodes;
    for (std::size_t i = from; i < to; ++i) {
      nodes.push_back(std::make_unique<Node>(Node{*fresh[i], parent, false, {}}));
      byId_[fresh[i]->id] = nodes.back().get();
    }
    beginInsertRows(indexFor(parent), static_cast<int>(at),
                    static_cast<int>(at + static_cast<std::ptrdiff_t>(to - from)) - 1);
    parent->children.insert(parent->children.begin() + at, std::make_move_iterator(nodes.begin()),
                            std::make_move_iterator(nodes.end()));
    endInsertRows();
    from = to;
  }
  announceGroup(parent);
}

// A group's remark counts its clients.
void SessionTreeModel::announceGroup(const Node* group) {
  if (!group->isGroup) {
    return;
  }
  const QModelIndex at = indexFor(group);
  emit dataChanged(at, at);
}

void SessionTreeModel::announceChanges(const std::vector<Node*>& changed) {
  std::unordered_map<Node*, std::pair<int, int>> ranges;
  for (const Node* node : changed) {
    const auto row = static_cast<int>(node->parent->placeFor(node->session.id));
    const auto [at, fresh] = ranges.try_emplace(node->parent, row, row);
    if (!fresh) {
      at->second = {std::min(at->second.first, row), std::max(at->second.second, row)};
    }
  }
  for (const auto& [parent, rows] : ranges) {
    const QModelIndex top = indexFor(parent);
    emit dataChanged(index(rows.first, 0, top), index(rows.second, 0, top));
    announceGroup(parent);
  }
}

void SessionTreeModel::remove(const QList<SessionId>& ids) {
  for (const SessionId id : ids) {
    if (const auto found = byId_.find(id); found != byId_.end()) {
      removeNode(found->second);
    }
  }
}

// The children of a listener leave with it; those that nobody asked to forget come back as update() would
// place them.
void SessionTreeModel::removeNode(Node* node) {
  Node* parent = node->parent;
  const std::ptrdiff_t row = parent->placeFor(node->session.id);
  QList<SessionSnapshot> orphans;
  beginRemoveRows(indexFor(parent), static_cast<int>(row), static_cast<int>(row));
  byId_.erase(node->session.id);
  for (const auto& child : node->children) {
    byId_.erase(child->session.id);
    if (child->session.isOpen()) {
      orphans.append(child->session);
    }
  }
  groups_.erase(node->session.id);
  parent->children.erase(parent->children.begin() + row);
  endRemoveRows();
  update(orphans);
  if (parent->isGroup && parent->children.empty()) {
    removeNode(parent);
  } else {
    announceGroup(parent);
  }
}

}  // namespace sockbench::ui
