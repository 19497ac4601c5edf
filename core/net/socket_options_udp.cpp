// IPPROTO_UDP: udp(7), linux/udp.h.
#include <linux/udp.h>
#include <netinet/in.h>

#include "core/net/socket_option_row.h"

namespace sockbench {
namespace {

using enum OptionKind;

constexpr OptionRow row(std::string_view name, int number, OptionKind kind, std::string_view meaning) {
  return {OptionLevel{IPPROTO_UDP, "IPPROTO_UDP", 0, kUdp}, name, number, kind, meaning};
}

constexpr OptionInfo kOptions[] = {
    row("UDP_CORK", UDP_CORK, boolean,
        "Gather what is sent into one datagram, until it is turned off again."),
    row("UDP_GRO", UDP_GRO, boolean,
        "Let datagrams of one sender arrive joined into one, with their size as a control message."),
    row("UDP_NO_CHECK6_RX", UDP_NO_CHECK6_RX, boolean, "Take datagrams over IPv6 that have no checksum.")
        .onIpv6(),
    row("UDP_NO_CHECK6_TX", UDP_NO_CHECK6_TX, boolean, "Send UDP over IPv6 without checksums.").onIpv6(),
    row("UDP_SEGMENT", UDP_SEGMENT, integer, "Cut each send into datagrams of this size; 0 sends it whole.")
        .range(0, 65535)
        .unit("bytes"),
};

}  // namespace

std::span<const OptionInfo> udpOptions() {
  return kOptions;
}

}  // namespace sockbench
