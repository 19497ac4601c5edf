#include "core/net/tcp_state.h"

#include <array>

namespace sockbench {

std::string_view kernelTcpStateName(std::uint8_t state) {
  static constexpr std::array<std::string_view, 13> kNames = {
      "",      "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2",   "TIME_WAIT",
      "CLOSE", "CLOSE_WAIT",  "LAST_ACK", "LISTEN",   "CLOSING",   "NEW_SYN_RECV"};
  return state < kNames.size() ? kNames.at(state) : std::string_view();
}

}  // namespace sockbench
