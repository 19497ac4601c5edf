// What the kernel reports of a socket in structures: read only.
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>

#include "core/net/socket_address.h"
#include "core/net/socket_option_codec.h"
#include "core/net/tcp_state.h"

namespace sockbench {
namespace {

// The first `count` 32-bit numbers; fewer bytes: fewer numbers.
std::vector<std::uint32_t> numbersOf(ByteView value) {
  std::vector<std::uint32_t> numbers(value.size() / sizeof(std::uint32_t));
  if (!numbers.empty()) std::memcpy(numbers.data(), value.data(), numbers.size() * sizeof(std::uint32_t));
  return numbers;
}

std::string listOf(std::span<const std::uint32_t> numbers) {
  std::string text;
  for (const std::uint32_t number : numbers) text += (text.empty() ? "" : ",") + std::to_string(number);
  return text.empty() ? "none" : text;
}

std::string decodeCredentials(const OptionInfo&, ByteView value) {
  const auto peer = valueOf<ucred>(value);
  if (peer.pid == 0 && peer.uid == static_cast<uid_t>(-1)) return "none";
  return std::to_string(peer.pid) + ',' + std::to_string(peer.uid) + ',' + std::to_string(peer.gid);
}

std::string decodeGroups(const OptionInfo&, ByteView value) {
  return listOf(numbersOf(value));
}

std::string decodeMemory(const OptionInfo&, ByteView value) {
  const auto meter = valueOf<std::array<std::uint32_t, SK_MEMINFO_VARS>>(value);
  const auto at = [&](std::size_t which) { return std::to_string(meter.at(which)); };
  return "receive " + at(SK_MEMINFO_RMEM_ALLOC) + " of " + at(SK_MEMINFO_RCVBUF) + ", send " +
         at(SK_MEMINFO_WMEM_ALLOC) + " of " + at(SK_MEMINFO_SNDBUF) + ", queued " +
         at(SK_MEMINFO_WMEM_QUEUED) + ", reserved " + at(SK_MEMINFO_FWD_ALLOC) + ", options " +
         at(SK_MEMINFO_OPTMEM) + ", backlog " + at(SK_MEMINFO_BACKLOG) + ", drops " + at(SK_MEMINFO_DROPS);
}

std::string decodeTcpInfo(const OptionInfo&, ByteView value) {
  const auto info = valueOf<tcp_info>(value);
  std::string text(kernelTcpStateName(info.tcpi_state));
  if (text.empty()) text = "state " + std::to_string(info.tcpi_state);
  const auto add = [&](std::string_view name, std::uint64_t number, std::string_view unit) {
    text.append(", ").append(name).append(" ").append(std::to_string(number)).append(unit);
  };
  add("rtt", info.tcpi_rtt, " us");
  add("variance", info.tcpi_rttvar, " us");
  add("timeout", info.tcpi_rto, " us");
  add("segment", info.tcpi_snd_mss, " bytes");
  add("window", info.tcpi_snd_cwnd, " segments");
  add("unacknowledged", info.tcpi_unacked, "");
  add("lost", info.tcpi_lost, "");
  add("retransmitted", info.tcpi_total_retrans, "");
  add("sent", info.tcpi_bytes_sent, " bytes");
  add("acknowledged", info.tcpi_bytes_acked, " bytes");
  add("received", info.tcpi_bytes_received, " bytes");
  add("unsent", info.tcpi_notsent_bytes, " bytes");
  add("delivery", info.tcpi_delivery_rate, " bytes/s");
  return text;
}

std::string decodePathMtu(const OptionInfo&, ByteView value) {
  return std::to_string(valueOf<ip6_mtuinfo>(value).ip6m_mtu);
}

std::string decodeAddress(const OptionInfo&, ByteView value) {
  const auto storage = valueOf<sockaddr_storage>(value);
  const auto length = static_cast<socklen_t>(std::min(value.size(), sizeof storage));
  const auto address = SocketAddress::fromRaw(reinterpret_cast<const sockaddr*>(&storage), length);
  return address.isIp() ? address.text() : "none";
}

constexpr std::size_t kMostGroups = 1024;

}  // namespace

constinit const OptionCodec kCredentialsCodec{nullptr, nullptr, decodeCredentials, sizeof(ucred)};
constinit const OptionCodec kGroupsCodec{nullptr, nullptr, decodeGroups, kMostGroups * sizeof(gid_t)};
constinit const OptionCodec kMemoryCodec{nullptr, nullptr, decodeMemory,
                                         SK_MEMINFO_VARS * sizeof(std::uint32_t)};
constinit const OptionCodec kTcpInfoCodec{nullptr, nullptr, decodeTcpInfo, sizeof(tcp_info)};
constinit const OptionCodec kPathMtuCodec{nullptr, nullptr, decodePathMtu, sizeof(ip6_mtuinfo)};
constinit const OptionCodec kAddressCodec{nullptr, nullptr, decodeAddress, sizeof(sockaddr_storage)};

}  // namespace sockbench
