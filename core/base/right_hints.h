// Rights that a kind of socket takes, and the very command that grants them to this program. Thread: any.
#pragma once

#include <string>

namespace sockbench {

// Raw and packet sockets (capabilities(7), raw(7), packet(7)): CAP_NET_RAW.
std::string rawRightHint();

// ICMP sockets of type SOCK_DGRAM (icmp(7)): net.ipv4.ping_group_range, which counts for IPv6 as well.
std::string pingRightHint();

}  // namespace sockbench
