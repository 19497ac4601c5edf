#include "ui/panels/calls/bench_runs.h"

#include <utility>

#include "core/calls/experiments/experiment_run.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/panels/calls/experiment_text.h"

namespace sockbench::ui {
namespace {

// The log is the engine's and outlives every call of the bench.
CallBenchSettings benchOf(EngineBridge* bridge) {
  return {.log = {std::shared_ptr<TrafficLog>(), &bridge->log()},
          .newSession = [bridge] { return bridge->newSessionId(); }};
}

}  // namespace

BenchRuns::BenchRuns(EngineBridge* bridge, CallsModel* model, QObject* parent)
    : QObject(parent), model_(model), calls_(new CallsBridge(benchOf(bridge), this)) {
  connect(calls_, &CallsBridge::callsTold, this, [this](const QList<CallNews>& news) {
    model_->take(news);
    if (run_ != 0) reached_ = news.back().key;
    emit told(news);
  });
  connect(calls_, &CallsBridge::runsEnded, this, [this](const QList<CallRunEnd>& runs) {
    for (const CallRunEnd& end : runs)
      if (end.run == run_) conclude();
  });
}

quint64 BenchRuns::line(const std::string& text) {
  const quint64 key = model_->append({text});
  calls_->run({{key, text}});
  return key;
}

void BenchRuns::all() {
  calls_->clear();
  model_->forgetAnswers(0);
  run(model_->lines(0));
}

void BenchRuns::from(int row) {
  if (row < 0) return;
  model_->forgetAnswers(row);
  run(model_->lines(row));
}

void BenchRuns::run(CallsBridge::Lines lines, CallsBridge::EndsWith endsWith) {
  running_.reset();
  reached_ = 0;
  if (!endsWith && keepGoing_) endsWith = [](const CallLine&, const CallOutcome&) { return false; };
  run_ = calls_->run(std::move(lines), std::move(endsWith));
  emit runBegan();
}

// Nothing of the person's is lost: neither lines nor sockets.
void BenchRuns::experiment(const Experiment& experiment) {
  std::vector<std::string> lines{"# " + std::string(experiment.title)};
  for (const CallLine& line : parseCallScript(experiment.script).value_or(CallScript()))
    lines.push_back(line.text);
  const int first = model_->rowCount();
  const quint64 key = model_->append(lines);
  run(model_->lines(first), [&experiment](const CallLine& line, const CallOutcome& outcome) {
    return endsExperiment(experiment, {line, outcome});
  });
  running_ = {&experiment, key, lines.size()};
  emit experimentBegan(&experiment);
}

void BenchRuns::conclude() {
  run_ = 0;
  if (!running_) return;
  const Running ran = *std::exchange(running_, std::nullopt);
  emit experimentEnded(
      ran.experiment, concludeExperiment(*ran.experiment, experimentSteps(*model_, ran.firstKey, ran.lines)));
}

void BenchRuns::remove(const QList<int>& rows) {
  for (const int row : rows)
    if (const CallRow* gone = model_->rowAt(row); gone && gone->state == CallRow::State::waiting)
      calls_->interrupt(gone->key);
  for (qsizetype end = rows.size(); end > 0;) {  // neighbours go together, the last ones first
    qsizetype begin = end - 1;
    while (begin > 0 && rows[begin - 1] == rows[begin] - 1) --begin;
    model_->remove(rows[begin], static_cast<int>(end - begin));
    end = begin;
  }
}

void BenchRuns::clear() {
  run_ = 0;
  running_.reset();
  calls_->clear();
  model_->clear();
}

int BenchRuns::reached() const {
  return run_ == 0 ? -1 : model_->rowOf(reached_);
}

SessionId BenchRuns::sessionOf(const CallRow& row) const {
  const Result<CallLine> line = parseCallLine(row.text);
  if (!line) return {};
  const std::string name = !line->on.empty() ? line->on : line->targets.empty() ? "" : line->targets.front();
  for (const CallVariable& variable : calls_->variables())
    if (variable.name == name && variable.socket) return variable.socket->session;
  return {};
}

}  // namespace sockbench::ui
