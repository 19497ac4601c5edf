#include "core/calls/script/call_desk.h"

#include <cerrno>
#include <future>
#include <new>

#include "core/calls/script/script_values.h"
#include "core/calls/script/script_variables.h"

namespace sockbench {
namespace {

// The variable that the call fills: the buffer of recv_into and recvfrom_into. Empty: none.
std::string filledVariable(const CallLine& line) {
  if (!line.name.ends_with("_into")) return {};
  const CallExpression* buffer = line.args.empty() ? nullptr : &line.args.front();
  for (const auto& [name, value] : line.keywords) {
    if (name == "buffer") buffer = &value;
  }
  return buffer != nullptr && buffer->kind == CallExpression::Kind::name ? buffer->name : std::string();
}

class RequestMaker {
 public:
  RequestMaker(const CallLine& line, const ScriptVariables& variables) : line_(line), variables_(variables) {}

  Result<CallValue> value(const CallExpression& expression) const {
    const auto named = [this](std::string_view name) { return variables_.value(name); };
    ScriptRead<CallValue> value = expressionValue(expression, named);
    if (value) return *std::move(value);
    return std::unexpected(asError(value.error()));
  }

  Result<CallRequest> request() const {
    CallRequest request;
    request.name = line_.name;
    if (!line_.on.empty()) {
      const Result<CallHandle> socket = socketOf();
      if (!socket) return std::unexpected(socket.error());
      request.on = *socket;
    }
    for (const CallExpression& argument : line_.args) {
      Result<CallValue> read = value(argument);
      if (!read) return std::unexpected(std::move(read.error()));
      request.args.push_back(*std::move(read));
    }
    for (const auto& [name, argument] : line_.keywords) {
      Result<CallValue> read = value(argument);
      if (!read) return std::unexpected(std::move(read.error()));
      request.keywords.emplace_back(name, *std::move(read));
    }
    return request;
  }

 private:
  Result<CallHandle> socketOf() const {
    CallExpression on;
    on.kind = CallExpression::Kind::name;
    on.name = line_.on;
    const std::size_t place = line_.text.rfind(line_.on, line_.nameAt.offset);
    if (place != std::string::npos) on.where = {place, line_.on.size()};
    const Result<CallValue> read = value(on);
    if (!read) return std::unexpected(read.error());
    if (const auto* socket = read->as<CallHandle>()) return *socket;
    const std::string kind(read->typeName());
    return std::unexpected(
        asError({InputFault::badSyntax, on.where, line_.on + " is no socket: its type is " + kind}));
  }

  // What is not there yet is told apart from what will never be there.
  Error asError(const ScriptFault& fault) const {
    std::string detail = fault.detail;
    if (fault.fault == InputFault::unknownName && fault.where.offset <= line_.text.size()) {
      const std::string name = line_.text.substr(fault.where.offset, fault.where.length);
      if (const std::string waited = variables_.awaited(name); !waited.empty()) {
        detail = name + " has no value before this call is done: " + waited;
      }
    }
    return Error::fromInput(fault.fault, line_.text, fault.where, std::move(detail));
  }

  const CallLine& line_;
  const ScriptVariables& variables_;
};

// Values of a script may want more memory than there is.
template <class Make>
auto orNoMemory(Make make) -> decltype(make()) {
  try {
    return make();
  } catch (const std::bad_alloc&) {
    return std::unexpected(Error::fromErrno(Operation::none, ENOMEM));
  }
}

}  // namespace

// The variables outlive the desk as long as a call that was abandoned may still end.
struct CallDesk::Impl {
  explicit Impl(CallBenchSettings settings) : bench(std::move(settings)) {}

  std::shared_ptr<ScriptVariables> variables = std::make_shared<ScriptVariables>();
  CallBench bench;
};

CallDesk::CallDesk(CallBenchSettings settings) : impl_(std::make_shared<Impl>(std::move(settings))) {}

CallDesk::~CallDesk() = default;

Result<CallId> CallDesk::start(const CallLine& line, Done done) {
  if (line.isBlank()) return CallId();
  const RequestMaker maker(line, *impl_->variables);
  if (!line.isCall) {
    Result<CallValue> value = orNoMemory([&] { return maker.value(line.value); });
    if (!value) return std::unexpected(std::move(value.error()));
    CallOutcome outcome;
    outcome.result = *std::move(value);
    impl_->variables->end(impl_->variables->begin(line), line, {}, outcome);
    done(CallId(), line, outcome);
    return CallId();
  }
  Result<CallRequest> request = orNoMemory([&] { return maker.request(); });
  if (!request) return std::unexpected(std::move(request.error()));
  const auto finish = [variables = impl_->variables, ticket = impl_->variables->begin(line), line,
                       done = std::move(done)](CallId id, CallOutcome outcome) {
    variables->end(ticket, line, filledVariable(line), outcome);
    done(id, line, outcome);
  };
  return impl_->bench.start(*std::move(request), finish);
}

Result<CallOutcome> CallDesk::run(const CallLine& line) {
  if (line.isBlank()) return CallOutcome();
  const auto ended = std::make_shared<std::promise<CallOutcome>>();
  std::future<CallOutcome> outcome = ended->get_future();
  const Result<CallId> begun =
      start(line, [ended](CallId, const CallLine&, const CallOutcome& told) { ended->set_value(told); });
  if (!begun) return std::unexpected(begun.error());
  return outcome.get();
}

std::vector<CallVariable> CallDesk::variables() const {
  std::vector<CallVariable> all;
  for (auto& [name, value] : impl_->variables->all()) {
    CallVariable variable{name, value, std::nullopt};
    if (const auto* handle = value.as<CallHandle>()) variable.socket = impl_->bench.socket(*handle);
    all.push_back(std::move(variable));
  }
  return all;
}

void CallDesk::forget(std::string_view name) {
  impl_->variables->forget(name);
}

void CallDesk::clear() {
  impl_->variables->clear();
  impl_->bench.closeAll();
}

CallBench& CallDesk::bench() {
  return impl_->bench;
}

}  // namespace sockbench
