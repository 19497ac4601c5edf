#include "app/cli/calls_experiments.h"

#include "app/cli/json_output.h"
#include "app/cli/script_report.h"
#include "app/cli/text_table.h"
#include "core/calls/experiments/experiment_run.h"

namespace sockbench::cli {
namespace {

Json experimentToJson(const Experiment& experiment) {
  return {{"id", experiment.id},
          {"title", experiment.title},
          {"look_for", experiment.lookFor},
          {"needs", jsonTextOrNull(experiment.needs)},
          {"script", experiment.script}};
}

std::string verdictText(ExperimentVerdict verdict) {
  switch (verdict) {
    case ExperimentVerdict::asExpected:
      return "What happened, as expected:";
    case ExperimentVerdict::otherwise:
      return "What happened, otherwise than expected:";
    case ExperimentVerdict::notPossible:
      break;
  }
  return "It cannot be made here:";
}

void printConclusion(Context& context, const Experiment& experiment, const ExperimentConclusion& conclusion) {
  if (context.json) {
    context.print({{"experiment", experiment.id},
                   {"title", experiment.title},
                   {"look_for", experiment.lookFor},
                   {"verdict", experimentVerdictName(conclusion.verdict)},
                   {"conclusion", jsonTexts(conclusion.sentences)}});
    return;
  }
  std::string text = '\n' + verdictText(conclusion.verdict) + '\n';
  for (const std::string& sentence : conclusion.sentences) text += "- " + printable(sentence) + '\n';
  context.out.write(text);
}

}  // namespace

int listExperiments(Context& context) {
  if (context.json) {
    Json list = Json::array();
    for (const Experiment& experiment : experiments()) list.push_back(experimentToJson(experiment));
    context.print({{"experiments", std::move(list)}});
    return kDone;
  }
  TextTable table({"ID", "NEEDS", "WHAT IT SHOWS"});
  for (const Experiment& experiment : experiments())
    table.add({std::string(experiment.id), std::string(experiment.needs), std::string(experiment.title)});
  context.out.write(table.text());
  return kDone;
}

int runExperiment(Context& context, const std::string& id) {
  const Experiment* experiment = findExperiment(id);
  if (experiment == nullptr)
    return Context::wrongUsage("there is no experiment named " + id, "see calls --experiments");
  const std::size_t widest = widestCall(parseCallScript(experiment->script).value_or(CallScript()));
  if (!context.json) {
    context.out.write(std::string(experiment->title) + "\nLook for: " + std::string(experiment->lookFor) +
                      "\n\n" + reportTitles(widest));
  }
  const ExperimentRun run =
      sockbench::runExperiment(*experiment, [&](const ExperimentStep& step, const CallDesk& desk) {
        context.out.write(context.json ? outcomeJson(step.line, step.outcome, desk) + '\n'
                                       : outcomeRow(step.line, step.outcome, widest));
      });
  printConclusion(context, *experiment, run.conclusion);
  return run.conclusion.verdict == ExperimentVerdict::asExpected ? kDone : kSaidNo;
}

}  // namespace sockbench::cli
