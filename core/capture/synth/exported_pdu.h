// What stands in front of an exported PDU (pcapng_format.h).
#pragma once

#include <string>
#include <string_view>

#include "core/traffic/flow.h"
#include "core/traffic/record.h"

namespace sockbench::synth {

// Appends the tags. `flow` nullptr: there is none. `words` go into the packet list's Info column.
void appendPduTags(std::string& out, const Flow* flow, Direction direction, std::string_view words);

}  // namespace sockbench::synth
