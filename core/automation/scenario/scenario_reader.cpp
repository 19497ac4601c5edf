#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "core/automation/scenario/expect_reader.h"
#include "core/automation/scenario/scenario.h"
#include "core/automation/scenario/step_reader.h"
#include "core/base/regular_file.h"
#include "core/base/words.h"
#include "core/toml/toml_reader.h"

namespace sockbench {
namespace {

using To = ScenarioReference::To;

constexpr std::size_t kMostEndpoints = 1'000;
constexpr std::size_t kMostSequences = 1'000;
constexpr std::size_t kMostVariables = 1'000;

std::string numberText(double number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

// {{peer.port}} is a field, so that an endpoint "peer" could not tell its port.
bool isFieldsPrefix(std::string_view name) {
  return std::ranges::any_of(messageFields(), [&](const MessageField& field) {
    return field.name.starts_with(std::string(name) + ".");
  });
}

class ScenarioReader {
 public:
  ScenarioReader(TomlReader& in, Scenario& scenario) : in_(in), scenario_(scenario) {}

  void read() {
    readHead();
    readVariables();
    in_.table("endpoints", [this](TomlReader& all) {
      all.eachNamedTable([this](const std::string& name, TomlReader& one) { readEndpoint(name, one); });
      if (scenario_.endpoints.size() > kMostEndpoints)
        all.failAt(all.place(), "there are too many endpoints");
    });
    in_.eachTable("sequences", [this](TomlReader& one) { readSequence(one); });
    scenario_.steps = readSteps(in_, "steps", reading_, 0);
    in_.eachTable("expectations",
                  [this](TomlReader& one) { scenario_.expectations.push_back(readState(one, reading_)); });
    scenario_.stepCount = reading_.count;
    if (in_.ok()) checkReferences();
    if (in_.ok()) checkDepths();
  }

 private:
  void readHead() {
    const std::string format = in_.text("format", kScenarioFormat);
    if (format != kScenarioFormat) in_.fail("format", "this is " + tomlQuoted(format) + ", not a scenario");
    const auto version = in_.requiredInteger<std::int64_t>("version");
    if (in_.ok() && version != kScenarioVersion)
      in_.fail("version",
               "this is a scenario of version " + std::to_string(version) + "; only version 1 can be read");
    scenario_.title = in_.text("title", {});
    scenario_.timeLimit = readTime(in_, "time-limit", scenario_.timeLimit);
    if (scenario_.timeLimit.count() == 0) in_.fail("time-limit", "\"time-limit\" must be more than nothing");
    scenario_.mostTime = readTime(in_, "most-time", {});
    scenario_.mostSteps = in_.integer<std::uint64_t>("most-steps", scenario_.mostSteps, 1, kMostStepsDone);
  }

  void readVariables() {
    in_.table("variables", [this](TomlReader& all) {
      if (all.tree().entries().size() > kMostVariables)
        return all.failAt(all.place(), "there are more than 1000 variables");
      for (const auto& [name, value] : all.tree().entries()) {
        if (!isScenarioName(name) || name == "client")
          all.failAt(value.place, "a variable cannot be named " + tomlQuoted(name));
        scenario_.variables.push_back({name, variableText(all, name, value), value.place});
        checkText(all, name, scenario_.variables.back().value);
      }
      if (scenario_.variables.size() > kMostVariables)
        all.failAt(all.place(), "there are too many variables");
    });
  }

  static std::string variableText(TomlReader& all, const std::string& name, const TomlValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value.data))
      return static_cast<void>(all.has(name)), std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&value.data))
      return static_cast<void>(all.has(name)), numberText(*number);
    if (const auto* flag = std::get_if<bool>(&value.data))
      return static_cast<void>(all.has(name)), *flag ? "true" : "false";
    return all.text(name);
  }

  void readEndpoint(const std::string& name, TomlReader& in) {
    ScenarioEndpoint endpoint;
    endpoint.name = name;
    endpoint.place = in.place();
    if (!isScenarioName(name) || isFieldsPrefix(name))
      in.failAt(in.place(), "an endpoint cannot be named " + tomlQuoted(name));
    endpoint.listens = in.has("listen");
    if (endpoint.listens == in.has("connect"))
      in.failAt(in.place(), "an endpoint has either \"listen\" or \"connect\"");
    readEndpointText(in, endpoint.listens ? "listen" : "connect", endpoint.endpoint);
    if (endpoint.listens) {
      endpoint.backlog = in.integer<int>("backlog", endpoint.backlog, 0);
      endpoint.responder = in.parsed<Responder>("respond", Responder::none, &readResponder);
    } else {
      endpoint.bind = in.text("bind", {});
    }
    endpoint.bufferBytes = in.integer<std::size_t>("buffer", endpoint.bufferBytes, 1, std::size_t{256} << 20);
    readOptions(in, endpoint);
    scenario_.endpoints.push_back(std::move(endpoint));
  }

  static void readEndpointText(TomlReader& in, std::string_view key, std::string& to) {
    to = in.text(key, {});
    if (!in.ok() || hasField(to)) return;
    if (const auto read = Endpoint::parse(to); !read) in.fail(key, read.error());
  }

  static Result<Responder> readResponder(std::string_view name) {
    if (const auto responder = findResponder(name)) return *responder;
    return std::unexpected(
        Error::fromInput(InputFault::unknownName, std::string(name), std::nullopt,
                         "there is no responder " + tomlQuoted(name) +
                             "; there is none, echo, discard, chargen, daytime, time, qotd"));
  }

  static void readOptions(TomlReader& in, ScenarioEndpoint& endpoint) {
    endpoint.options = in.texts("options");
    in.eachValue("options", [&](const TomlValue& value) {
      endpoint.optionPlaces.push_back(value.place);
      const auto* text = std::get_if<std::string>(&value.data);
      if (text == nullptr || hasField(*text)) return;
      if (const auto read = OptionSetting::parse(*text); !read)
        in.failAt(value.place, read.error().message());
    });
  }

  void readSequence(TomlReader& in) {
    ScenarioSequence sequence;
    sequence.place = in.place();
    sequence.name = in.text("name");
    if (in.ok() && !isScenarioName(sequence.name))
      in.fail("name", "a sequence cannot be named " + tomlQuoted(sequence.name));
    if (!sequences_.emplace(sequence.name, scenario_.sequences.size()).second)
      in.fail("name", "there are two sequences " + tomlQuoted(sequence.name));
    if (scenario_.sequences.size() >= kMostSequences)
      return in.failAt(in.place(), "there are more than 1000 sequences");
    sequence.steps = readSteps(in, "steps", reading_, 0);
    scenario_.sequences.push_back(std::move(sequence));
  }

  void checkReferences();
  void checkOne(const ScenarioReference& reference);
  void checkListener(const ScenarioReference& reference);
  void checkConnectable(const ScenarioReference& reference);
  void collectNames(const std::vector<ScenarioStep>& steps);
  void unknown(const ScenarioReference& reference, std::string_view what, const std::set<std::string>& names);
  void checkDepths();
  int depthOf(const std::vector<ScenarioStep>& steps, int above);
  int depthOf(const ScenarioSequence& sequence, int above);
  void failDepth();

  TomlReader& in_;
  Scenario& scenario_;
  StepReading reading_;
  std::map<std::string, std::size_t> sequences_;
  std::set<std::string> sessions_;     // that some step names
  std::map<std::string, int> depths_;  // of sequences; 0: it is being worked out
};

void ScenarioReader::collectNames(const std::vector<ScenarioStep>& steps) {
  using Verb = ScenarioStep::Verb;
  for (const ScenarioStep& step : steps) {
    const bool opens = step.verb == Verb::listen || step.verb == Verb::accept || step.verb == Verb::connect;
    if (opens) sessions_.insert(step.as.empty() ? step.target : step.as);
    collectNames(step.steps);
  }
}

void ScenarioReader::unknown(const ScenarioReference& reference, std::string_view what,
                             const std::set<std::string>& names) {
  const std::vector<std::string_view> words(names.begin(), names.end());
  const std::string_view nearest = nearestWord(reference.name, words);
  std::string said = "there is no " + std::string(what) + " named " + tomlQuoted(reference.name);
  if (!nearest.empty()) said += "; did you mean " + tomlQuoted(nearest) + "?";
  in_.failAt(reference.place, std::move(said));
}

void ScenarioReader::checkConnectable(const ScenarioReference& reference) {
  if (scenario_.endpoint(reference.name) != nullptr || hasField(reference.name)) return;
  if (reference.name.find(':') == std::string::npos) {
    std::set<std::string> names;
    for (const ScenarioEndpoint& endpoint : scenario_.endpoints) names.insert(endpoint.name);
    return unknown(reference, "endpoint", names);
  }
  if (const auto read = Endpoint::parse(reference.name); !read)
    in_.failAt(reference.place, read.error().message());
}

void ScenarioReader::checkOne(const ScenarioReference& reference) {
  std::set<std::string> names;
  switch (reference.to) {
    case To::connectable:
      return checkConnectable(reference);
    case To::sequence:
      if (sequences_.contains(reference.name)) return;
      for (const auto& [name, index] : sequences_) names.insert(name);
      return unknown(reference, "sequence", names);
    case To::session:
      if (!sessions_.contains(reference.name)) unknown(reference, "session", sessions_);
      return;
    case To::listener:
    case To::acceptable:
      return checkListener(reference);
  }
}

void ScenarioReader::checkListener(const ScenarioReference& reference) {
  const ScenarioEndpoint* endpoint = scenario_.endpoint(reference.name);
  if (endpoint == nullptr || !endpoint->listens) {
    std::set<std::string> names;
    for (const ScenarioEndpoint& one : scenario_.endpoints)
      if (one.listens) names.insert(one.name);
    unknown(reference, "endpoint that listens", names);
  } else if (reference.to == To::acceptable && endpoint->responder != Responder::none) {
    in_.failAt(reference.place, "what " + tomlQuoted(reference.name) +
                                    " accepts is answered by its responder, and is not for steps");
  }
}

void ScenarioReader::checkReferences() {
  collectNames(scenario_.steps);
  for (const ScenarioSequence& sequence : scenario_.sequences) collectNames(sequence.steps);
  for (const ScenarioReference& reference : reading_.references) {
    checkOne(reference);
    if (!in_.ok()) return;
  }
}

int ScenarioReader::depthOf(const ScenarioSequence& sequence, int above) {
  const auto [known, isNew] = depths_.emplace(sequence.name, 0);
  if (!isNew && known->second == 0)
    in_.failAt(sequence.place, "the sequence " + tomlQuoted(sequence.name) + " runs itself");
  if (!isNew || !in_.ok()) return known->second;
  const int depth = depthOf(sequence.steps, above);
  depths_[sequence.name] = depth;
  return depth;
}

// `above`: how deep the steps stand already.
int ScenarioReader::depthOf(const std::vector<ScenarioStep>& steps, int above) {
  if (above >= kDeepestScenarioSteps) failDepth();
  int deepest = 0;
  for (const ScenarioStep& step : steps) {
    if (!in_.ok()) break;
    if (step.verb == ScenarioStep::Verb::run)
      deepest = std::max(deepest, depthOf(scenario_.sequences[sequences_[step.target]], above + 1));
    deepest = std::max(deepest, depthOf(step.steps, above + 1));
  }
  return deepest + 1;
}

void ScenarioReader::failDepth() {
  in_.failAt({1, 1}, "steps and the sequences that they run stand more than " +
                         std::to_string(kDeepestScenarioSteps) + " deep in each other");
}

// Sequences first, so that one that runs itself is told as that.
void ScenarioReader::checkDepths() {
  for (const ScenarioSequence& sequence : scenario_.sequences)
    if (in_.ok()) depthOf(sequence, 0);
  if (in_.ok() && depthOf(scenario_.steps, 0) > kDeepestScenarioSteps) failDepth();
}

}  // namespace

Result<ScenarioPtr> readScenario(std::string_view text, std::string path) {
  if (text.size() > kMostScenarioBytes)
    return std::unexpected(Error::fromInput(InputFault::tooLarge, std::move(path), std::nullopt,
                                            "a scenario has at most 16 MiB"));
  const Result<TomlTable> table = readToml(text, path);
  if (!table) return std::unexpected(table.error());
  const auto scenario = std::make_shared<Scenario>();
  scenario->path = path;
  TomlReader in(*table, std::move(path), UnknownKeys::refused);
  ScenarioReader(in, *scenario).read();
  return in.finish(ScenarioPtr(scenario));
}

Result<ScenarioPtr> loadScenario(const std::string& path) {
  const Result<Bytes> bytes = readRegularFile(path, kMostScenarioBytes);
  if (!bytes) return std::unexpected(bytes.error());
  return readScenario(asChars(*bytes), path);
}

}  // namespace sockbench
