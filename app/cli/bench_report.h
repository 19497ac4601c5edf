// What a bench has found, for people and as JSON.
#pragma once

#include <string>

#include "app/cli/context.h"
#include "core/automation/many/client_swarm.h"

namespace sockbench::cli {

// {"kind":"bench",...}: counts, rates, "connect_us" and "latency_us"
// ({"count","min","mean","p50","p90","p99", "p99.9","max"}, microseconds; null where nothing was measured),
// "histogram" (each bucket that holds something:
// {"le_us": its longest time, "count": how many in it alone}) and "errors" (an error object each, with its
// "count").
Json benchJson(const ClientSwarm& swarm);
// The same in words and tables.
std::string benchText(const ClientSwarm& swarm);

}  // namespace sockbench::cli
