// A log with a row of every kind, transport and family, for what looks through logs.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/traffic/filter/filter.h"
#include "core/traffic/traffic_log.h"

// 2026-11-21 12:00:00 local time.
sockbench::WallNanos madeLogBegin();
std::shared_ptr<sockbench::TrafficLog> makeLog();

// The numbers of the rows that pass, slab by slab of at most `most` rows.
std::vector<std::uint64_t> selectedRows(const sockbench::TrafficLog& log, const sockbench::Filter& filter,
                                        std::size_t most = std::size_t{64} << 10);
