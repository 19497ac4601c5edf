#include "core/engine/detail/registry.h"

#include <utility>

namespace sockbench::detail {

void Registry::add(SessionSharedPtr session) {
  const std::scoped_lock lock(mutex_);
  const SessionId id = session->id;
  sessions_.emplace(id, std::move(session));
}

SessionSharedPtr Registry::find(SessionId id) const {
  const std::scoped_lock lock(mutex_);
  const auto it = sessions_.find(id);
  return it == sessions_.end() ? nullptr : it->second;
}

std::vector<SessionSharedPtr> Registry::all() const {
  const std::scoped_lock lock(mutex_);
  std::vector<SessionSharedPtr> list;
  list.reserve(sessions_.size());
  for (const auto& [id, session] : sessions_) list.push_back(session);
  return list;
}

std::vector<SessionSharedPtr> Registry::childrenOf(SessionId parent) const {
  const std::scoped_lock lock(mutex_);
  std::vector<SessionSharedPtr> list;
  for (auto it = sessions_.upper_bound(parent); it != sessions_.end(); ++it)
    if (it->second->parent == parent) list.push_back(it->second);
  return list;
}

bool Registry::remove(SessionId id) {
  const std::scoped_lock lock(mutex_);
  std::erase(closed_, id);
  return sessions_.erase(id) > 0;
}

SessionSharedPtr Registry::retire(SessionId id) {
  const std::scoped_lock lock(mutex_);
  closed_.push_back(id);
  while (closed_.size() > kClosedKept) {
    const auto it = sessions_.find(closed_.front());
    closed_.pop_front();
    if (it == sessions_.end()) continue;
    SessionSharedPtr oldest = std::move(it->second);
    sessions_.erase(it);
    return oldest;
  }
  return nullptr;
}

}  // namespace sockbench::detail
