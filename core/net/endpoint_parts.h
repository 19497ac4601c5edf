// The parts of an endpoint, each read by itself. An error's subject is the part alone and `where` lies in it.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/net/endpoint.h"

namespace sockbench {

// A host without brackets to the form that Endpoint::host has. `bracketed`: brackets stood around it.
Result<std::string> parseHost(std::string_view text, bool bracketed);

// A port to the form that Endpoint::service has; `transport` is tcp or udp.
Result<std::string> parseService(std::string_view text, Transport transport);

}  // namespace sockbench
