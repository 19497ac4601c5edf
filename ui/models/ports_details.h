// One socket of the Ports panel in every detail, with TCP_INFO where it has been asked for. Thread: gui.
#pragma once

#include <QList>
#include <optional>

#include "core/system/socket_details.h"
#include "ui/models/ports_snapshot.h"
#include "ui/models/record_details.h"

namespace sockbench::ui {

// `asked`: what the kernel said of it; nullopt: it has not answered yet.
QList<RecordDetail> portDetails(const PortRow& row, const std::optional<Result<SocketDetails>>& asked);

}  // namespace sockbench::ui
