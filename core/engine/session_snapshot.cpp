#include "core/engine/session_snapshot.h"

#include <array>

namespace sockbench {

std::string_view sessionStateName(SessionState s) {
  static constexpr std::array<std::string_view, 9> kNames = {"idle",      "resolving", "connecting",
                                                             "connected", "listening", "half-closed",
                                                             "closed",    "reset",     "failed"};
  return kNames.at(static_cast<std::size_t>(s));
}

bool SessionSnapshot::isOpen() const {
  switch (state) {
    case SessionState::resolving:
    case SessionState::connecting:
    case SessionState::connected:
    case SessionState::listening:
    case SessionState::halfClosed:
      return true;
    case SessionState::idle:
    case SessionState::closed:
    case SessionState::reset:
    case SessionState::failed:
      return false;
  }
  return false;
}

std::string SessionSnapshot::stateText() const {
  std::string text(sessionStateName(state));
  if (state == SessionState::failed && error) return text + " (" + error->symbol() + ")";
  if (by == Party::us) return text + " (by us)";
  if (by == Party::peer) return text + " (by the peer)";
  return text;
}

}  // namespace sockbench
