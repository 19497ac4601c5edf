#include "core/system/unix_diag.h"

#include <libmnl/libmnl.h>
#include <linux/unix_diag.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>
#include <unordered_map>

namespace sockbench {
namespace {

SocketKind kindOf(std::uint8_t type) {
  switch (type) {
    case SOCK_DGRAM:
      return SocketKind::unixDatagram;
    case SOCK_SEQPACKET:
      return SocketKind::unixSeqpacket;
    default:
      return SocketKind::unixStream;
  }
}

// The kernel gives a file's path without its terminating NUL, or with it.
SocketAddress toAddress(std::string_view name) {
  if (!name.starts_with('\0')) name = name.substr(0, name.find('\0'));
  return SocketAddress::fromUnixPath(name).value_or(SocketAddress());
}

std::string_view textOf(const nlattr* attribute) {
  return {static_cast<const char*>(mnl_attr_get_payload(attribute)), mnl_attr_get_payload_len(attribute)};
}

void takeAttribute(SocketRow& row, const nlattr* attribute) {
  const std::size_t size = mnl_attr_get_payload_len(attribute);
  switch (mnl_attr_get_type(attribute)) {
    case UNIX_DIAG_NAME:
      if (size > 0) row.local = toAddress(textOf(attribute));
      break;
    case UNIX_DIAG_PEER:
      if (size >= sizeof(std::uint32_t)) row.peerInode = mnl_attr_get_u32(attribute);
      break;
    case UNIX_DIAG_UID:
      if (size >= sizeof(std::uint32_t)) row.uid = mnl_attr_get_u32(attribute);
      break;
    case UNIX_DIAG_RQLEN:
      if (size >= sizeof(unix_diag_rqlen)) {
        const auto& lengths = *static_cast<const unix_diag_rqlen*>(mnl_attr_get_payload(attribute));
        row.recvQueue = lengths.udiag_rqueue;
        row.sendQueue = lengths.udiag_wqueue;
      }
      break;
    default:
      break;
  }
}

void addRow(const nlmsghdr& answer, std::vector<SocketRow>& rows) {
  if (mnl_nlmsg_get_payload_len(&answer) < sizeof(unix_diag_msg)) return;
  const auto& message = *static_cast<const unix_diag_msg*>(mnl_nlmsg_get_payload(&answer));
  SocketRow& row = rows.emplace_back();
  row.kind = kindOf(message.udiag_type);
  row.state = message.udiag_state;
  row.family = AF_UNIX;
  row.cookie = (std::uint64_t{message.udiag_cookie[1]} << 32) | message.udiag_cookie[0];
  row.inode = message.udiag_ino;
  forEachAttribute(answer, sizeof(unix_diag_msg),
                   [&](const nlattr* attribute) { takeAttribute(row, attribute); });
}

void namePeers(std::span<SocketRow> rows) {
  std::unordered_map<std::uint64_t, const SocketAddress*> names;
  for (const SocketRow& row : rows) {
    if (!row.local.empty()) names.emplace(row.inode, &row.local);
  }
  for (SocketRow& row : rows) {
    if (const auto named = names.find(row.peerInode); row.peerInode != 0 && named != names.end())
      row.peer = *named->second;
  }
}

}  // namespace

Result<void> dumpUnix(SockDiag& diag, std::uint32_t states, std::vector<SocketRow>& rows) {
  unix_diag_req request{};
  request.sdiag_family = AF_UNIX;
  request.udiag_states = states;
  request.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN | UDIAG_SHOW_UID;
  const std::size_t before = rows.size();
  const Result<void> outcome = diag.dump(
      std::as_bytes(std::span(&request, 1)), "unix", [&] { rows.resize(before); },
      [&](const nlmsghdr& answer) { addRow(answer, rows); });
  namePeers(std::span(rows).subspan(before));
  return outcome;
}

}  // namespace sockbench
