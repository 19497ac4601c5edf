// LookedUpHost: a host of the Resolver's look-up with what getaddrinfo answered. Thread: any.
#pragma once

#include <QString>

#include "core/resolve/resolver.h"

namespace sockbench::ui {

struct LookedUpHost {
  QString host;  // as it was typed
  // An input error, with 0 elapsed, for one that could not be asked. `elapsed` begins with the look-up.
  LookupOutcome<AddressAnswer> outcome;
};

}  // namespace sockbench::ui
