#include "core/automation/sequence/steps_toml.h"

#include <algorithm>
#include <map>

#include "core/automation/message_toml.h"
#include "core/automation/pattern_toml.h"
#include "core/base/duration_text.h"

namespace sockbench {
namespace {

using Kind = SessionStep::Kind;

constexpr Kind kVerbs[] = {Kind::send,  Kind::wait,        Kind::expect,        Kind::close, Kind::halfClose,
                           Kind::reset, Kind::stopReading, Kind::resumeReading, Kind::run};

void readArguments(TomlReader& in, SessionStep& step) {
  const std::string_view verb = stepName(step.kind);
  switch (step.kind) {
    case Kind::send:
      step.message = messageAt(in, verb);
      return;
    case Kind::wait:
      step.time = in.requiredDuration(verb);
      return;
    case Kind::expect:
      step.pattern = patternAt(in, verb);
      step.time = in.duration("within", kDefaultWithin);
      return;
    case Kind::run:
      step.name = in.text(verb);
      return;
    case Kind::close:
    case Kind::halfClose:
    case Kind::reset:
    case Kind::stopReading:
    case Kind::resumeReading:
      if (!in.flag(verb, true)) in.fail(verb, "it is true, or the step is left out");
  }
}

// How deep each sequence goes, worked out once.
class SequenceDepths {
 public:
  explicit SequenceDepths(const std::vector<Sequence>& sequences) {
    for (const Sequence& sequence : sequences) {
      if (!byName_.emplace(sequence.name, &sequence).second)
        fail("there are two sequences \"" + sequence.name + "\"");
    }
  }

  // `above`: how many run it. 1: it runs no other.
  int of(const std::string& name, int above) {
    if (fault) return 1;
    const auto sequence = byName_.find(name);
    if (sequence == byName_.end()) return fail("there is no sequence \"" + name + "\"");
    const auto [known, isNew] = depths_.emplace(name, kUnderWay);
    if (!isNew && known->second == kUnderWay) return fail("the sequence \"" + name + "\" runs itself");
    if (above >= kDeepestSequence) return failDepth(name);
    if (isNew) known->second = 1 + deepestRunBy(*sequence->second, above + 1);
    return known->second > kDeepestSequence ? failDepth(name) : known->second;
  }

  std::optional<std::string> fault{};

 private:
  static constexpr int kUnderWay = 0;

  int deepestRunBy(const Sequence& sequence, int above) {
    int deepest = 0;
    for (const SessionStep& step : sequence.steps) {
      if (step.kind == Kind::run) deepest = std::max(deepest, of(step.name, above));
    }
    return deepest;
  }
  int fail(std::string said) {
    if (!fault) fault = std::move(said);
    return 1;
  }
  int failDepth(const std::string& name) {
    return fail("sequences run each other more than " + std::to_string(kDeepestSequence) + " deep at \"" +
                name + "\"");
  }

  std::map<std::string, const Sequence*> byName_;
  std::map<std::string, int> depths_;
};

}  // namespace

TomlTable toToml(const SessionStep& step) {
  TomlTable table;
  table.setInline(true);
  const std::string_view verb = stepName(step.kind);
  switch (step.kind) {
    case Kind::send:
      table.set(verb, toToml(step.message));
      break;
    case Kind::wait:
      table.set(verb, durationText(step.time));
      break;
    case Kind::expect:
      table.set(verb, toToml(step.pattern));
      if (step.time != kDefaultWithin) table.set("within", durationText(step.time));
      break;
    case Kind::run:
      table.set(verb, step.name);
      break;
    case Kind::close:
    case Kind::halfClose:
    case Kind::reset:
    case Kind::stopReading:
    case Kind::resumeReading:
      table.set(verb, true);
  }
  return table;
}

TomlArray toToml(const std::vector<SessionStep>& steps) {
  TomlArray array;
  for (const SessionStep& step : steps) array.emplace_back(toToml(step));
  return array;
}

TomlTable toToml(const Sequence& sequence) {
  TomlTable table;
  table.set("name", sequence.name);
  table.set("steps", toToml(sequence.steps));
  return table;
}

std::optional<SessionStep> stepIn(TomlReader& in) {
  std::optional<SessionStep> step;
  for (const Kind kind : kVerbs) {
    const std::string_view verb = stepName(kind);
    if (!in.has(verb)) continue;
    if (step) {
      in.fail(verb,
              "one step does one thing: " + std::string(stepName(step->kind)) + " or " + std::string(verb));
      return step;
    }
    step.emplace().kind = kind;
  }
  if (step) readArguments(in, *step);
  return step;
}

std::vector<SessionStep> stepsAt(TomlReader& in, std::string_view key) {
  std::vector<SessionStep> steps;
  in.eachTable(key, [&](TomlReader& table) {
    if (auto step = stepIn(table)) {
      steps.push_back(std::move(*step));
    } else if (const auto unknown = table.unknownKeys(); unknown.empty()) {
      table.failAt(table.place(), "a step says what is done: send, wait, close, ...");
    }
  });
  return steps;
}

Sequence sequenceIn(TomlReader& in) {
  Sequence sequence;
  sequence.name = in.text("name");
  if (in.ok() && sequence.name.empty()) in.fail("name", "a sequence needs a name");
  sequence.steps = stepsAt(in, "steps");
  return sequence;
}

std::optional<std::string> faultOf(const std::vector<Sequence>& sequences) {
  SequenceDepths depths(sequences);
  for (const Sequence& sequence : sequences) depths.of(sequence.name, 0);
  return depths.fault;
}

}  // namespace sockbench
