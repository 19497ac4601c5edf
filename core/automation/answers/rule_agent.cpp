#include "core/automation/answers/rule_agent.h"

#include <algorithm>
#include <utility>

namespace sockbench {
namespace {

using When = AnswerRule::When;

}  // namespace

void RuleAgent::attached(AgentSession& session) {
  session_ = &session;
  heard_ = Heard(isByteStream(session.transport()));
  lastReceive_ = Clock::now();
  desk_->enter(session.id(), shared_from_this());
  refresh();
  fireAll(When::connected);
  setTimer();
}

void RuleAgent::ended(const SessionSnapshot&) {
  detached();
}

void RuleAgent::detached() {
  session_ = nullptr;
  desk_->leave(this);
}

void RuleAgent::takeUpBook() {
  if (session_ == nullptr) return;
  refresh();
  setTimer();
}

// What the old rules have begun goes on: each run holds its book.
void RuleAgent::refresh() {
  if (version_ == desk_->version()) return;
  version_ = desk_->version();
  variables_ = desk_->variables();
  std::shared_ptr<const RuleBook> book = desk_->book();
  if (book == book_) return;
  book_ = std::move(book);
  bounds_ = AnswerBounds(book_->book().mostPerSecond, book_->book().mostPauses);
  listening_.assign(book_->rules().size(), Listening(heard_.end()));
  silenceTold_.assign(book_->rules().size(), false);
}

void RuleAgent::received(AgentSession&, ByteView bytes, WallNanos) {
  refresh();
  ++receives_;
  if (book_->rules().empty() && runs_.empty()) return;
  if (book_->waitsForSilence()) {
    lastReceive_ = Clock::now();
    silenceTold_.assign(silenceTold_.size(), false);
  }
  heard_.add(bytes);
  if (!letExpectsHear()) {
    if (bounds_.isResting(Clock::now())) {
      ++passedOver_;
      passOver();
    }
    for (const Hit& hit : hits(bytes.size())) {
      // A sequence that an earlier hit has begun may have taken these bytes, or wait for them.
      if (session_ == nullptr || letExpectsHear()) break;
      if (hit.found.begin < listening_[hit.rule].place()) continue;
      listening_[hit.rule].goTo(hit.found.end);
      fire(book_->rules()[hit.rule], hit.found);
    }
    passOverCut();
  }
  settle();
  setTimer();
}

void RuleAgent::peerFinished(AgentSession& session) {
  refresh();
  fireAll(When::peerClosed);
  if (session_ != nullptr) notes_.flush(session);
  setTimer();
}

void RuleAgent::fireAll(When when) {
  const auto book = book_;
  for (const ReadyRule& rule : book->rules()) {
    if (session_ == nullptr || rule.rule.when != when) continue;
    fire(rule, here());
    if (rule.rule.last) return;
  }
}

bool RuleAgent::letExpectsHear() {
  bool isTaken = false;
  for (std::size_t i = 0; i < runs_.size() && session_ != nullptr; ++i) {
    StepRun& run = runs_[i];
    if (!run.isExpecting()) continue;
    run.advance(*session_, heard_, variables_.get());
    told(run, false);
    for (Listening& listening : listening_)
      listening.goTo(run.isExpecting() ? heard_.end() : run.heardUpTo());
    isTaken = isTaken || run.isExpecting();
  }
  std::erase_if(runs_, [](const StepRun& run) { return run.isOver(); });
  return isTaken;
}

std::vector<RuleAgent::Hit> RuleAgent::hits(std::size_t length) {
  std::vector<Hit> hits;
  std::vector<std::uint64_t> lastEnds;  // of matches of rules that are `last`, in order
  const auto& rules = book_->rules();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const AnswerRule& rule = rules[i].rule;
    if (rules[i].pattern) {
      addMatches(i, lastEnds, hits);
      continue;
    }
    if (!lastEnds.empty() || bounds_.isResting(Clock::now()) || !meets(rule, length)) continue;
    hits.push_back({{heard_.end() - length, heard_.end(), heard_.end() - length}, i});
    if (!rule.last) continue;
    for (std::size_t later = i + 1; later < rules.size(); ++later) listening_[later].goTo(heard_.end());
    break;
  }
  std::ranges::stable_sort(hits, {}, [](const Hit& hit) { return hit.found.end; });
  return hits;
}

void RuleAgent::addMatches(std::size_t rule, std::vector<std::uint64_t>& lastEnds, std::vector<Hit>& hits) {
  const ReadyRule& ready = book_->rules()[rule];
  Listening ahead = listening_[rule];
  std::vector<std::uint64_t> ends;
  const bool isExpression = !ready.pattern->literalLength();
  int searches = 0;
  while (const auto found = ahead.find(heard_, *ready.pattern)) {
    if (isExpression && ++searches > kMostSearches) {
      cut_.push_back(rule);
      break;
    }
    const auto cut = std::ranges::upper_bound(lastEnds, found->begin);
    if (cut != lastEnds.end() && *cut <= found->end) {
      ahead.goTo(*cut);
      continue;
    }
    hits.push_back({*found, rule});
    ends.push_back(found->end);
    // An expression may match no bytes: then it goes on behind the next one.
    ahead.goTo(std::max(found->end, found->begin + 1));
    if (!heard_.isStream() || found->begin >= heard_.end()) break;
  }
  listening_[rule].sawAsFarAs(ahead);
  if (!ready.rule.last || ends.empty()) return;
  lastEnds.insert(lastEnds.end(), ends.begin(), ends.end());
  std::ranges::sort(lastEnds);
}

bool RuleAgent::meets(const AnswerRule& rule, std::size_t length) const {
  switch (rule.when) {
    case When::any:
      return true;
    case When::length:
      return length >= rule.least && length <= rule.most;
    case When::nth:
      return rule.every ? receives_ % rule.count == 0 : receives_ == rule.count;
    default:
      return false;
  }
}

Listening::Found RuleAgent::here() const {
  return {heard_.end(), heard_.end(), heard_.end()};
}

void RuleAgent::fire(const ReadyRule& rule, const Listening::Found& found) {
  if (bounds_.isResting(Clock::now()) || (rule.sends && !mayAnswer())) return;
  const std::uint64_t before = rule.count->hits.fetch_add(1, std::memory_order_relaxed);
  FieldValues values;
  if (rule.usesGroups) {
    values = fieldValuesOf(*session_, variables_.get());
    values.counter = before;
    if (rule.pattern) {
      values.groups = Listening::groups(heard_, *rule.pattern, found);
    } else {
      const ByteView all = heard_.from(found.begin);
      values.groups.emplace_back(all.begin(), all.end());
    }
  }
  StepRun run(book_, rule, std::move(values), found.end);
  run.advance(*session_, heard_, variables_.get());
  told(run, true);
  if (run.isOver()) return;
  if (runs_.size() < kMostWaiting) {
    runs_.push_back(std::move(run));
  } else if (notBegun_++ == 0) {
    session_->note(
        "rule \"" + rule.rule.name + "\": no more than " + std::to_string(kMostWaiting) +
            " answers of a session wait; those beyond are given up",
        Error::fromInput(InputFault::queueFull, rule.rule.name, std::nullopt, "too many answers wait"));
  }
}

void RuleAgent::told(StepRun& run, bool first) {
  if (session_ == nullptr) return;
  const std::string deeds = run.takeDeeds();
  const std::uint64_t bytes = run.takeBytes();
  if (first) return notes_.matched(*session_, run.who(), deeds, bytes);
  if (!deeds.empty()) notes_.wentOn(*session_, run.who(), deeds, bytes);
}

bool RuleAgent::mayAnswer() {
  const auto verdict = bounds_.ask(Clock::now());
  if (verdict == AnswerBounds::Verdict::go) return true;
  ++passedOver_;  // the receive that this answer was for
  notes_.flush(*session_);
  const AnswerBook& book = book_->book();
  const std::string bound = std::to_string(book.mostPerSecond) + " answers in a second";
  Error error = Error::fromInput(InputFault::rateLimit, bound, std::nullopt,
                                 "two programs may be answering each other");
  if (verdict == AnswerBounds::Verdict::rests) {
    session_->note("the rules rest until the second is over: more than " + bound + " (" +
                       std::to_string(bounds_.pauses()) + " of " + std::to_string(book.mostPauses) + ")",
                   std::move(error));
  } else {
    session_->note("the rules of this session stop: more than " + bound + ", " +
                       std::to_string(book.mostPauses) + " times",
                   std::move(error));
  }
  return false;
}

void RuleAgent::passOver() {
  for (Listening& listening : listening_) listening.goTo(heard_.end());
}

void RuleAgent::passOverCut() {
  for (const std::size_t rule : std::exchange(cut_, {})) {
    const std::uint64_t bytes = heard_.end() - std::min(listening_[rule].place(), heard_.end());
    listening_[rule].goTo(heard_.end());
    if (session_ == nullptr || bytes == 0) continue;
    notes_.wentOn(*session_, "rule \"" + book_->rules()[rule].rule.name + "\"",
                  ", more than " + std::to_string(kMostSearches) + " matches in one receive: its last " +
                      std::to_string(bytes) + " bytes were passed over",
                  0);
  }
}

void RuleAgent::settle() {
  std::uint64_t needed = heard_.end();
  const auto& rules = book_->rules();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].pattern) needed = std::min(needed, listening_[i].needed(*rules[i].pattern));
  }
  for (const StepRun& run : runs_) needed = std::min(needed, run.needed());
  heard_.settle(needed);
}

void RuleAgent::woke(AgentSession&) {
  refresh();
  const auto now = Clock::now();
  endRest(now);
  advanceDue(now);
  if (session_ != nullptr) askSilence(now);
  if (session_ != nullptr && notes_.due() && now >= *notes_.due()) notes_.flush(*session_);
  settle();
  setTimer();
}

void RuleAgent::advanceDue(Clock::time_point now) {
  for (std::size_t i = 0; i < runs_.size() && session_ != nullptr; ++i) {
    StepRun& run = runs_[i];
    if (!run.due() || now < *run.due()) continue;
    run.timeIsUp(*session_, heard_, variables_.get());
    told(run, false);
  }
  std::erase_if(runs_, [](const StepRun& run) { return run.isOver(); });
}

void RuleAgent::askSilence(Clock::time_point now) {
  const auto book = book_;
  for (std::size_t i = 0; i < book->rules().size() && session_ != nullptr; ++i) {
    const ReadyRule& rule = book->rules()[i];
    if (rule.rule.when != When::silence || silenceTold_[i] || now < lastReceive_ + rule.rule.time) continue;
    silenceTold_[i] = true;
    fire(rule, here());
    if (rule.rule.last) return;
  }
}

void RuleAgent::endRest(Clock::time_point now) {
  if (passedOver_ == 0 || bounds_.isResting(now)) return;
  session_->note("the rules answer again; " + std::to_string(passedOver_) + " receives were passed over");
  passedOver_ = 0;
}

void RuleAgent::setTimer() {
  if (session_ == nullptr) return;
  std::optional<Clock::time_point> first = notes_.due();
  const auto consider = [&first](Clock::time_point time) { first = first ? std::min(*first, time) : time; };
  for (const StepRun& run : runs_) {
    if (run.due()) consider(*run.due());
  }
  const auto& rules = book_->rules();
  for (std::size_t i = 0; i < rules.size() && book_->waitsForSilence(); ++i) {
    if (rules[i].rule.when == When::silence && !silenceTold_[i]) consider(lastReceive_ + rules[i].rule.time);
  }
  if (passedOver_ > 0 && !bounds_.hasStopped()) consider(bounds_.restsUntil());
  session_->wakeAt(first);
}

}  // namespace sockbench
