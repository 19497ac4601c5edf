#include "core/automation/plan_toml.h"

#include "core/automation/pattern_toml.h"
#include "core/base/duration_text.h"

namespace sockbench {
namespace {

using Start = SendPlan::Start;

void readStart(TomlReader& in, SendPlan& plan) {
  const TomlValue* value = in.value("start");
  if (value == nullptr) return;
  if (std::holds_alternative<std::string>(value->data)) {
    plan.start = in.word<Start>("start", Start::now, {{"now", Start::now}, {"connected", Start::connected}});
  } else {
    plan.start = Start::received;
    plan.match = patternAt(in, "start");
  }
}

}  // namespace

TomlTable toToml(const SendPlan& plan) {
  TomlTable table;
  const auto time = [&table](std::string_view key, std::chrono::nanoseconds value) {
    if (value.count() > 0) table.set(key, durationText(value));
  };
  const auto number = [&table](std::string_view key, std::uint64_t value, std::uint64_t usual) {
    if (value != usual) table.set(key, static_cast<std::int64_t>(value));
  };
  if (plan.start == Start::connected) table.set("start", "connected");
  if (plan.start == Start::received) table.set("start", toTomlTable(plan.match));
  number("count", plan.count, 1);
  time("interval", plan.interval);
  time("jitter", plan.jitter);
  if (plan.duration) table.set("duration", durationText(*plan.duration));
  if (plan.until) table.set("until", toToml(*plan.until));
  number("rate", plan.bytesPerSecond, 0);
  number("piece", plan.pieceBytes, 0);
  time("gap", plan.pieceGap);
  return table;
}

SendPlan planIn(TomlReader& in) {
  SendPlan plan;
  readStart(in, plan);
  plan.count = in.integer("count", plan.count);
  plan.interval = in.duration("interval", plan.interval);
  plan.jitter = in.duration("jitter", plan.jitter);
  if (in.has("duration")) plan.duration = in.requiredDuration("duration");
  if (in.has("until")) plan.until = patternAt(in, "until");
  plan.bytesPerSecond = in.integer("rate", plan.bytesPerSecond);
  plan.pieceBytes = in.integer("piece", plan.pieceBytes);
  plan.pieceGap = in.duration("gap", plan.pieceGap);
  return plan;
}

}  // namespace sockbench
