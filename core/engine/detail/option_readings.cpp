#include "core/engine/detail/option_readings.h"

#include <algorithm>
#include <utility>

namespace sockbench::detail {
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
    if (!option.applies(family, session.transport) || option.takesAway) continue;
    OptionReading reading{.option = &option, .requested = {}, .effective = readSocketOption(socket, option)};
    const auto asked = std::ranges::find(session.requested, &option, &OptionSetting::option);
    if (asked != session.requested.end()) reading.requested = asked->value;
    readings.push_back(std::move(reading));
  }
  return readings;
}

}  // namespace sockbench::detail
