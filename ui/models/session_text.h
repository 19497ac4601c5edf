// A session in words. Thread: gui.
#pragma once

#include <QString>

#include "core/engine/session_snapshot.h"

namespace sockbench::ui {

// The state in translated words: "half-closed (by the peer)", "closed (by us)", "failed (ECONNREFUSED)".
QString sessionStateText(const SessionSnapshot& session);
// Where it is: a listener's local address, an accepted session's peer, a client's target as it was asked for.
QString sessionPlaceText(const SessionSnapshot& session);
// "tcp  127.0.0.1:12345", "tcp  → localhost:80", "127.0.0.1:51822": its line in the tree.
QString sessionNameText(const SessionSnapshot& session);
// What a list adds dimmed: "2 open" of a listener, the state of one that is not simply connected; else empty.
QString sessionRemarkText(const SessionSnapshot& session);

}  // namespace sockbench::ui
