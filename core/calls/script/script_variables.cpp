#include "core/calls/script/script_variables.h"

#include <algorithm>

namespace sockbench {
namespace {

constexpr std::string_view kPassedOver = "_";

// Why `value` does not fit the targets, in Python's words; nullopt: it fits.
std::optional<CallFault> misfit(const CallValue& value, std::size_t wanted) {
  const auto fault = [](CallFaultKind kind, std::string message) {
    CallFault made;
    made.kind = kind;
    made.message = std::move(message);
    return made;
  };
  const auto* items = value.items();
  if (items == nullptr) {
    return fault(CallFaultKind::type,
                 "cannot unpack non-iterable " + std::string(value.typeName()) + " object");
  }
  const std::string expected = " values to unpack (expected " + std::to_string(wanted);
  if (items->size() > wanted) return fault(CallFaultKind::value, "too many" + expected + ')');
  if (items->size() == wanted) return std::nullopt;
  return fault(CallFaultKind::value,
               "not enough" + expected + ", got " + std::to_string(items->size()) + ')');
}

}  // namespace

std::optional<CallValue> ScriptVariables::value(std::string_view name) const {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(values_, name, &std::pair<std::string, CallValue>::first);
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

std::vector<std::pair<std::string, CallValue>> ScriptVariables::all() const {
  const std::scoped_lock lock(mutex_);
  return values_;
}

void ScriptVariables::forget(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(values_, [&](const auto& variable) { return variable.first == name; });
}

void ScriptVariables::clear() {
  const std::scoped_lock lock(mutex_);
  values_.clear();
  awaited_.clear();
}

std::uint64_t ScriptVariables::begin(const CallLine& line) {
  const std::scoped_lock lock(mutex_);
  awaited_.push_back({++lastTicket_, line.text, line.targets});
  return lastTicket_;
}

std::string ScriptVariables::awaited(std::string_view name) const {
  const std::scoped_lock lock(mutex_);
  for (const Awaited& call : awaited_) {
    if (std::ranges::find(call.targets, name) != call.targets.end()) return call.line;
  }
  return {};
}

void ScriptVariables::end(std::uint64_t ticket, const CallLine& line, std::string_view buffer,
                          CallOutcome& outcome) {
  const std::scoped_lock lock(mutex_);
  if (std::erase_if(awaited_, [&](const Awaited& call) { return call.ticket == ticket; }) == 0) return;
  if (outcome.filled && !buffer.empty()) set(std::string(buffer), CallBuffer{*outcome.filled});
  if (outcome.result) assign(line, outcome);
}

void ScriptVariables::assign(const CallLine& line, CallOutcome& outcome) {
  if (!line.unpacks) {
    if (!line.targets.empty()) set(line.targets.front(), *outcome.result);
    return;
  }
  if (auto fault = misfit(*outcome.result, line.targets.size())) {
    outcome.out.emplace_back("result", *std::move(outcome.result));
    outcome.result = std::unexpected(*std::move(fault));
    return;
  }
  const auto& items = *outcome.result->items();
  for (std::size_t i = 0; i < items.size(); ++i) set(line.targets[i], items[i]);
}

void ScriptVariables::set(const std::string& name, CallValue value) {
  if (name == kPassedOver) return;
  const auto found = std::ranges::find(values_, name, &std::pair<std::string, CallValue>::first);
  if (found != values_.end()) {
    found->second = std::move(value);
  } else {
    values_.emplace_back(name, std::move(value));
  }
}

}  // namespace sockbench
