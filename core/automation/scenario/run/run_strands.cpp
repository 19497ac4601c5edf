#include <algorithm>
#include <utility>

#include "core/automation/scenario/run/run_loop.h"

namespace sockbench {
namespace {

// Then the others have their turn.
constexpr int kStepsATurn = 64;
constexpr std::size_t kMostFailures = 100;

}  // namespace

RunSession* Strand::session(std::string_view name) const {
  for (const Strand* strand = this; strand != nullptr; strand = strand->parent) {
    if (name.empty()) {
      if (strand->current != nullptr) return strand->current;
    } else if (const auto found = strand->names.find(name); found != strand->names.end()) {
      return found->second;
    }
  }
  return nullptr;
}

Strand& RunLoop::newStrand(Strand* parent, const std::vector<ScenarioStep>& steps, std::uint64_t client) {
  auto strand = std::make_unique<Strand>();
  strand->id = ++lastStrand_;
  strand->parent = parent;
  strand->client = client;
  strand->variables = parent != nullptr ? parent->variables : variables_;
  if (client > 0) strand->variables["client"] = std::to_string(client);
  strand->frames.push_back({.steps = &steps});
  Strand& made = *strand;
  strands_.emplace(made.id, std::move(strand));
  ready(made.id);
  return made;
}

void RunLoop::ready(StrandId id) {
  const auto strand = strands_.find(id);
  if (strand == strands_.end() || std::exchange(strand->second->isQueued, true)) return;
  ready_.push_back(id);
}

void RunLoop::wake(RunSession& session) {
  for (const StrandId id : std::exchange(session.waiting, {})) ready(id);
}

Acted RunLoop::waitFor(Strand& strand, RunSession& session) {
  auto& waiting = session.waiting;
  if (std::ranges::find(waiting, strand.id) == waiting.end()) waiting.push_back(strand.id);
  wakeAt(strand, strand.doing->deadline);
  return Acted::pending();
}

void RunLoop::wakeAt(Strand& strand, Clock::time_point when) {
  if (strand.timer && *strand.timer <= when) return;
  strand.timer = when;
  timers_.emplace(when, strand.id);
}

void RunLoop::advance(Strand& strand) {
  for (int i = 0; i < kStepsATurn; ++i) {
    if (strand.isOver || isOver_) return;
    if (strand.doing ? !settle(strand, act(strand)) : !beginNext(strand)) return;
  }
  ready(strand.id);
}

StepBegun RunLoop::nextBegun(const Strand& strand, const ScenarioStep* step,
                             const ScenarioState* state) const {
  return {step, state, outcome_.stepsDone + 1, strand.client, Clock::now() - begun_};
}

bool RunLoop::mayBegin(const Strand& strand, const StepBegun& next) {
  if (!paused_) return true;
  if (credits_ > 0) {
    --credits_;
    toldPause_ = false;
    return true;
  }
  gated_.push_back(strand.id);
  if (!std::exchange(toldPause_, true)) observer_.waitsBefore(next);
  return false;
}

bool RunLoop::beginNext(Strand& strand) {
  StepFrame& frame = strand.frames.back();
  if (frame.next >= frame.steps->size()) {
    if (leaveFrame(strand)) return true;
    const bool hasMore = strand.parent == nullptr && strand.expectation < scenario_.expectations.size();
    if (!hasMore) {
      endStrand(strand);
      return false;
    }
    const ScenarioState& state = scenario_.expectations[strand.expectation];
    if (!mayBegin(strand, nextBegun(strand, nullptr, &state))) return false;
    ++strand.expectation;
    ++begunExpectations_;
    begin(strand, nullptr, &state);
    return true;
  }
  const ScenarioStep& step = (*frame.steps)[frame.next];
  if (!mayBegin(strand, nextBegun(strand, &step, nullptr))) return false;
  ++frame.next;
  begunSteps_[step.index] = true;
  begin(strand, &step, nullptr);
  return true;
}

void RunLoop::begin(Strand& strand, const ScenarioStep* step, const ScenarioState* state) {
  if (outcome_.stepsDone + rounds_ >= scenario_.mostSteps)
    return fail("more than " + std::to_string(scenario_.mostSteps) + " steps were done (most-steps)");
  Doing doing;
  doing.step = step;
  doing.state = state;
  doing.begun = nextBegun(strand, step, state);
  ++outcome_.stepsDone;
  doing.since = Clock::now();
  const auto within = step != nullptr ? step->within : state->within;
  doing.deadline = doing.since + within.value_or(scenario_.timeLimit);
  observer_.stepBegan(doing.begun);
  strand.doing = std::move(doing);
}

bool RunLoop::settle(Strand& strand, Acted acted) {
  if (acted.state == Acted::State::pending) return false;
  if (acted.state == Acted::State::entered) return true;
  const Doing doing = *std::exchange(strand.doing, std::nullopt);
  const bool holds = acted.state == Acted::State::held;
  tellEnd(doing, holds ? StepOutcome::Verdict::held : StepOutcome::Verdict::failed, std::move(acted));
  if (!holds) failStrand(strand);
  return holds;
}

void RunLoop::tellEnd(const Doing& doing, StepOutcome::Verdict verdict, Acted acted) {
  StepOutcome outcome;
  outcome.begun = doing.begun;
  outcome.verdict = verdict;
  outcome.elapsed = Clock::now() - doing.since;
  if (doing.session != nullptr) {
    outcome.session = doing.session->id();
    outcome.sessionName = doing.session->name;
  }
  outcome.remark = std::move(acted.remark);
  outcome.problem = std::move(acted.problem);
  outcome.error = std::move(acted.error);
  outcome.expected = std::move(acted.expected);
  outcome.came = std::move(acted.came);
  outcome.difference = std::move(acted.difference);
  if (verdict == StepOutcome::Verdict::failed && !outcome.problem.empty()) {
    ++outcome_.stepsFailed;
    if (outcome_.failures.size() < kMostFailures) outcome_.failures.push_back(outcome);
  }
  observer_.stepEnded(outcome);
}

// False: it is the strand's own frame.
bool RunLoop::leaveFrame(Strand& strand) {
  StepFrame& frame = strand.frames.back();
  if (!frame.owner) return false;
  Acted acted = Acted::held({});
  if (frame.owner->step->verb == ScenarioStep::Verb::loop) {
    acted = nextRound(strand, *frame.owner);
    if (acted.state == Acted::State::pending) {
      frame.next = 0;
      return true;
    }
  } else if (!frame.owner->step->on.empty()) {
    strand.current = frame.currentBefore;
  }
  strand.doing = std::move(frame.owner);
  strand.frames.pop_back();
  settle(strand, std::move(acted));
  return true;
}

void RunLoop::failStrand(Strand& strand) {
  while (!strand.frames.empty()) {
    if (const auto& owner = strand.frames.back().owner) tellEnd(*owner, StepOutcome::Verdict::failed, {});
    strand.frames.pop_back();
  }
  strand.hasFailed = true;
  endStrand(strand);
}

void RunLoop::endStrand(Strand& strand) {
  strand.isOver = true;
  if (strand.parent == nullptr) return;
  for (const RunSession* session : strand.owned)
    if (!session->last()) engine_.close(session->id());
  over_.push_back(strand.id);
  Doing& parents = *strand.parent->doing;
  ++parents.clientsOver;
  if (strand.hasFailed) ++parents.clientsFailed;
  ready(strand.parent->id);
}

}  // namespace sockbench
