#include "core/system/socket_details.h"

#include <libmnl/libmnl.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <span>

#include "core/system/inet_diag.h"

namespace sockbench {
namespace {

constexpr std::uint32_t kNoLimit = 0x7FFFFFFF;  // TCP_INFINITE_SSTHRESH

// The kernel's struct may be longer or shorter than the one of our headers.
class Info {
 public:
  Info(const void* bytes, std::size_t size) : size_(std::min(size, sizeof info_)) {
    std::memcpy(&info_, bytes, size_);
  }

  const tcp_info& all() const { return info_; }

  template <class Field>
  std::optional<Field> field(Field tcp_info::*member) const {
    const auto* begin = reinterpret_cast<const std::byte*>(&info_);
    const auto* end = reinterpret_cast<const std::byte*>(&(info_.*member) + 1);
    if (end - begin > static_cast<std::ptrdiff_t>(size_)) return std::nullopt;
    return info_.*member;
  }

 private:
  tcp_info info_{};
  std::size_t size_;
};

std::optional<std::uint64_t> rateOf(const std::optional<__u64>& rate) {
  if (!rate || *rate == std::numeric_limits<__u64>::max()) return std::nullopt;
  return *rate;
}

void takeOptions(TcpFacts& facts, const tcp_info& info) {
  facts.timestamps = (info.tcpi_options & TCPI_OPT_TIMESTAMPS) != 0;
  facts.selectiveAcks = (info.tcpi_options & TCPI_OPT_SACK) != 0;
  facts.ecn = (info.tcpi_options & TCPI_OPT_ECN) != 0;
  if ((info.tcpi_options & TCPI_OPT_WSCALE) == 0) return;
  facts.sendScale = info.tcpi_snd_wscale;
  facts.receiveScale = info.tcpi_rcv_wscale;
}

TcpFacts toFacts(const Info& given) {
  const tcp_info& info = given.all();
  TcpFacts facts;
  facts.rtt = std::chrono::microseconds(info.tcpi_rtt);
  facts.rttVariance = std::chrono::microseconds(info.tcpi_rttvar);
  if (const auto least = given.field(&tcp_info::tcpi_min_rtt); least && *least != ~0U)
    facts.leastRtt = std::chrono::microseconds(*least);
  facts.retransmitTimeout = std::chrono::microseconds(info.tcpi_rto);
  facts.sinceSent = std::chrono::milliseconds(info.tcpi_last_data_sent);
  facts.sinceReceived = std::chrono::milliseconds(info.tcpi_last_data_recv);
  facts.sendMss = info.tcpi_snd_mss;
  facts.receiveMss = info.tcpi_rcv_mss;
  facts.pathMtu = info.tcpi_pmtu;
  facts.congestionWindow = info.tcpi_snd_cwnd;
  if (info.tcpi_snd_ssthresh < kNoLimit) facts.slowStartLimit = info.tcpi_snd_ssthresh;
  facts.unacked = info.tcpi_unacked;
  facts.lost = info.tcpi_lost;
  facts.retransmits = info.tcpi_total_retrans;
  facts.bytesAcked = given.field(&tcp_info::tcpi_bytes_acked);
  facts.bytesReceived = given.field(&tcp_info::tcpi_bytes_received);
  facts.pacingRate = rateOf(given.field(&tcp_info::tcpi_pacing_rate));
  facts.deliveryRate = rateOf(given.field(&tcp_info::tcpi_delivery_rate));
  facts.notSent = given.field(&tcp_info::tcpi_notsent_bytes);
  facts.peerWindow = given.field(&tcp_info::tcpi_snd_wnd);
  takeOptions(facts, info);
  return facts;
}

SocketMemory toMemory(const nlattr* attribute) {
  std::array<std::uint32_t, SK_MEMINFO_VARS> values{};
  std::memcpy(values.data(), mnl_attr_get_payload(attribute),
              std::min<std::size_t>(mnl_attr_get_payload_len(attribute), sizeof values));
  return {.received = values[SK_MEMINFO_RMEM_ALLOC],
          .receiveBuffer = values[SK_MEMINFO_RCVBUF],
          .sending = values[SK_MEMINFO_WMEM_QUEUED],
          .sendBuffer = values[SK_MEMINFO_SNDBUF],
          .drops = values[SK_MEMINFO_DROPS]};
}

void takeAttribute(SocketDetails& details, const nlattr* attribute) {
  const std::size_t size = mnl_attr_get_payload_len(attribute);
  const void* bytes = mnl_attr_get_payload(attribute);
  switch (mnl_attr_get_type(attribute)) {
    case INET_DIAG_INFO:
      details.tcp = toFacts(Info(bytes, size));
      break;
    case INET_DIAG_CONG:
      details.congestionControl.assign(static_cast<const char*>(bytes),
                                       ::strnlen(static_cast<const char*>(bytes), size));
      break;
    case INET_DIAG_SKMEMINFO:
      details.memory = toMemory(attribute);
      break;
    default:
      break;
  }
}

void putAddress(const SocketAddress& address, __be32* to) {
  const ByteView bytes = address.ipBytes();
  std::memcpy(to, bytes.data(), bytes.size());
}

std::uint16_t networkOrder(std::uint16_t port) {
  return static_cast<std::uint16_t>((port >> 8) | (port << 8));
}

inet_diag_req_v2 requestFor(const SocketRow& row) {
  inet_diag_req_v2 request = inetRequest(row.kind, row.family, ~0U);
  // A raw socket is asked for by the IP protocol that stands in its port.
  if (row.kind == SocketKind::raw) request.pad = static_cast<std::uint8_t>(row.local.port());
  constexpr auto bit = [](int extension) { return 1U << (extension - 1); };
  request.idiag_ext =
      static_cast<std::uint8_t>(bit(INET_DIAG_INFO) | bit(INET_DIAG_CONG) | bit(INET_DIAG_SKMEMINFO));
  // The kernel looks for TCP and raw sockets from their own side, for UDP from that of an arriving datagram.
  const bool swapped = row.kind == SocketKind::udp || row.kind == SocketKind::udpLite;
  const SocketAddress& source = swapped ? row.peer : row.local;
  const SocketAddress& destination = swapped ? row.local : row.peer;
  request.id.idiag_sport = networkOrder(source.port());
  request.id.idiag_dport = networkOrder(destination.port());
  putAddress(source, request.id.idiag_src);
  putAddress(destination, request.id.idiag_dst);
  request.id.idiag_if = row.interface;
  request.id.idiag_cookie[0] = static_cast<std::uint32_t>(row.cookie);
  request.id.idiag_cookie[1] = static_cast<std::uint32_t>(row.cookie >> 32);
  return request;
}

}  // namespace

Result<SocketDetails> readSocketDetails(const SocketRow& row) {
  SocketDetails details;
  if (isUnixKind(row.kind)) return details;
  const inet_diag_req_v2 request = requestFor(row);
  SockDiag diag;
  const Result<void> outcome = diag.ask(
      std::as_bytes(std::span(&request, 1)), inetSubject(row.kind, row.family), [&](const nlmsghdr& answer) {
        forEachAttribute(answer, sizeof(inet_diag_msg),
                         [&](const nlattr* attribute) { takeAttribute(details, attribute); });
      });
  if (!outcome) return std::unexpected(outcome.error());
  if (isListening(row)) details.tcp.reset();
  return details;
}

}  // namespace sockbench
