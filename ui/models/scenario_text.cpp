#include "ui/models/scenario_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kMostTold = 20;

struct ScenarioWords {
  Q_DECLARE_TR_FUNCTIONS(ScenarioWords)
};

QString problemText(const StepOutcome& step) {
  QString text = toQString(step.problem);
  if (step.error)
    text += QStringLiteral(": %1 %2").arg(shownText(step.error->symbol()), shownText(step.error->message()));
  return text;
}

QString what(const StepOutcome& step) {
  const StepBegun& begun = step.begun;
  return toQString(begun.step ? stepText(*begun.step) : sockbench::stateText(*begun.state));
}

QString heldText(const ScenarioOutcome& outcome) {
  const std::uint64_t held = outcome.stepsDone - std::min(outcome.stepsFailed, outcome.stepsDone);
  return ScenarioWords::tr("%1 of %n step(s) held in %2", nullptr, pluralNumber(outcome.stepsDone))
      .arg(formatCount(held), formatDuration(outcome.elapsed));
}

// Where, and what was done: over each failure's lines.
QString headOf(const StepOutcome& step) {
  QString text = ScenarioWords::tr("line %1: %2").arg(step.begun.place().line).arg(what(step));
  if (step.begun.client > 0) text += ScenarioWords::tr(" (client %1)").arg(formatCount(step.begun.client));
  return text;
}

}  // namespace

QString scenarioSummary(const ScenarioOutcome& outcome) {
  if (outcome.verdict == ScenarioOutcome::Verdict::held) return heldText(outcome);
  if (outcome.verdict == ScenarioOutcome::Verdict::stopped)
    return ScenarioWords::tr("Stopped: %1").arg(heldText(outcome));
  if (outcome.failures.empty()) {
    QString text = toQString(outcome.problem);
    if (outcome.error)
      text += QStringLiteral(": %1 %2").arg(shownText(outcome.error->symbol()),
                                            shownText(outcome.error->message()));
    return text;
  }
  const StepOutcome& first = outcome.failures.front();
  QString text = ScenarioWords::tr("Step %1, line %2: %3")
                     .arg(formatCount(first.begun.number))
                     .arg(first.begun.place().line)
                     .arg(problemText(first));
  if (!first.expected.empty())
    text += ScenarioWords::tr(" \u2013 expected %1, came %2")
                .arg(toQString(first.expected), toQString(first.came));
  return text;
}

QString scenarioDifferences(const ScenarioOutcome& outcome) {
  QStringList lines;
  std::size_t told = 0;
  for (const StepOutcome& step : outcome.failures) {
    if (++told > kMostTold) {
      lines << ScenarioWords::tr("and %n more", nullptr, pluralNumber(outcome.failures.size() - kMostTold));
      break;
    }
    lines << headOf(step) << problemText(step);
    if (!step.expected.empty()) lines << ScenarioWords::tr("expected: %1").arg(toQString(step.expected));
    if (!step.came.empty()) lines << ScenarioWords::tr("came:     %1").arg(toQString(step.came));
    if (!step.difference.empty()) lines << QString() << toQString(step.difference).trimmed();
    lines << QString();
  }
  while (!lines.isEmpty() && lines.last().isEmpty()) lines.removeLast();
  if (lines.isEmpty() && outcome.verdict == ScenarioOutcome::Verdict::failed) return scenarioSummary(outcome);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace sockbench::ui
