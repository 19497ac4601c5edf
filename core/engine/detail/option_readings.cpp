#include "core/engine/detail/option_readings.h"

#include <netinet/in.h>

#include <algorithm>
#include <utility>

namespace sockbench::detail {
namespace {

bool applies(const OptionInfo& option, Transport transport, int family) {
  switch (option.level) {
    case IPPROTO_TCP:
      return transport == Transport::tcp;
    case IPPROTO_IP:
      return family == AF_INET;
    case IPPROTO_IPV6:
      return family == AF_INET6;
    default:
      return true;
  }
}

}  // namespace

void noteRequested(SessionShared& session, const OptionSetting& setting) {
  const auto known = std::ranges::find(session.requested, setting.option, &OptionSetting::option);
  if (known == session.requested.end())
    session.requested.push_back(setting);
  else
    known->value = setting.value;
}

std::vector<OptionReading> readAllOptions(const Socket& socket, const SessionShared& session) {
  const int family = socket.localAddress().value_or(SocketAddress()).family();
  std::vector<OptionReading> readings;
  for (const OptionInfo& option : socketOptions()) {
    if (!applies(option, session.transport, family)) continue;
    OptionReading reading{.option = &option, .requested = {}, .effective = readSocketOption(socket, option)};
    const auto asked = std::ranges::find(session.requested, &option, &OptionSetting::option);
    if (asked != session.requested.end()) reading.requested = asked->value;
    readings.push_back(std::move(reading));
  }
  return readings;
}

}  // namespace sockbench::detail
