// How many descriptors this process may have open (setrlimit(2), RLIMIT_NOFILE).
#pragma once

#include <cstddef>

#include "core/base/error.h"

namespace sockbench {

struct DescriptorLimit {
  std::size_t open = 0;  // now (proc(5), /proc/self/fd); 0: not known
  std::size_t soft = 0;  // what the kernel enforces
  std::size_t hard = 0;  // to what `soft` may be raised without a right
};

// Thread: any, both of these.
DescriptorLimit descriptorLimit();

// Sees to it that `more` descriptors may be opened beside those that are open: raises the soft limit to the
// hard one where the soft one is too low. Error: EMFILE, with both numbers in its detail, when the hard limit
// is too low as well; nothing is changed then. A promise it is not: others open descriptors, too, and the
// system has a limit of its own (ENFILE).
Result<void> makeRoomForDescriptors(std::size_t more);

}  // namespace sockbench
