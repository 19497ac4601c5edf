// What the fields of a message know of the session that it goes to. Thread: gui.
#pragma once

#include "core/engine/session_snapshot.h"
#include "core/payload/message/field_values.h"

namespace sockbench::ui {

// {{peer.address}} and its like, as the session stands now.
inline void setAddresses(FieldValues& values, const SessionSnapshot& session) {
  values.peerAddress = session.peer.ip();
  values.peerPort = session.peer.port();
  values.localAddress = session.local.ip();
  values.localPort = session.local.port();
}

}  // namespace sockbench::ui
