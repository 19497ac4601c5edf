// A CallBench as the tests drive it: calls by name, and outcomes that are waited for.
#pragma once

#include <QTest>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/calls/call_bench.h"

namespace bench {

using namespace sockbench;

inline constexpr std::chrono::seconds kDeadline{30};

inline CallRequest function(std::string name, std::vector<CallValue> args = {}) {
  return {std::move(name), std::nullopt, std::move(args), {}};
}
inline CallRequest method(CallHandle on, std::string name, std::vector<CallValue> args = {}) {
  return {std::move(name), on, std::move(args), {}};
}

inline CallValue loopback(std::int64_t port = 0) {
  return CallTuple{{"127.0.0.1", port}};
}
inline CallValue bytes(std::string_view text) {
  return CallValue(toBytes(text));
}

inline std::vector<CallValue> itemsOf(const CallValue& value) {
  const auto* tuple = value.as<CallTuple>();
  return tuple == nullptr ? std::vector<CallValue>() : tuple->items;
}

// The ends of calls, as they come.
class Ends {
 public:
  CallBench::Done done() {
    return [this](CallId id, CallOutcome outcome) {
      const std::lock_guard lock(mutex_);
      order_.push_back(id);
      outcomes_.emplace(id, std::move(outcome));
      came_.notify_all();
    };
  }
  // nullopt: it did not end in time.
  std::optional<CallOutcome> wait(CallId id) {
    std::unique_lock lock(mutex_);
    if (!came_.wait_for(lock, kDeadline, [&] { return outcomes_.contains(id); })) return std::nullopt;
    return outcomes_.at(id);
  }
  bool waitForAll(std::size_t count) {
    std::unique_lock lock(mutex_);
    return came_.wait_for(lock, kDeadline, [&] { return outcomes_.size() >= count; });
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return outcomes_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<CallId> order_;
  std::map<CallId, CallOutcome> outcomes_;
};

// The socket that a call answers; none when it failed.
inline CallHandle handleOf(const CallOutcome& outcome) {
  if (!outcome.result) return {};
  const CallValue& value = *outcome.result;
  if (const auto* handle = value.as<CallHandle>()) return *handle;
  const std::vector<CallValue> items = itemsOf(value);
  return items.empty() || items[0].as<CallHandle>() == nullptr ? CallHandle() : *items[0].as<CallHandle>();
}

inline CallHandle open(CallBench& bench, int family = AF_INET, int type = SOCK_STREAM) {
  return handleOf(bench.run(function("socket", {family, type})));
}
inline std::pair<CallHandle, CallHandle> pair(CallBench& bench, int type = SOCK_STREAM) {
  const CallOutcome made = bench.run(function("socketpair", {AF_UNIX, type}));
  const std::vector<CallValue> ends = made.result ? itemsOf(*made.result) : std::vector<CallValue>();
  if (ends.size() != 2) return {};
  return {*ends[0].as<CallHandle>(), *ends[1].as<CallHandle>()};
}
inline CallHandle listening(CallBench& bench) {
  const CallHandle listener = open(bench);
  bench.run(method(listener, "bind", {loopback()}));
  bench.run(method(listener, "listen", {8}));
  return listener;
}
inline std::int64_t portOf(CallBench& bench, CallHandle handle) {
  const auto facts = bench.socket(handle);
  return facts ? facts->local.port() : 0;
}

inline bool failedWith(const CallOutcome& outcome, int number) {
  return !outcome.result && outcome.result.error().kind == CallFaultKind::os &&
         outcome.result.error().number == number;
}

inline std::size_t openDescriptors() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  return count;
}

}  // namespace bench
