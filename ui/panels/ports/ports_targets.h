// What a client would connect to in order to reach a socket.
#pragma once

#include <optional>

#include "core/net/endpoint.h"
#include "ui/models/ports_snapshot.h"

namespace sockbench::ui {

// Of a socket that can be reached unasked and is still there: its address, or for a wildcard the loopback
// address of its family. nullopt: it cannot be reached, or not by a transport that this program has.
std::optional<Endpoint> targetOf(const PortRow& row);

}  // namespace sockbench::ui
