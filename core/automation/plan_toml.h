// A SendPlan in TOML. What is left out is as SendPlan has it; toToml() writes only what differs.
//
//   start = "connected"                 # or "now"; or a pattern: { text = "READY" } starts at each match
//   count = 50                          # 0: until it is stopped
//   interval = "100ms"
//   jitter = "10ms"
//   duration = "30s"
//   until = { regex = 'bye' }
//   rate = 10000                        # bytes a second
//   piece = 16                          # bytes
//   gap = "5ms"                         # between two pieces
//
// Thread: any.
#pragma once

#include "core/automation/send_plan.h"
#include "core/toml/toml_reader.h"

namespace sockbench {

TomlTable toToml(const SendPlan& plan);
SendPlan planIn(TomlReader& in);

}  // namespace sockbench
