#include <algorithm>
#include <memory>
#include <utility>

#include "app/cli/command_line.h"
#include "app/cli/input_error.h"
#include "app/cli/json_output.h"
#include "app/cli/junit.h"
#include "app/cli/scenario_report.h"
#include "app/cli/stop_signals.h"
#include "app/cli/verbs/verbs.h"
#include "app/cli/whole_file.h"
#include "core/automation/scenario/scenario_run.h"
#include "core/base/nearest_name.h"

namespace sockbench::cli {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{20};

struct RunVerbOptions {
  std::vector<std::string> files;
  std::vector<std::string> variables;
  std::string junit;
  std::string limit;
  std::string speed;
  bool check = false;
};

// Tells of a file that is no scenario.
int notScenario(Context& context, const Error& error) {
  if (context.json) {
    context.print({{"error", errorToJson(error)}});
  } else {
    const std::string text =
        "sockbench-cli: " + printable(error.subject) + ": " + printable(error.message()) + "\n";
    static_cast<void>(Output(STDERR_FILENO).write(text));
  }
  return kWrongUsage;
}

// One scenario after the other.
class ScenarioRuns {
 public:
  ScenarioRuns(Context& context, ScenarioSettings settings)
      : context_(context), settings_(std::move(settings)) {
    stop_.watchReader(STDOUT_FILENO);
  }

  // False: a signal came, or nobody reads any more.
  bool run(const ScenarioPtr& scenario) {
    Engine engine({.workers = 0, .log = {}, .wake = [this] { stop_.notify(); }});
    reports_.push_back(std::make_unique<ScenarioReport>(scenario, context_.json, [this] { stop_.notify(); }));
    ScenarioReport& report = *reports_.back();
    ScenarioRun run(engine, scenario, settings_, &report);
    run.start();
    while (!report.isOver() && !stopped_) {
      const StopSignals::Woken woken = stop_.wait();
      engine.log().acknowledge();
      static_cast<void>(engine.events().drain());
      stop_.write(context_.out, report.take());
      stopped_ = woken == StopSignals::Woken::signalled || woken == StopSignals::Woken::readerGone;
    }
    if (stopped_) {
      run.stop();
      while (!report.waitUntilOver(kBetweenLooks)) stop_.write(context_.out, report.take());
    }
    run.waitUntilEnded();
    stop_.write(context_.out, report.take());
    return !stopped_;
  }

  bool allHeld() const {
    return !stopped_ && std::ranges::all_of(reports_, [](const auto& report) {
      return report->outcome().verdict == ScenarioOutcome::Verdict::held;
    });
  }
  const std::vector<std::unique_ptr<ScenarioReport>>& reports() const { return reports_; }

 private:
  Context& context_;
  const ScenarioSettings settings_;
  StopSignals stop_;
  std::vector<std::unique_ptr<ScenarioReport>> reports_;
  bool stopped_ = false;
};

// NAME=VALUE of --var; a name that no scenario has is a slip.
int takeVariables(ScenarioSettings& settings, const RunVerbOptions& given,
                  const std::vector<ScenarioPtr>& scenarios) {
  std::vector<std::string_view> names;
  for (const ScenarioPtr& scenario : scenarios)
    for (const ScenarioVariable& variable : scenario->variables) names.push_back(variable.name);
  for (const std::string& text : given.variables) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      return Context::wrongUsage("--var \"" + text + "\" has no value", "write it as --var port=6379");
    const std::string name = text.substr(0, equals);
    if (std::ranges::find(names, name) == names.end())
      return Context::wrongUsage("no scenario has a variable \"" + name + "\"" + didYouMean(name, names),
                                 "variables stand under [variables] in the file");
    settings.variables[name] = text.substr(equals + 1);
  }
  return kDone;
}

int takeNumbers(ScenarioSettings& settings, const RunVerbOptions& given) {
  if (!given.limit.empty()) settings.mostTime = parseSeconds(given.limit).value_or(settings.mostTime);
  if (given.speed.empty()) return kDone;
  if (given.speed == "0") {
    settings.speed = 0;
    return kDone;
  }
  const auto speed = parseSeconds(given.speed);  // a number as they are
  if (!speed)
    return Context::wrongUsage("--speed \"" + given.speed + "\" is no number of 0 or more",
                               "2 is twice as fast, 0 waits not at all");
  settings.speed = std::chrono::duration<double>(*speed).count();
  return kDone;
}

int tellGood(Context& context, const std::vector<ScenarioPtr>& scenarios) {
  for (const ScenarioPtr& scenario : scenarios) {
    if (context.json) {
      context.print({{"scenario", jsonText(scenario->path)},
                     {"title", jsonTextOrNull(scenario->title)},
                     {"steps", scenario->stepCount},
                     {"expectations", scenario->expectations.size()}});
    } else {
      context.out.write(printable(scenario->path) + ": " + std::to_string(scenario->stepCount) + " steps\n");
    }
  }
  return kDone;
}

int runRun(Context& context, const RunVerbOptions& given) {
  std::vector<ScenarioPtr> scenarios;
  for (const std::string& file : given.files) {
    Result<ScenarioPtr> scenario = loadScenario(file);
    if (!scenario) return notScenario(context, scenario.error());
    scenarios.push_back(std::move(*scenario));
  }
  ScenarioSettings settings;
  if (const int status = takeVariables(settings, given, scenarios); status != kDone) return status;
  if (const int status = takeNumbers(settings, given); status != kDone) return status;
  if (given.check) return tellGood(context, scenarios);
  ScenarioRuns runs(context, std::move(settings));
  for (const ScenarioPtr& scenario : scenarios)
    if (!runs.run(scenario)) break;
  if (!given.junit.empty())
    if (const auto written = writeWholeFile(given.junit, junitDocument(runs.reports())); !written)
      return context.fail(written.error());
  return runs.allHeld() ? kDone : kSaidNo;
}

}  // namespace

void addRunVerb(CLI::App& app, Context& context) {
  const auto given = std::make_shared<RunVerbOptions>();
  CLI::App* verb = addVerb(app, context, "run",
                           "Run scenarios: 0 if every expectation held, 1 if not, 2 if a file is no scenario",
                           [&context, given] { return runRun(context, *given); });
  verb->add_option("FILE", given->files, "Scenarios, in TOML")->required()->type_name("FILE...");
  addRepeatable(*verb, "--var", given->variables, "Give a variable of the scenario another value")
      ->type_name("NAME=VALUE");
  addOption(*verb, "--junit", given->junit, "Write what came of it as JUnit's XML")->type_name("OUT");
  addOption(*verb, "--for", given->limit, "Give a scenario up after so many seconds")->check(isSeconds());
  addOption(*verb, "--speed", given->speed, "Wait so many times shorter in wait steps; 0: not at all")
      ->type_name("FACTOR");
  verb->add_flag("--check", given->check, "Only read the files; run nothing");
}

}  // namespace sockbench::cli
