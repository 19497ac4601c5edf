#include "core/engine/detail/tcp_sample.h"

#include <linux/tcp.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace sockbench::detail {
namespace {

constexpr std::size_t kPeerWindowEnd = offsetof(tcp_info, tcpi_snd_wnd) + sizeof(tcp_info::tcpi_snd_wnd);

}  // namespace

Result<TcpSample> takeTcpSample(const Socket& socket) {
  const auto raw = socket.rawOption(IPPROTO_TCP, TCP_INFO, sizeof(tcp_info));
  if (!raw) return std::unexpected(raw.error());
  tcp_info info{};
  std::memcpy(&info, raw->data(), std::min(raw->size(), sizeof info));
  TcpSample sample;
  sample.kernelState = info.tcpi_state;
  sample.rtt = std::chrono::microseconds(info.tcpi_rtt);
  sample.rttVariance = std::chrono::microseconds(info.tcpi_rttvar);
  sample.retransmits = info.tcpi_total_retrans;
  sample.timeouts = info.tcpi_retransmits;
  sample.probes = info.tcpi_probes;
  sample.maxSegment = info.tcpi_snd_mss;
  sample.congestionWindow = info.tcpi_snd_cwnd;
  sample.unackedBytes = static_cast<std::uint32_t>(std::max(0, socket.bytesUnsent().value_or(0)));
  if (raw->size() >= kPeerWindowEnd) sample.peerWindow = info.tcpi_snd_wnd;
  return sample;
}

}  // namespace sockbench::detail
