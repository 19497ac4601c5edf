// Which processes have which sockets open, from /proc (proc(5)).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/system/socket_table.h"

namespace sockbench {

struct ProcessSockets {
  std::vector<SocketOwner> owners;     // by inode, process id and descriptor
  std::vector<std::string> processes;  // their names
  std::size_t unreadable = 0;          // processes whose descriptors we have no right to see
  std::optional<Error> fault;          // /proc could not be read
};

// Shared by a few threads, one of them the caller's. Processes that end meanwhile are left out. Thread: any.
ProcessSockets readProcessSockets();

}  // namespace sockbench
