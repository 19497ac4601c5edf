// A session's socket options: what was asked for beside what the kernel has.
#pragma once

#include <vector>

#include "core/engine/detail/session_shared.h"
#include "core/engine/event_queue.h"
#include "core/net/socket.h"
#include "core/net/socket_options.h"

namespace sockbench::detail {

// Thread: the session's worker, both.
void noteRequested(SessionShared& session, const OptionSetting& setting);
// Of each option that applies to the session, but for those that a reading takes away.
std::vector<OptionReading> readAllOptions(const Socket& socket, const SessionShared& session);

}  // namespace sockbench::detail
