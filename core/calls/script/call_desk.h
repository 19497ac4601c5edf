// CallDesk: variables, and lines of a script carried out with them on a CallBench.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/calls/call_bench.h"
#include "core/calls/call_outcome.h"
#include "core/calls/script/call_script.h"

namespace sockbench {

struct CallVariable {
  std::string name;
  CallValue value;
  std::optional<CallSocketFacts> socket;  // of a variable that is a socket, as it stands now
};

// Thread: any.
class CallDesk {
 public:
  // `line` as it was given to start(). Called once for each call, on a thread of the bench; its targets are
  // set by then. Must not block.
  using Done = std::function<void(CallId, const CallLine& line, const CallOutcome&)>;

  explicit CallDesk(CallBenchSettings settings = {});
  ~CallDesk();  // as the bench's

  // Reads the variables now and begins the call; a plain assignment is done at once (its id is none, `done`
  // is called before this returns), and a blank line is nothing (`done` is not called). `_` as a target is
  // passed over. A result that the targets do not fit is Python's error and stands in CallOutcome::out as
  // "result"; sockets in it stay open on the bench. A buffer that a call has filled is set, too. Errors:
  // unknownName for a variable or a constant that is not there (a variable that a call under way will set is
  // named as such), badSyntax; `where` in line.text.
  Result<CallId> start(const CallLine& line, Done done);
  // The same, waiting for the end.
  Result<CallOutcome> run(const CallLine& line);

  std::vector<CallVariable> variables() const;  // in the order of their first assignment
  void forget(std::string_view name);           // the variable; a socket that it named stays open
  void clear();                                 // interrupts, closes and forgets everything

  CallBench& bench();

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace sockbench
