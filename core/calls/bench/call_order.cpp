#include "core/calls/bench/call_order.h"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "core/calls/call_names.h"
#include "core/calls/call_registry.h"

namespace sockbench {
namespace {

// A number, or the name of one.
std::optional<std::int64_t> wholeAt(const CallRequest& request, std::size_t place) {
  if (place >= request.args.size()) return std::nullopt;
  if (const auto* const value = request.args[place].as<std::int64_t>()) return *value;
  const auto* const name = request.args[place].as<std::string>();
  return name == nullptr ? std::nullopt : numberOf(*name);
}

// The value of its parameter for MSG_* flags; 0: none was given.
std::int64_t messageFlags(const CallRequest& request) {
  const CallInfo* const call = findCall(CallTarget::socketMethod, request.name);
  if (call == nullptr) return 0;
  const auto isFlags = [](const CallParameter& parameter) {
    return parameter.names == NameGroup::messageFlag;
  };
  const auto found = std::ranges::find_if(call->parameters, isFlags);
  const auto place = static_cast<std::size_t>(found - call->parameters.begin());
  return wholeAt(request, place).value_or(0);
}

}  // namespace

bool CallOrder::Queue::isEmpty() const {
  return !first && waiting.empty() && underWay[0] + underWay[1] == 0 && held[0].empty() && held[1].empty();
}

CallOrder::Way CallOrder::wayOf(const CallRequest& request) {
  if (request.name.starts_with("send")) return Way::send;
  // What was to be sent before the end is sent before it; who waits to receive is woken by it. The end of
  // both ways wakes everybody.
  if (request.name == "shutdown") return wholeAt(request, 0) == SHUT_WR ? Way::send : Way::none;
  if (request.name.starts_with("recv") || request.name.starts_with("accept")) return Way::receive;
  return Way::none;
}

bool CallOrder::mayGoBy(const CallRequest& request) const {
  constexpr std::int64_t kNeverWaits = MSG_DONTWAIT | MSG_ERRQUEUE | MSG_OOB;
  if ((messageFlags(request) & kNeverWaits) != 0) return true;
  return timeoutOf_(*request.on) == Timeout(std::chrono::nanoseconds(0));
}

void CallOrder::add(const CallRunPtr& run) {
  if (!run->request().on) {
    ready_.push_back(run);
    return;
  }
  Queue& queue = queues_[*run->request().on];
  queue.waiting.push_back(run);
  ++waiting_;
  advance(queue);
}

bool CallOrder::hold(Queue& queue, const CallRunPtr& run) {
  const Way way = wayOf(run->request());
  if (way == Way::none || queue.underWay[std::to_underlying(way)] == 0 || mayGoBy(run->request()))
    return false;
  const Timeout timeout = timeoutOf_(*run->request().on);
  std::optional<TimePoint> until;
  if (timeout && *timeout < std::chrono::hours(24)) until = std::chrono::steady_clock::now() + *timeout;
  run->notes.heldSince = std::chrono::steady_clock::now();
  queue.held[std::to_underlying(way)].push_back({run, until});
  return true;
}

void CallOrder::begin(Queue& queue, const CallRunPtr& run) {
  if (const Way way = wayOf(run->request()); way != Way::none) ++queue.underWay[std::to_underlying(way)];
  if (run->notes.heldSince) run->notes.heldFor = std::chrono::steady_clock::now() - *run->notes.heldSince;
  ready_.push_back(run);
}

void CallOrder::advance(Queue& queue) {
  while (!queue.first && !queue.waiting.empty()) {
    const CallRunPtr run = queue.waiting.front();
    queue.waiting.pop_front();
    --waiting_;
    if (hold(queue, run)) continue;
    queue.first = run;
    begin(queue, run);
  }
}

void CallOrder::passed(const CallRun& run) {
  if (!run.request().on) return;
  const auto found = queues_.find(*run.request().on);
  if (found == queues_.end() || found->second.first.get() != &run) return;
  found->second.first = nullptr;
  advance(found->second);
}

void CallOrder::ended(const CallRun& run) {
  if (!run.request().on) return;
  const auto found = queues_.find(*run.request().on);
  if (found == queues_.end()) return;
  Queue& queue = found->second;
  if (const Way way = wayOf(run.request()); way != Way::none) {
    std::deque<Held>& held = queue.held[std::to_underlying(way)];
    if (--queue.underWay[std::to_underlying(way)] == 0 && !held.empty()) {
      begin(queue, held.front().run);
      held.pop_front();
    }
  }
  if (queue.first.get() == &run) queue.first = nullptr;
  advance(queue);
  if (queue.isEmpty()) queues_.erase(found);
}

void CallOrder::withdraw(const CallRun& run) {
  if (!run.request().on) return;
  const auto found = queues_.find(*run.request().on);
  if (found == queues_.end()) return;
  Queue& queue = found->second;
  waiting_ -= std::erase_if(queue.waiting, [&](const CallRunPtr& other) { return other.get() == &run; });
  for (std::deque<Held>& held : queue.held)
    std::erase_if(held, [&](const Held& other) { return other.run.get() == &run; });
  if (queue.isEmpty()) queues_.erase(found);
}

void CallOrder::release(TimePoint now) {
  for (auto& [handle, queue] : queues_) {
    for (std::deque<Held>& held : queue.held) {
      std::deque<Held> still;
      for (const Held& one : held) {
        if (one.until && *one.until <= now)
          begin(queue, one.run);
        else
          still.push_back(one);
      }
      held = std::move(still);
    }
  }
}

std::optional<CallOrder::TimePoint> CallOrder::nextRelease() const {
  std::optional<TimePoint> next;
  for (const auto& [handle, queue] : queues_)
    for (const std::deque<Held>& held : queue.held)
      for (const Held& one : held)
        if (one.until) next = std::min(next.value_or(*one.until), *one.until);
  return next;
}

std::vector<CallRunPtr> CallOrder::takeReady() {
  return std::exchange(ready_, {});
}

std::vector<CallRunPtr> CallOrder::holdingUp() const {
  std::vector<CallRunPtr> runs;
  for (const auto& [handle, queue] : queues_)
    if (!queue.waiting.empty()) runs.push_back(queue.first);
  return runs;
}

}  // namespace sockbench
