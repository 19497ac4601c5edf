// LogSlab::Hold: what keeps a slab's rows readable.
#pragma once

#include <vector>

#include "core/traffic/traffic_log.h"

namespace sockbench {

struct LogSlab::Hold {
  std::vector<Record> records;  // Record::flow counts in `flows`, Record::block in `payloads`, plus 1
  std::vector<FlowPtr> flows;
  std::vector<PinnedBytes> payloads;
};

}  // namespace sockbench
