// Capabilities: which kinds of socket this process can have on this machine, each one tried for real, and
// what the others would take.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/system/socket_combinations.h"

namespace sockbench {

enum class CapabilityState : std::uint8_t {
  supported,
  forbidden,    // the kernel has it, this process has not the right
  missing,      // some Linux has it, this kernel has not, or not loaded
  nonexistent,  // no Linux has it: the type or the protocol does not belong to the family
};

struct Capability {
  SocketCombination combination;
  CapabilityState state = CapabilityState::supported;
  std::optional<Error> error;  // of socket(2), or of the bind(2) that was tried beyond it
  std::string needs;           // what it would take, a sentence without a full stop; empty where supported

  bool supported() const { return state == CapabilityState::supported; }
};

std::string_view capabilityStateName(CapabilityState state);  // "supported", "forbidden", ...

// Opens each combination with socket(2), binds it where that is needed to know, and closes it. Nothing is
// sent, and no module is asked for beyond what socket(2) itself makes the kernel load. Takes milliseconds,
// longer where the kernel loads modules. One descriptor at a time; EMFILE and its kin are an answer as any
// other. Thread: any.
std::vector<Capability> tryCapabilities();
Capability tryCapability(const SocketCombination& combination);

// What it would take to have the kind of socket that socket(2) has just refused with `error`, a sentence
// without a full stop. Empty: the table does not know this combination. Thread: any.
std::string socketNeeds(int family, int type, int protocol, const Error& error);

}  // namespace sockbench
