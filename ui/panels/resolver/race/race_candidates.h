// Which addresses of a look-up a race connects to. Thread: any.
#pragma once

#include <QList>
#include <cstdint>
#include <optional>
#include <vector>

#include "ui/models/looked_up_host.h"
#include "ui/panels/resolver/race/race_entry.h"

namespace sockbench::ui {

// The stream sockets, each address of a host once. `port` nullopt: each address' own.
std::vector<RaceEntry> raceCandidates(const QList<LookedUpHost>& hosts, std::optional<std::uint16_t> port);

}  // namespace sockbench::ui
