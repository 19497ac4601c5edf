#include "core/calls/experiments/experiment_facts.h"

#include <linux/tcp.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "core/net/tcp_state.h"

namespace sockbench {
namespace {}  // namespace

ExperimentFacts::Found ExperimentFacts::find(std::string_view variable) const {
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    const auto& targets = step->line.targets;
    const auto target = std::ranges::find(targets, variable);
    if (target == targets.end()) continue;
    Found found{&step->outcome, std::nullopt};
    if (targets.size() > 1) found.part = static_cast<std::size_t>(target - targets.begin());
    return found;
  }
  return {};
}

bool ExperimentFacts::done(std::string_view variable) const {
  const Found found = find(variable);
  return found.outcome != nullptr && found.outcome->result.has_value();
}

CallValue ExperimentFacts::value(std::string_view variable) const {
  if (!done(variable)) return {};
  const Found found = find(variable);
  const CallValue& whole = *found.outcome->result;
  if (!found.part) return whole;
  const auto* items = whole.items();
  return items != nullptr && *found.part < items->size() ? (*items)[*found.part] : CallValue();
}

Bytes ExperimentFacts::bytes(std::string_view variable) const {
  const CallValue found = value(variable);
  const auto* bytes = found.as<Bytes>();
  return bytes != nullptr ? *bytes : Bytes();
}

std::int64_t ExperimentFacts::number(std::string_view variable, std::int64_t otherwise) const {
  const CallValue found = value(variable);
  const auto* number = found.as<std::int64_t>();
  return number != nullptr ? *number : otherwise;
}

std::int64_t ExperimentFacts::item(std::string_view variable, std::size_t index) const {
  const CallValue found = value(variable);
  const auto* items = found.items();
  if (items == nullptr || index >= items->size()) return -1;
  const auto* number = (*items)[index].as<std::int64_t>();
  return number != nullptr ? *number : -1;
}

std::string ExperimentFacts::symbol(std::string_view variable) const {
  const Found found = find(variable);
  if (found.outcome == nullptr || found.outcome->result) return {};
  const CallFault& fault = found.outcome->result.error();
  const std::string symbol = fault.symbol();
  return symbol.empty() ? fault.message : symbol;
}

std::chrono::nanoseconds ExperimentFacts::duration(std::string_view variable) const {
  const Found found = find(variable);
  return found.outcome != nullptr ? found.outcome->duration : std::chrono::nanoseconds();
}

std::string ExperimentFacts::shown(std::string_view variable) const {
  const Found found = find(variable);
  if (found.outcome == nullptr) return "nothing: it was not called";
  if (found.outcome->result) return value(variable).repr();
  const std::string symbol = found.outcome->result.error().symbol();
  const std::string& message = found.outcome->result.error().message;
  return symbol.empty() ? message : symbol + " (" + message + ")";
}

std::string ExperimentFacts::tcpState(std::string_view variable) const {
  const Bytes info = bytes(variable);
  if (info.empty()) return {};
  return std::string(kernelTcpStateName(static_cast<std::uint8_t>(info.front())));
}

std::optional<std::uint32_t> ExperimentFacts::tcpNumber(std::string_view variable, std::size_t offset) const {
  const Bytes info = bytes(variable);
  std::uint32_t number = 0;
  if (info.size() < offset + sizeof number) return std::nullopt;
  std::memcpy(&number, info.data() + offset, sizeof number);
  return number;
}

std::optional<std::uint32_t> ExperimentFacts::tcpUnacked(std::string_view variable) const {
  return tcpNumber(variable, offsetof(tcp_info, tcpi_unacked));
}

std::optional<std::uint32_t> ExperimentFacts::tcpDataSegmentsOut(std::string_view variable) const {
  return tcpNumber(variable, offsetof(tcp_info, tcpi_data_segs_out));
}

std::string shownDuration(std::chrono::nanoseconds duration) {
  const double seconds = std::chrono::duration<double>(duration).count();
  std::array<char, 64> text{};
  if (seconds >= 1)
    std::snprintf(text.data(), text.size(), "%.2f s", seconds);
  else
    std::snprintf(text.data(), text.size(), "%.2f ms", seconds * 1000);
  return text.data();
}

std::string bytesText(const Bytes& bytes) {
  return CallValue(bytes).repr();
}

}  // namespace sockbench
