#include "core/calls/call_registry.h"

#include <vector>

#include "core/calls/call_registry_tables.h"

namespace sockbench {

std::span<const CallInfo> callRegistry() {
  static const std::vector<CallInfo> all = [] {
    std::vector<CallInfo> calls;
    for (const auto part : {makingCalls(), namingCalls(), connectingCalls(), sendingCalls(), receivingCalls(),
                            optionCalls(), waitingCalls(), lookUpCalls(), convertingCalls()})
      calls.insert(calls.end(), part.begin(), part.end());
    return calls;
  }();
  return all;
}

const CallInfo* findCall(CallTarget target, std::string_view name) {
  for (const CallInfo& call : callRegistry())
    if (call.target == target && call.name == name) return &call;
  return nullptr;
}

}  // namespace sockbench
