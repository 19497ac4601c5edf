// The states of a TCP connection as the kernel numbers them (TCP_INFO, linux/tcp.h, RFC 9293).
#pragma once

#include <cstdint>
#include <string_view>

namespace sockbench {

std::string_view kernelTcpStateName(std::uint8_t state);  // 1: "ESTABLISHED" ... 11: "CLOSING"; "" if unknown

}  // namespace sockbench
