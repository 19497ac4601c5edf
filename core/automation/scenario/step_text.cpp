#include <array>
#include <cstdint>

#include "core/automation/scenario/scenario.h"
#include "core/base/duration_text.h"
#include "core/payload/escapes.h"
#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

using Verb = ScenarioStep::Verb;
using Kind = ScenarioExpect::Kind;

constexpr std::size_t kMostCharacters = 60;

std::string quoted(std::string_view text) {
  return "\"" + previewText(asBytes(text), kMostCharacters) + "\"";
}

// A text that may have escapes of its own, and characters that would need them: alike.
std::string quotedBody(std::string_view body) {
  const auto bytes = unescape(body);
  return quoted(escape(bytes ? ByteView(*bytes) : asBytes(body)));
}

std::string messageText(const MessageSpec& message) {
  if (message.form == MessageForm::text) return quotedBody(message.body);
  return std::string(messageFormName(message.form)) + " " + quoted(message.body);
}

std::string expectText(const ScenarioExpect& expect) {
  const std::string kind(expectKindName(expect.kind));
  switch (expect.kind) {
    case Kind::text:
      return quotedBody(expect.pattern.text);
    case Kind::hex:
    case Kind::regex:
      return kind + " " + quoted(expect.pattern.text);
    case Kind::exactly:
      return kind + " " + messageText(expect.bytes);
    case Kind::length:
      return std::to_string(expect.length) + " bytes";
    case Kind::closed:
    case Kind::reset:
      return kind;
    case Kind::nothing:
      return "nothing for " + durationText(expect.time);
  }
  std::unreachable();
}

std::string setText(const ScenarioStep& step) {
  std::string text;
  for (const auto& [name, value] : step.values) {
    if (text.size() > 2 * kMostCharacters) return text + ", \u2026";
    text += (text.empty() ? " " : ", ") + name + " = " + quotedBody(value);
  }
  return text;
}

std::string arguments(const ScenarioStep& step) {
  switch (step.verb) {
    case Verb::listen:
    case Verb::accept:
    case Verb::connect:
      return " " + previewText(asBytes(step.target), kMostCharacters) +
             (step.as.empty() ? "" : " as " + step.as) + (step.fails.empty() ? "" : ", fails: " + step.fails);
    case Verb::send:
      return " " + messageText(step.message);
    case Verb::expect:
      return " " + expectText(step.expect);
    case Verb::wait:
      return " " + durationText(step.time);
    case Verb::set:
      return setText(step);
    case Verb::run:
      return " " + step.target;
    case Verb::loop:
      return step.hasUntil ? " until " + expectText(step.expect)
                           : " " + std::to_string(step.count) + (step.count == 1 ? " time" : " times");
    case Verb::parallel:
      return " " + std::to_string(step.count) + (step.count == 1 ? " client" : " clients");
    case Verb::check:
      return " " + step.state.session;
    case Verb::close:
    case Verb::halfClose:
    case Verb::reset:
    case Verb::stopReading:
    case Verb::resumeReading:
      return "";
  }
  std::unreachable();
}

}  // namespace

std::string stepText(const ScenarioStep& step) {
  std::string text = std::string(verbName(step.verb)) + arguments(step);
  if (!step.on.empty()) text += " on " + previewText(asBytes(step.on), kMostCharacters);
  return text;
}

std::string stateText(const ScenarioState& state) {
  std::string text = "check " + previewText(asBytes(state.session), kMostCharacters);
  if (state.state) text += " " + std::string(sessionStateName(*state.state));
  if (state.by) text += " by " + std::string(partyName(*state.by));
  return text;
}

}  // namespace sockbench
