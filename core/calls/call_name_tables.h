// The tables that call_names.cpp makes one of. Of two names for one number, the better one comes first.
#pragma once

#include <span>

#include "core/calls/call_names.h"

namespace sockbench {

std::span<const NamedNumber> familyNames();  // and types
std::span<const NamedNumber> protocolNames();
std::span<const NamedNumber> levelNames();
std::span<const NamedNumber> extraOptionNames();  // those that socketOptions() has not
std::span<const NamedNumber> flagNames();
std::span<const NamedNumber> controlNames();
std::span<const NamedNumber> internetNames();
std::span<const NamedNumber> familyValueNames();

}  // namespace sockbench
