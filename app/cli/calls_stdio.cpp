#include "app/cli/calls_stdio.h"

#include <unistd.h>

#include <cerrno>
#include <new>
#include <string>
#include <utility>

#include "app/cli/answer_writer.h"
#include "app/cli/call_json.h"
#include "app/cli/calls_stdio_request.h"
#include "app/cli/line_input.h"
#include "core/calls/call_bench.h"

namespace sockbench::cli {
namespace {

std::string answerTo(const JsonTree& id, const CallOutcome& outcome) {
  std::string line = "{\"id\":";
  appendJsonTree(line, id);
  if (outcome.result) {
    line += ",\"ok\":";
    appendCallAnswer(line, *outcome.result);
  } else {
    line += ",\"err\":";
    appendCallFault(line, outcome.result.error());
  }
  if (outcome.filled) {
    line += ",\"filled\":";
    appendCallValue(line, CallValue(*outcome.filled));
  }
  line += "}\n";
  return line;
}

bool isBlank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

class StdioBench {
 public:
  explicit StdioBench(AnswerWriter& answers) : answers_(answers) {}

  void take(std::string_view line, bool cut) {
    if (isBlank(line)) return;
    StdioRequest request = readStdioRequest(line, cut);
    if (!request.call) {
      CallOutcome outcome;
      outcome.result = std::unexpected(std::move(request.call.error()));
      answer(request.id, outcome);
      return;
    }
    bench_.start(std::move(*request.call), [this, id = std::move(request.id)](
                                               CallId, const CallOutcome& outcome) { answer(id, outcome); });
  }

  // What needs nobody's help comes to its end before what waits is interrupted.
  void settle() { bench_.settle(std::chrono::seconds(1)); }

 private:
  void answer(const JsonTree& id, const CallOutcome& outcome) {
    try {
      answers_.write(answerTo(id, outcome));
    } catch (const std::bad_alloc&) {
      CallFault fault;
      fault.number = ENOMEM;
      fault.message = Error::fromErrno(Operation::none, ENOMEM).message();
      CallOutcome tooLarge;
      tooLarge.result = std::unexpected(std::move(fault));
      answers_.write(answerTo(id, tooLarge));
    }
  }

  AnswerWriter& answers_;
  CallBench bench_{{.closedHandlesFail = true}};
};

}  // namespace

int runCallsStdio(Context& context) {
  Result<void> read;
  {
    AnswerWriter answers(context.out);
    StdioBench bench(answers);
    const auto take = [&](std::string_view line, bool cut) {
      bench.take(line, cut);
      return true;
    };
    const LineHandler handler{.line = take, .pause = [] { return true; }};
    read = readLines(STDIN_FILENO, handler, {.mostBytes = kMostRequestBytes, .reader = STDOUT_FILENO});
    bench.settle();
  }
  if (!read) return context.fail(read.error());
  return kDone;
}

}  // namespace sockbench::cli
