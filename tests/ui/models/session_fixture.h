// Sessions as the engine would tell of them.
#pragma once

#include <QList>
#include <cstdint>
#include <string_view>

#include "core/engine/session_snapshot.h"

namespace sockbench::test {

inline SessionSnapshot session(std::uint32_t id, SessionRole role, SessionState state,
                               std::uint32_t parent = 0) {
  SessionSnapshot made;
  made.id = SessionId{id};
  made.parent = SessionId{parent};
  made.role = role;
  made.state = state;
  made.target = "tcp://localhost:12345";
  made.local = SocketAddress::fromIpv4(0x7F000001, 12345);
  made.peer = SocketAddress::fromIpv4(0x7F000001, static_cast<std::uint16_t>(50000 + id % 10000));
  made.since = 1'000'000'000;
  made.changed = 1'000'000'000;
  return made;
}

inline SessionSnapshot listener(std::uint32_t id) {
  return session(id, SessionRole::listener, SessionState::listening);
}
inline SessionSnapshot client(std::uint32_t id, SessionState state = SessionState::connected) {
  return session(id, SessionRole::client, state);
}
inline SessionSnapshot accepted(std::uint32_t id, std::uint32_t parent,
                                SessionState state = SessionState::connected) {
  return session(id, SessionRole::accepted, state, parent);
}

inline QList<SessionSnapshot> manyAccepted(std::uint32_t from, std::uint32_t count, std::uint32_t parent) {
  QList<SessionSnapshot> list;
  for (std::uint32_t i = 0; i < count; ++i) {
    list.append(accepted(from + i, parent));
  }
  return list;
}

}  // namespace sockbench::test
