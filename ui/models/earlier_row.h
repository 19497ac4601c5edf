// The row that another is most usefully compared with. Thread: any.
#pragma once

#include <optional>

#include "core/traffic/traffic_log.h"

namespace sockbench::ui {

// The nearest row with bytes before `row`, of the same session and direction: the answer before this answer.
// nullopt: none is in memory. Looks through all rows before it, if need be.
std::optional<LogRow> earlierRowAlike(const TrafficLog& log, const LogRow& row);

// The marked row (core/traffic/row_notes.h) nearest above `number`, or below where there is none above.
std::optional<std::uint64_t> markedRowNear(const TrafficLog& log, std::uint64_t number);

}  // namespace sockbench::ui
