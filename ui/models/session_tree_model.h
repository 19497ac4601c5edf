// SessionTreeModel: every session that the engine knows: Servers > listener > its sessions, Clients > client,
// and Clients > Many > client for the clients of a group (ConnectSpec::group), which is there as long as one
// of them is known. By id, that is in the order of their making; in each batch of news the new rows of a
// parent are inserted at once. Thread: gui.
#pragma once

#include <QAbstractItemModel>
#include <QList>
#include <memory>
#include <unordered_map>

#include "core/engine/session_snapshot.h"

namespace sockbench::ui {

class EngineBridge;

class SessionTreeModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  // DisplayRole is the name and the remark. Of Servers and Clients: id 0, no state, no remark; of a group: id
  // 0 and no state.
  enum Role {
    SessionIdRole = Qt::UserRole + 1,  // uint
    StateRole,                         // int of SessionState
    NameRole,                          // "tcp  127.0.0.1:12345"
    RemarkRole,                        // "2 open", "half-closed (by the peer)"; to be shown dimmed
  };

  explicit SessionTreeModel(QObject* parent = nullptr);
  ~SessionTreeModel() override;

  void follow(EngineBridge& bridge);  // takes what is known and keeps in step

  QModelIndex indexOf(SessionId id) const;  // invalid: not known
  SessionId sessionAt(const QModelIndex& index) const;
  bool isGroup(const QModelIndex& index) const;  // many clients
  QModelIndex serversIndex() const;
  QModelIndex clientsIndex() const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& child) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 public slots:
  void update(const QList<sockbench::SessionSnapshot>& sessions);
  void remove(const QList<sockbench::SessionId>& ids);

 private:
  struct Node;
  using News = std::unordered_map<Node*, std::vector<const SessionSnapshot*>>;

  Node* nodeOf(const QModelIndex& index) const;
  Node* parentFor(const SessionSnapshot& session);
  Node* groupFor(SessionId group);
  QVariant groupData(const Node* node, int role) const;
  QModelIndex indexFor(const Node* node) const;
  void place(const QList<SessionSnapshot>& sessions, bool children);
  void insert(Node* parent, const std::vector<const SessionSnapshot*>& fresh);
  void announceGroup(const Node* group);
  void announceChanges(const std::vector<Node*>& changed);
  void removeNode(Node* node);

  std::unique_ptr<Node> root_;
  Node* servers_;
  Node* clients_;
  std::unordered_map<SessionId, Node*> byId_;
  std::unordered_map<SessionId, Node*> groups_;
};

}  // namespace sockbench::ui
