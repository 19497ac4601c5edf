// What is known of a session at a moment, name by name: its ends, its counters, and what the kernel tells of
// its socket. Thread: gui.
#pragma once

#include <QList>

#include "core/engine/session_snapshot.h"
#include "ui/models/record_details.h"

namespace sockbench::ui {

// Only what there is to tell of its kind: TCP_INFO of a connection once it was sampled, a receive buffer of a
// datagram socket. What a person should act upon (a peer that does not read, datagrams that were dropped) has
// the tone of a warning and says so in words.
QList<RecordDetail> sessionFacts(const SessionSnapshot& session);

}  // namespace sockbench::ui
