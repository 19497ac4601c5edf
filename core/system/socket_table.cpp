#include "core/system/socket_table.h"

#include <netinet/tcp.h>

#include <algorithm>
#include <cerrno>
#include <thread>
#include <unordered_set>
#include <utility>

#include "core/system/inet_diag.h"
#include "core/system/proc_net.h"
#include "core/system/process_sockets.h"
#include "core/system/unix_diag.h"

namespace sockbench {
namespace {

// The states that `ss -a` asks for, and those of which isListening() can be true.
constexpr std::uint32_t kAllStates = 0xFFF;
constexpr std::uint32_t kListeningStates = (1U << TCP_LISTEN) | (1U << TCP_CLOSE);

// Room that is not used costs nothing, rows that move cost twice.
constexpr std::size_t kRoomForRows = std::size_t{1} << 15;

class Reader {
 public:
  explicit Reader(const SocketQuery& query)
      : query_(query), states_(query.listeningOnly ? kListeningStates : kAllStates) {}

  void read() {
    table_.sockets.reserve(kRoomForRows);
    if (query_.tcp) readInet(SocketKind::tcp);
    if (query_.udp) readInet(SocketKind::udp);
    if (query_.udp) readInet(SocketKind::udpLite);
    if (query_.raw) readInet(SocketKind::raw);
    if (query_.unixSockets) keep(dumpUnix(diag_, states_, table_.sockets));
    if (query_.listeningOnly)
      std::erase_if(table_.sockets, [](const auto& row) { return !isListening(row); });
    dropRepeated();
  }

  SocketTable take() { return std::move(table_); }

 private:
  void readInet(SocketKind kind) {
    for (const int family : {AF_INET, AF_INET6}) {
      Result<void> outcome = dumpInet(diag_, kind, family, states_, table_.sockets);
      if (isUnknown(outcome)) outcome = readProcNet(kind, family, states_, table_.sockets);
      // A file that is not there either: this kernel has no such sockets.
      if (!isUnknown(outcome)) keep(outcome);
    }
  }

  static bool isUnknown(const Result<void>& outcome) { return !outcome && outcome.error().isErrno(ENOENT); }

  void keep(const Result<void>& outcome) {
    if (!outcome) table_.faults.push_back(outcome.error());
  }

  // A socket that changes its place in the kernel's table while it is read can be met twice.
  void dropRepeated() {
    std::vector<std::uint64_t> cookies;
    cookies.reserve(table_.sockets.size());
    for (const SocketRow& row : table_.sockets)
      if (row.cookie != 0) cookies.push_back(row.cookie);
    std::ranges::sort(cookies);
    if (std::ranges::adjacent_find(cookies) == cookies.end()) return;
    std::unordered_set<std::uint64_t> seen;
    std::erase_if(table_.sockets,
                  [&](const SocketRow& row) { return row.cookie != 0 && !seen.insert(row.cookie).second; });
  }

  const SocketQuery query_;
  const std::uint32_t states_;
  SockDiag diag_;
  SocketTable table_;
};

void joinOwners(SocketTable& table, ProcessSockets found) {
  for (SocketRow& row : table.sockets) {
    if (row.inode == 0) continue;
    const auto own = std::ranges::equal_range(found.owners, row.inode, {}, &SocketOwner::inode);
    row.firstOwner = static_cast<std::uint32_t>(own.begin() - found.owners.begin());
    row.ownerCount = static_cast<std::uint32_t>(own.size());
  }
  table.owners = std::move(found.owners);
  table.processes = std::move(found.processes);
  table.unreadableProcesses = found.unreadable;
  if (found.fault) table.faults.push_back(*found.fault);
}

}  // namespace

std::span<const SocketOwner> SocketTable::ownersOf(const SocketRow& row) const {
  return std::span(owners).subspan(row.firstOwner, row.ownerCount);
}

Result<SocketTable> readSocketTable(const SocketQuery& query) {
  Reader reader(query);
  ProcessSockets found;
  {
    std::jthread dump([&] { reader.read(); });
    if (query.owners) found = readProcessSockets();
  }
  SocketTable table = reader.take();
  if (table.sockets.empty() && !table.faults.empty()) return std::unexpected(table.faults.front());
  if (query.owners) joinOwners(table, std::move(found));
  return table;
}

}  // namespace sockbench
