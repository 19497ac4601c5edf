// What the timeline says when manners change.
#pragma once

#include <string>

#include "core/engine/session_spec.h"

namespace sockbench::detail {

// "reading stopped; writes of at most 1 bytes, 10 ms between"; empty: nothing that means something to such a
// session has changed. `listens`: it is a listener.
std::string mannersChange(const Manners& from, const Manners& to, bool listens);

}  // namespace sockbench::detail
