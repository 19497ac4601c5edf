#include "core/automation/scenario/step_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/automation/message_toml.h"
#include "core/automation/scenario/expect_reader.h"

namespace sockbench {
namespace {

using Verb = ScenarioStep::Verb;
using To = ScenarioReference::To;

constexpr std::array kVerbs{Verb::listen,        Verb::accept,      Verb::connect,  Verb::send,
                            Verb::expect,        Verb::wait,        Verb::close,    Verb::halfClose,
                            Verb::reset,         Verb::stopReading, Verb::set,      Verb::run,
                            Verb::resumeReading, Verb::loop,        Verb::parallel, Verb::check};

constexpr std::uint64_t kMostRounds = 1'000'000'000;

TomlPlace placeOf(TomlReader& in, std::string_view key) {
  const TomlValue* value = in.value(key);
  return value != nullptr ? value->place : in.place();
}

// A key that names something which has to be there.
std::string readName(TomlReader& in, std::string_view key, To to, StepReading& reading) {
  std::string name = in.text(key, {});
  if (in.has(key)) reading.references.push_back({to, name, placeOf(in, key)});
  return name;
}

// "on", or the name of an "as".
std::string readNewName(TomlReader& in, std::string_view key) {
  std::string name = in.text(key, {});
  if (in.has(key) && !isScenarioName(name))
    in.fail(key, "a name is of letters, digits, _ and -, at most 64, and begins with a letter or _");
  return name;
}

void readOn(TomlReader& in, ScenarioStep& step, StepReading& reading) {
  step.on = readName(in, "on", To::session, reading);
}

void readWithin(TomlReader& in, ScenarioStep& step) {
  if (in.has("within")) step.within = readTime(in, "within", {});
}

// close = true, or close = "NAME".
void readTarget(TomlReader& in, ScenarioStep& step, StepReading& reading) {
  const std::string_view key = verbName(step.verb);
  const TomlValue* value = in.value(key);
  if (const bool* flag = std::get_if<bool>(&value->data)) {
    if (!*flag) in.fail(key, "\"" + std::string(key) + "\" is true or a name, or it is left out");
  } else {
    step.on = readName(in, key, To::session, reading);
  }
}

void readOpening(TomlReader& in, ScenarioStep& step, To to, StepReading& reading) {
  step.target = readName(in, verbName(step.verb), to, reading);
  step.as = readNewName(in, "as");
  readWithin(in, step);
  if (step.verb == Verb::connect) step.fails = in.text("fails", {});
}

void readValues(TomlReader& in, ScenarioStep& step) {
  const TomlValue* value = in.value("set");
  in.table("set", [&](TomlReader& values) {
    for (const auto& [name, text] : values.tree().entries()) {
      if (!isScenarioName(name) || name == "client")
        values.failAt(text.place, "a variable cannot be named " + tomlQuoted(name));
      step.values.emplace_back(name, values.text(name));
      checkText(values, name, step.values.back().second);
    }
  });
  if (value->place.line != 0 && step.values.empty()) in.fail("set", "\"set\" names no variable");
}

void readRounds(TomlReader& in, ScenarioStep& step, StepReading& reading, int depth) {
  const bool isLoop = step.verb == Verb::loop;
  step.count = in.requiredInteger<std::uint64_t>(verbName(step.verb), isLoop ? 0 : 1,
                                                 isLoop ? kMostRounds : kMostParallelClients);
  if (isLoop && in.has("until")) {
    step.hasUntil = true;
    step.expect = readExpect(in, "until");
    readOn(in, step, reading);
    using Kind = ScenarioExpect::Kind;
    if (step.expect.kind == Kind::nothing) in.fail("until", "a loop cannot wait until nothing comes");
  }
  if (!isLoop) step.time = readTime(in, "every", {});
  if (!in.has("steps")) in.failAt(in.place(), "\"steps\" is missing");
  step.steps = readSteps(in, "steps", reading, depth + 1);
}

void readCheck(TomlReader& in, ScenarioStep& step, StepReading& reading) {
  if (!in.table("check", [&](TomlReader& state) { step.state = readState(state, reading); }))
    in.fail("check", "\"check\" must be a table");
  step.within = step.state.within;
}

void readArguments(TomlReader& in, ScenarioStep& step, StepReading& reading, int depth) {
  switch (step.verb) {
    case Verb::listen:
      return readOpening(in, step, To::listener, reading);
    case Verb::accept:
      return readOpening(in, step, To::acceptable, reading);
    case Verb::connect:
      return readOpening(in, step, To::connectable, reading);
    case Verb::send:
      step.message = messageAt(in, "send");
      readWithin(in, step);
      return readOn(in, step, reading);
    case Verb::expect:
      step.expect = readExpect(in, "expect");
      readWithin(in, step);
      return readOn(in, step, reading);
    case Verb::wait:
      step.time = readTime(in, "wait", {});
      return;
    case Verb::close:
    case Verb::halfClose:
    case Verb::reset:
    case Verb::stopReading:
    case Verb::resumeReading:
      return readTarget(in, step, reading);
    case Verb::set:
      return readValues(in, step);
    case Verb::run:
      step.target = readName(in, "run", To::sequence, reading);
      return readOn(in, step, reading);
    case Verb::loop:
    case Verb::parallel:
      return readRounds(in, step, reading, depth);
    case Verb::check:
      return readCheck(in, step, reading);
  }
}

ScenarioStep readStep(TomlReader& in, StepReading& reading, int depth) {
  ScenarioStep step;
  step.place = in.place();
  step.index = reading.count++;
  if (reading.count > kMostScenarioSteps)
    in.failAt(step.place, "a scenario has at most " + std::to_string(kMostScenarioSteps) + " steps");
  std::vector<std::string_view> given;
  for (const Verb verb : kVerbs) {
    if (!in.has(verbName(verb))) continue;
    step.verb = verb;
    given.push_back(verbName(verb));
  }
  step.name = in.text("name", {});
  if (given.size() == 1) {
    readArguments(in, step, reading, depth);
  } else if (given.size() > 1) {
    in.fail(given[1], "one step does one thing: " + std::string(given[0]) + " or " + std::string(given[1]));
  } else if (in.unknownKeys().empty()) {
    in.failAt(step.place, "a step needs a verb: send, expect, connect, ...");
  }
  return step;
}

std::optional<std::uint64_t> readCount(TomlReader& in, std::string_view key) {
  if (!in.has(key)) return std::nullopt;
  return in.integer<std::uint64_t>(key, 0);
}

}  // namespace

bool isScenarioName(std::string_view text) {
  const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto isPart = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.size() <= 64 && isLetter(text.front()) && std::ranges::all_of(text, isPart);
}

bool hasField(std::string_view text) {
  return text.find("{{") != std::string_view::npos;
}

std::chrono::nanoseconds readTime(TomlReader& in, std::string_view key, std::chrono::nanoseconds fallback) {
  const std::chrono::nanoseconds time = in.duration(key, fallback);
  if (time > kLongestScenarioTime) in.fail(key, tomlQuoted(key) + " is at most 24h");
  return time;
}

std::vector<ScenarioStep> readSteps(TomlReader& in, std::string_view key, StepReading& reading, int depth) {
  std::vector<ScenarioStep> steps;
  if (depth >= kDeepestScenarioSteps) {
    in.fail(key, "steps stand at most " + std::to_string(kDeepestScenarioSteps) + " deep in each other");
    return steps;
  }
  in.eachTable(key, [&](TomlReader& one) {
    if (one.ok()) steps.push_back(readStep(one, reading, depth));
  });
  return steps;
}

ScenarioState readState(TomlReader& in, StepReading& reading) {
  ScenarioState state;
  state.place = in.place();
  if (!in.has("session")) in.failAt(in.place(), "\"session\" is missing");
  state.session = readName(in, "session", To::session, reading);
  if (in.has("state")) {
    state.state = in.word<SessionState>("state", SessionState::closed,
                                        {{"listening", SessionState::listening},
                                         {"connected", SessionState::connected},
                                         {"half-closed", SessionState::halfClosed},
                                         {"closed", SessionState::closed},
                                         {"reset", SessionState::reset},
                                         {"failed", SessionState::failed}});
  }
  if (in.has("by")) state.by = in.word<Party>("by", Party::peer, {{"us", Party::us}, {"peer", Party::peer}});
  state.bytesIn = readCount(in, "bytes-in");
  state.bytesInLeast = readCount(in, "bytes-in-least");
  state.bytesOut = readCount(in, "bytes-out");
  state.accepted = readCount(in, "accepted");
  if (in.has("within")) state.within = readTime(in, "within", {});
  if (!state.state && !state.by && !state.bytesIn && !state.bytesInLeast && !state.bytesOut &&
      !state.accepted)
    in.failAt(in.place(), "nothing is expected: state, by, bytes-in, bytes-in-least, bytes-out or accepted");
  return state;
}

}  // namespace sockbench
