// Rows of the Ports panel made by hand.
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <memory>

#include "ui/models/ports_model.h"

namespace fixture {

inline sockbench::SocketAddress at(const char* text) {
  return sockbench::SocketAddress::fromText(text).value_or(sockbench::SocketAddress());
}

// A TCP listener, whose key is also its inode.
inline sockbench::ui::PortRow listener(std::uint64_t key, const char* local = "127.0.0.1:80") {
  sockbench::ui::PortRow row;
  row.key = key;
  row.socket.kind = sockbench::SocketKind::tcp;
  row.socket.state = TCP_LISTEN;
  row.socket.inode = key;
  row.socket.local = at(local);
  row.socket.family = row.socket.local.family();
  row.protocol = QStringLiteral("tcp");
  row.state = QStringLiteral("LISTEN");
  row.local = QString::fromLatin1(local);
  row.user = QStringLiteral("root");
  row.owners = {{static_cast<pid_t>(key), 3, QStringLiteral("nginx")}};
  row.searched = QStringLiteral("tcp listen %1 nginx root").arg(row.local);
  return row;
}

inline sockbench::ui::PortsSnapshotPtr snapshotOf(std::vector<sockbench::ui::PortRow> rows) {
  auto snapshot = std::make_shared<sockbench::ui::PortsSnapshot>();
  snapshot->rows = std::move(rows);
  return snapshot;
}

inline void show(sockbench::ui::PortsModel& model, const sockbench::ui::PortsSnapshotPtr& snapshot) {
  model.setSnapshot(snapshot, sockbench::ui::PortsModel::arrange(*snapshot, model.view()));
}

}  // namespace fixture
