// The names of a desk: what they hold, and which of them a call under way will set. Thread: any.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/calls/call_outcome.h"
#include "core/calls/call_value.h"
#include "core/calls/script/call_script.h"

namespace sockbench {

class ScriptVariables {
 public:
  std::optional<CallValue> value(std::string_view name) const;
  std::vector<std::pair<std::string, CallValue>> all() const;  // in the order of their first assignment
  void forget(std::string_view name);
  void clear();  // what is under way sets nothing any more

  // The call of `line` has begun: its targets wait for it. To be given back to end().
  std::uint64_t begin(const CallLine& line);
  // The line, as written, that will set `name`; empty: none.
  std::string awaited(std::string_view name) const;
  // Sets the targets to the result; where they do not fit it, the outcome becomes Python's error and keeps
  // the result in `out` as "result". `buffer` names the variable that the call has filled; empty: none.
  void end(std::uint64_t ticket, const CallLine& line, std::string_view buffer, CallOutcome& outcome);

 private:
  struct Awaited {
    std::uint64_t ticket;
    std::string line;
    std::vector<std::string> targets;
  };

  void set(const std::string& name, CallValue value);
  void assign(const CallLine& line, CallOutcome& outcome);

  mutable std::mutex mutex_;
  std::vector<std::pair<std::string, CallValue>> values_;
  std::vector<Awaited> awaited_;
  std::uint64_t lastTicket_ = 0;
};

}  // namespace sockbench
