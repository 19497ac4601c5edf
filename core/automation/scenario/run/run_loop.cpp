#include "core/automation/scenario/run/run_loop.h"

#include <algorithm>
#include <utility>

#include "core/automation/scenario/run/step_texts.h"

namespace sockbench {
namespace {

constexpr auto kLastSending = std::chrono::seconds(2);
constexpr auto kBetweenLooks = std::chrono::milliseconds(5);

std::string secondsText(std::chrono::nanoseconds time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()) + " ms";
}

}  // namespace

RunLoop::RunLoop(Engine& engine, const Scenario& scenario, const ScenarioSettings& settings,
                 ScenarioObserver& observer, std::shared_ptr<Mailbox> mailbox)
    : engine_(engine),
      scenario_(scenario),
      settings_(settings),
      observer_(observer),
      mailbox_(std::move(mailbox)),
      paused_(settings.paused),
      begunSteps_(scenario.stepCount) {
  for (const std::chrono::nanoseconds most : {scenario.mostTime, settings.mostTime})
    if (most.count() > 0) deadline_ = std::min(deadline_.value_or(begun_ + most), begun_ + most);
  for (const ScenarioSequence& sequence : scenario.sequences) sequences_.emplace(sequence.name, &sequence);
}

bool RunLoop::prepare() {
  FieldValues values;
  values.variables = &variables_;
  values.secret = settings_.secret;
  for (const ScenarioVariable& variable : scenario_.variables) {
    if (const auto given = settings_.variables.find(variable.name); given != settings_.variables.end()) {
      variables_[variable.name] = given->second;
      continue;
    }
    values.seed = freshSeed();
    const auto bytes = messageBytes(textMessage(variable.value), values, scenario_.folder());
    if (!bytes) {
      const Error error = tomlError(scenario_.path, variable.place, bytes.error().message());
      fail("the variable \"" + variable.name + "\": " + error.message(), error);
      return false;
    }
    variables_[variable.name] = asChars(*bytes);
  }
  return true;
}

ScenarioOutcome RunLoop::run() {
  observer_.stateChanged(paused_ ? ScenarioRunState::paused : ScenarioRunState::running);
  if (prepare()) {
    const Strand& main = newStrand(nullptr, scenario_.steps, 0);
    while (!isOver_ && !main.isOver) turn();
    if (!isOver_ && main.hasFailed) outcome_.verdict = ScenarioOutcome::Verdict::failed;
  }
  giveUp();
  closeEverything();
  closeStrangers(mailbox_->shut());
  return outcome();
}

void RunLoop::turn() {
  const Clock::time_point now = Clock::now();
  if (deadline_ && now >= *deadline_)
    return fail("the whole was not done within " + secondsText(*deadline_ - begun_));
  handle(mailbox_->wait(ready_.empty() ? nextWake() : now));
  wakeDue(Clock::now());
  for (std::size_t n = ready_.size(); n > 0 && !isOver_; --n) {
    const StrandId id = ready_.front();
    ready_.pop_front();
    const auto strand = strands_.find(id);
    if (strand == strands_.end()) continue;
    strand->second->isQueued = false;
    advance(*strand->second);
  }
  for (const StrandId id : std::exchange(over_, {})) strands_.erase(id);
}

RunSession* RunLoop::sessionOf(const std::shared_ptr<SessionLink>& link) {
  if (const auto known = byLink_.find(link.get()); known != byLink_.end()) return known->second;
  const auto listener = listeners_.find(link->listener());
  if (listener == listeners_.end()) return nullptr;
  RunSession& session = addSession(std::make_unique<RunSession>(link, link->id()));
  session.name = listener->second->name;
  listener->second->accepted.push_back(&session);
  wake(*listener->second);
  return &session;
}

void RunLoop::handle(Mailbox::Mail mail) {
  if (mail.stopped) {
    outcome_.verdict = ScenarioOutcome::Verdict::stopped;
    isOver_ = true;
    return closeStrangers(mail.news);
  }
  for (const std::shared_ptr<SessionLink>& link : mail.news) {
    RunSession* session = sessionOf(link);
    if (session == nullptr) continue;
    session->takeNews();
    wake(*session);
  }
  credits_ += mail.steps;
  if (std::exchange(paused_, mail.paused) != mail.paused) {
    credits_ = 0;
    toldPause_ = false;
    observer_.stateChanged(paused_ ? ScenarioRunState::paused : ScenarioRunState::running);
  }
  if (!paused_ || credits_ > 0)
    for (const StrandId id : std::exchange(gated_, {})) ready(id);
}

void RunLoop::wakeDue(Clock::time_point now) {
  while (!timers_.empty() && timers_.top().first <= now) {
    const auto [when, id] = timers_.top();
    timers_.pop();
    const auto strand = strands_.find(id);
    if (strand == strands_.end() || strand->second->timer != when) continue;
    strand->second->timer.reset();
    ready(id);
  }
}

std::optional<RunLoop::Clock::time_point> RunLoop::nextWake() const {
  std::optional<Clock::time_point> next = deadline_;
  if (!timers_.empty()) next = std::min(next.value_or(timers_.top().first), timers_.top().first);
  return next;
}

void RunLoop::fail(std::string problem, std::optional<Error> error) {
  outcome_.verdict = ScenarioOutcome::Verdict::failed;
  outcome_.problem = std::move(problem);
  outcome_.error = std::move(error);
  isOver_ = true;
}

// Clients are told before the step that they are of.
void RunLoop::giveUp() {
  std::vector<Strand*> open;
  for (const auto& [id, strand] : strands_)
    if (!strand->isOver) open.push_back(strand.get());
  std::ranges::sort(open, std::greater<>(), &Strand::id);
  for (Strand* strand : open) {
    if (strand->doing) tellEnd(*strand->doing, StepOutcome::Verdict::stopped, {});
    for (auto frame = strand->frames.rbegin(); frame != strand->frames.rend(); ++frame)
      if (frame->owner) tellEnd(*frame->owner, StepOutcome::Verdict::stopped, {});
  }
}

bool RunLoop::isSending() const {
  return std::ranges::any_of(sessions_, [this](const std::unique_ptr<RunSession>& session) {
    if (session->isListener() || session->last()) return false;
    const auto now = engine_.snapshot(session->id());
    return now && now->isOpen() && now->queuedBytes > 0;
  });
}

// What was queued still goes, unless somebody has stopped it.
void RunLoop::closeEverything() {
  for (const std::unique_ptr<RunSession>& session : sessions_)
    if (!session->last()) engine_.close(session->id());
  if (outcome_.verdict == ScenarioOutcome::Verdict::stopped) return;
  const Clock::time_point until = Clock::now() + kLastSending;
  while (Clock::now() < until && isSending()) {
    const Mailbox::Mail mail = mailbox_->wait(Clock::now() + kBetweenLooks);
    closeStrangers(mail.news);
    if (mail.stopped) return;
  }
}

void RunLoop::closeStrangers(const std::vector<std::shared_ptr<SessionLink>>& links) {
  for (const std::shared_ptr<SessionLink>& link : links)
    if (!byLink_.contains(link.get())) engine_.close(link->id());
}

ScenarioOutcome RunLoop::outcome() {
  outcome_.elapsed = Clock::now() - begun_;
  outcome_.stepsNever = static_cast<std::size_t>(std::ranges::count(begunSteps_, false)) +
                        scenario_.expectations.size() - begunExpectations_;
  return std::move(outcome_);
}

}  // namespace sockbench
