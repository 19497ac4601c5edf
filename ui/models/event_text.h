// The sentence of an event row, in the field's words and the person's language. Thread: gui.
#pragma once

#include <QString>

#include "core/traffic/traffic_log.h"

namespace sockbench::ui {

// "connected in 0.12 ms  (127.0.0.1:51822 → 127.0.0.1:12345)", "peer closed its side (FIN)",
// "ECONNREFUSED  Connection refused: nothing listens on ...". Plain text, safe to show (visibleText). Empty
// for rows that are bytes.
QString eventText(const LogRow& row);

// The kind in words: "received", "sent", "half-closed", "error".
QString kindText(RecordKind kind);
// Who did it: "us", "the peer"; empty for none.
QString partyText(Party by);
// An address as shown: empty for an unknown one.
QString addressText(const SocketAddress& address);
// The other end of a row; for a listener's own rows, where it listens.
QString peerText(const LogRow& row);

}  // namespace sockbench::ui
