// What the cells of a TrafficModel say of a row. Thread: gui.
#pragma once

#include <QString>
#include <cstddef>

#include "core/traffic/traffic_log.h"
#include "ui/models/traffic_model.h"

namespace sockbench::ui::traffic_cells {

TrafficModel::RowKind kind(const Record& record);
bool hasBytes(const Record& record);  // received or sent, not an event
// The preview: bytes as visible text, an event as its sentence; at most about `characters` long.
QString content(const LogRow& row, std::size_t characters);
// Where the pattern's matches stand in that preview; none of an event. At most a hundred.
MatchRanges matches(const LogRow& row, const BytePattern& pattern, std::size_t characters);
QString arrow(TrafficModel::RowKind kind);  // "→", "←", "•", "✕"
Qt::Alignment alignment(int column);        // of a column's cells and of its title
QString title(int column);

}  // namespace sockbench::ui::traffic_cells
