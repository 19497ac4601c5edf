#include "ui/panels/calls/experiment_text.h"

#include <QCoreApplication>
#include <QStringList>

#include "core/payload/visible_text.h"

namespace sockbench::ui {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Calls)
};

QString verdictText(ExperimentVerdict verdict) {
  switch (verdict) {
    case ExperimentVerdict::asExpected:
      return Words::tr("What happened here:");
    case ExperimentVerdict::otherwise:
      return Words::tr("What happened here is something else:");
    case ExperimentVerdict::notPossible:
      return Words::tr("It is not possible here:");
  }
  return {};
}

}  // namespace

QString experimentIntroduction(const Experiment& experiment) {
  return Words::tr("%1. Look for: %2").arg(toQString(experiment.title), toQString(experiment.lookFor));
}

QString conclusionText(const ExperimentConclusion& conclusion) {
  QStringList sentences{verdictText(conclusion.verdict)};
  for (const std::string& sentence : conclusion.sentences) sentences += toQString(visibleText(sentence));
  return sentences.join(QLatin1Char(' '));
}

std::vector<ExperimentStep> experimentSteps(const CallsModel& model, quint64 firstKey, std::size_t count) {
  std::vector<ExperimentStep> steps;
  for (quint64 key = firstKey; key < firstKey + count; ++key) {
    const CallRow* row = model.rowAt(model.rowOf(key));
    if (row == nullptr || (!row->outcome && !row->error)) continue;
    const Result<CallLine> line = parseCallLine(row->text);
    if (line) steps.push_back({*line, row->outcome ? *row->outcome : refusedOutcome(*row->error)});
  }
  return steps;
}

}  // namespace sockbench::ui
