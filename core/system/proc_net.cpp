#include "core/system/proc_net.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>

namespace sockbench {
namespace {

enum Column { kSlot, kLocal, kPeer, kState, kQueues, kTimer, kRetransmits, kUid, kTimeout, kInode, kColumns };
using Columns = std::array<std::string_view, kColumns>;

template <class Number>
bool read(std::string_view text, Number& number, int base) {
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return error == std::errc() && rest == text.data() + text.size();
}

bool split(std::string_view line, Columns& columns) {
  for (std::string_view& column : columns) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos) return false;
    line.remove_prefix(begin);
    column = line.substr(0, line.find(' '));
    line.remove_prefix(column.size());
  }
  return true;
}

// The numbers of "0A1B:0C2D"; the kernel prints the address's 32-bit words as this machine reads them.
template <std::size_t words>
bool readAddress(std::string_view text, std::array<std::uint32_t, words>& ip, std::uint16_t& port) {
  if (text.size() != words * 8 + 5 || text[words * 8] != ':') return false;
  for (std::size_t i = 0; i < words; ++i) {
    if (!read(text.substr(i * 8, 8), ip[i], 16)) return false;
  }
  return read(text.substr(words * 8 + 1), port, 16);
}

std::optional<SocketAddress> toAddress(int family, std::string_view text) {
  std::uint16_t port = 0;
  if (family == AF_INET) {
    std::array<std::uint32_t, 1> ip{};
    if (!readAddress(text, ip, port)) return std::nullopt;
    return SocketAddress::fromIpv4(ntohl(ip[0]), port);
  }
  std::array<std::uint32_t, 4> ip{};
  if (!readAddress(text, ip, port)) return std::nullopt;
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  std::memcpy(&address.sin6_addr, ip.data(), sizeof address.sin6_addr);
  return SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

std::string pathOf(SocketKind kind, int family) {
  // Not /proc/net: a thread may be in another network namespace than its process.
  return "/proc/thread-self/net/" + std::string(socketProtocolName(kind)) + (family == AF_INET6 ? "6" : "");
}

Result<std::string> contents(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::unexpected(Error::fromErrno(Operation::open, errno, path));
  std::string text;
  std::array<char, 16384> piece;
  ssize_t got = 0;
  while ((got = ::read(file, piece.data(), piece.size())) > 0)
    text.append(piece.data(), static_cast<std::size_t>(got));
  const int code = errno;
  ::close(file);
  if (got < 0) return std::unexpected(Error::fromErrno(Operation::read, code, path));
  return text;
}

}  // namespace

std::optional<SocketRow> procNetRow(SocketKind kind, int family, std::string_view line) {
  Columns columns;
  if (!split(line, columns)) return std::nullopt;
  const auto local = toAddress(family, columns[kLocal]);
  const auto peer = toAddress(family, columns[kPeer]);
  const std::size_t colon = columns[kQueues].find(':');
  if (!local || !peer || colon == std::string_view::npos) return std::nullopt;
  SocketRow row;
  row.kind = kind;
  row.family = family;
  row.local = *local;
  row.peer = *peer;
  uid_t uid = 0;
  const bool whole = read(columns[kState], row.state, 16) &&
                     read(columns[kQueues].substr(0, colon), row.sendQueue, 16) &&
                     read(columns[kQueues].substr(colon + 1), row.recvQueue, 16) &&
                     read(columns[kUid], uid, 10) && read(columns[kInode], row.inode, 10);
  if (!whole) return std::nullopt;
  if (row.inode != 0) row.uid = uid;
  return row;
}

Result<void> readProcNet(SocketKind kind, int family, std::uint32_t states, std::vector<SocketRow>& rows) {
  const Result<std::string> text = contents(pathOf(kind, family));
  if (!text) return std::unexpected(text.error());
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const auto row = procNetRow(kind, family, rest.substr(0, end));
    if (row && row->state < 32 && (states >> row->state & 1U) != 0) rows.push_back(*row);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return {};
}

}  // namespace sockbench
