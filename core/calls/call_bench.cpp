#include "core/calls/call_bench.h"

#include <future>
#include <utility>

#include "core/calls/bench/bench_state.h"

namespace sockbench {

CallBench::CallBench(CallBenchSettings settings)
    : state_(std::make_shared<BenchState>(std::move(settings))) {}

CallBench::~CallBench() {
  state_->finish();
}

CallId CallBench::start(CallRequest request, Done done) {
  return state_->start(std::move(request), std::move(done));
}

CallOutcome CallBench::run(CallRequest request) {
  auto outcome = std::make_shared<std::promise<CallOutcome>>();
  std::future<CallOutcome> result = outcome->get_future();
  start(std::move(request), [outcome](CallId, CallOutcome done) { outcome->set_value(std::move(done)); });
  return result.get();
}

void CallBench::interrupt(CallId id) {
  state_->interrupt(id);
}
void CallBench::interruptAll() {
  state_->interruptAll();
}
void CallBench::closeAll() {
  state_->closeAll();
}

std::optional<CallSocketFacts> CallBench::socket(CallHandle handle) const {
  return state_->socket(handle);
}
std::vector<CallSocketFacts> CallBench::sockets() const {
  return state_->sockets();
}

Result<Socket> CallBench::duplicate(CallHandle handle) const {
  return state_->duplicate(handle);
}

void CallBench::settle(std::chrono::milliseconds most) {
  state_->settle(most);
}

std::size_t CallBench::waiting() const {
  return state_->waiting();
}

}  // namespace sockbench
