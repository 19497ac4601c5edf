// The kernel's table of sockets: what this machine (its network namespace) has open, and which processes
// have it, as netstat(8) and ss(8) list it. Read through NETLINK_SOCK_DIAG (sock_diag(7)), for kinds of which
// this kernel has no diagnostics from /proc/net, and from /proc/PID/fd.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/system/socket_row.h"

namespace sockbench {

struct SocketQuery {
  bool tcp = true;
  bool udp = true;  // UDP and UDP-Lite
  bool raw = true;
  bool unixSockets = true;
  bool listeningOnly = false;  // isListening()
  bool owners = true;          // which processes have them: the larger part of the work
};

// A descriptor that leads to a socket. A socket may have several, in one process or in many.
struct SocketOwner {
  std::uint64_t inode = 0;
  pid_t pid = 0;
  int descriptor = -1;
  std::uint32_t process = 0;  // in SocketTable::processes
};

struct SocketTable {
  std::vector<SocketRow> sockets;       // in the kernel's order: TCP, UDP, UDP-Lite, raw, UNIX
  std::vector<SocketOwner> owners;      // by inode, then process id
  std::vector<std::string> processes;   // names as the kernel has them (proc(5), comm): at most 15 bytes, any
  std::size_t unreadableProcesses = 0;  // whose descriptors we have no right to see
  // What could not be read, or not whole; the rest is there. The subject says which part ("tcp over IPv6").
  std::vector<Error> faults;

  std::span<const SocketOwner> ownersOf(const SocketRow& row) const;  // empty: not known, or nobody
  std::string_view processOf(const SocketOwner& owner) const { return processes[owner.process]; }
};

// Blocks for as long as the kernel needs: milliseconds for thousands of sockets. Uses threads of its own for
// the processes. Thread: any.
//
// Errors: nothing at all could be read (then the first fault). A protocol that this kernel does not have is
// no fault.
Result<SocketTable> readSocketTable(const SocketQuery& query = {});

}  // namespace sockbench
