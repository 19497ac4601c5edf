// What a kind of socket that cannot be had would take, in words.
#pragma once

#include <string>

#include "core/system/capabilities.h"
#include "core/system/kernel_modules.h"

namespace sockbench {

// A sentence without a full stop for an `error` of `combination`: the module and how to load it, the right
// and the command that grants it, or why there is no such combination. Thread: any.
std::string capabilityNeeds(const SocketCombination& combination, CapabilityState state, const Error& error);

// What a kernel without `module` (built with `config`) takes to have it. `release`: the kernel's.
std::string moduleNeeds(std::string_view module, std::string_view config, ModuleState state,
                        const std::string& release);

}  // namespace sockbench
