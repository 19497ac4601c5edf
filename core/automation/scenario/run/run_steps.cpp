// Steps on sessions, and steps that hold others.
#include <algorithm>
#include <array>
#include <utility>

#include "core/automation/scenario/byte_difference.h"
#include "core/automation/scenario/run/run_loop.h"
#include "core/automation/scenario/run/step_texts.h"

namespace sockbench {
namespace {

using Verb = ScenarioStep::Verb;

std::string count(std::uint64_t number, std::string_view what) {
  return std::to_string(number) + " " + std::string(what) + (number == 1 ? "" : "s");
}

}  // namespace

Acted RunLoop::act(Strand& strand) {
  Doing& doing = *strand.doing;
  if (doing.step == nullptr) return check(strand, doing, *doing.state);
  switch (doing.step->verb) {
    case Verb::listen:
      return listen(strand, doing);
    case Verb::accept:
      return accept(strand, doing);
    case Verb::connect:
      return connect(strand, doing);
    case Verb::send:
      return send(strand, doing);
    case Verb::expect:
      return expect(strand, doing);
    case Verb::wait:
      return waitOver(strand, doing);
    case Verb::close:
    case Verb::halfClose:
    case Verb::reset:
    case Verb::stopReading:
    case Verb::resumeReading:
      return order(strand, doing);
    case Verb::set:
      return set(strand, doing);
    case Verb::run:
      return enterSequence(strand);
    case Verb::loop:
      return enterLoop(strand, doing);
    case Verb::parallel:
      return parallel(strand, doing);
    case Verb::check:
      return check(strand, doing, doing.step->state);
  }
  std::unreachable();
}

Acted RunLoop::send(Strand& strand, Doing& doing) {
  if (!doing.message) {
    doing.session = strand.session(doing.step->on);
    if (doing.session == nullptr || doing.session->isListener()) return noSession(doing.step->on);
    auto bytes = messageBytes(doing.step->message, fieldsOf(strand, doing.session), scenario_.folder());
    if (!bytes) return Acted::failed("the message: " + bytes.error().message(), bytes.error());
    doing.message = std::move(*bytes);
  }
  const std::size_t size = doing.message->size();
  const std::size_t most = SessionRules().sendQueueBytes;
  const auto now = doing.session->snapshot(engine_);
  if (size <= most && now && now->isOpen() && now->queuedBytes + size > most) {
    if (Clock::now() >= doing.deadline)
      return Acted::failed("the peer does not read: " + count(now->queuedBytes, "byte") + " wait to be sent");
    return waitFor(strand, *doing.session);
  }
  if (const auto sent = engine_.send(doing.session->id(), std::move(*doing.message)); !sent)
    return Acted::failed("it cannot be sent: " + sent.error().message(), sent.error());
  ++strand.sent;
  return Acted::held("sent " + count(size, "byte"));
}

Acted RunLoop::expect(Strand& strand, Doing& doing) {
  const ScenarioExpect& spec = doing.step->expect;
  if (!doing.match) {
    doing.session = strand.session(doing.step->on);
    if (doing.session == nullptr || doing.session->isListener()) return noSession(doing.step->on);
    auto match = ExpectMatch::make(spec, fieldsOf(strand, doing.session), scenario_.folder());
    if (!match) return Acted::failed("what is expected: " + match.error().message(), match.error());
    doing.match = std::move(*match);
    doing.session->link().makeRoomFor(doing.match->needs(), engine_);
    if (spec.kind == ScenarioExpect::Kind::nothing) doing.deadline = doing.since + spec.time;
  }
  RunSession& session = *doing.session;
  // A copy, which has searched nothing yet: other strands may have consumed of the same session.
  ExpectMatch::Answer answer = ExpectMatch(*doing.match).look(session.unread());
  if (answer.state == ExpectMatch::State::failed) return expectFailed(doing, std::move(answer.problem));
  if (answer.state == ExpectMatch::State::held) {
    strand.groups = std::move(answer.groups);
    session.consume(answer.consumed, answer.messages, engine_);
    return Acted::held(strand.groups.front().empty() ? "it came"
                                                     : "came " + describeBytes(strand.groups.front()));
  }
  const bool isLate = Clock::now() >= doing.deadline;
  if (isLate && spec.kind == ScenarioExpect::Kind::nothing) {
    strand.groups = {Bytes()};
    return Acted::held("nothing came");
  }
  if (isLate || (answer.consumed == 0 && session.link().isFull())) {
    std::string problem = doing.match->lateProblem(session.unread());
    if (session.link().isFull()) problem += "; that is all there is room for (buffer)";
    return expectFailed(doing, std::move(problem));
  }
  session.consume(answer.consumed, answer.messages, engine_);
  return waitFor(strand, session);
}

Acted RunLoop::expectFailed(const Doing& doing, std::string problem) const {
  const Unread unread = doing.session->unread();
  Acted acted = Acted::failed(std::move(problem));
  acted.expected = doing.match->expected();
  acted.came = unread.byMessages && !unread.messages.empty()
                   ? describeBytes(unread.bytes.first(unread.messages.front()))
                   : describeBytes(unread.bytes);
  acted.difference = doing.match->difference(unread);
  if (const auto& last = doing.session->last(); last && last->error) acted.error = last->error;
  return acted;
}

Acted RunLoop::waitOver(Strand& strand, Doing& doing) {
  const double speed = settings_.speed;
  const auto time = speed > 0 ? std::chrono::duration_cast<Clock::duration>(
                                    std::chrono::duration<double>(doing.step->time) / speed)
                              : Clock::duration::zero();
  const Clock::time_point over = doing.since + std::min<Clock::duration>(time, kLongestScenarioTime);
  if (Clock::now() >= over) return Acted::held("waited");
  wakeAt(strand, over);
  return Acted::pending();
}

Acted RunLoop::set(Strand& strand, Doing& doing) {
  std::string remark;
  for (const auto& [name, text] : doing.step->values) {
    const auto bytes =
        messageBytes(textMessage(text), fieldsOf(strand, strand.session({})), scenario_.folder());
    if (!bytes) return Acted::failed("\"" + name + "\": " + bytes.error().message(), bytes.error());
    strand.variables[name] = asChars(*bytes);
    if (remark.size() < 200) remark += (remark.empty() ? "" : ", ") + name + " = " + describeBytes(*bytes);
  }
  return Acted::held(std::move(remark));
}

Acted RunLoop::enterSequence(Strand& strand) {
  const ScenarioStep& step = *strand.doing->step;
  RunSession* before = strand.current;
  if (!step.on.empty()) {
    RunSession* session = strand.session(step.on);
    if (session == nullptr) return noSession(step.on);
    strand.current = session;
  }
  StepFrame frame;
  frame.steps = &sequences_.find(step.target)->second->steps;
  frame.owner = std::exchange(strand.doing, std::nullopt);
  frame.currentBefore = before;
  strand.frames.push_back(std::move(frame));
  return Acted::entered();
}

// What the frame's end asks for tells whether there is a first round, too.
Acted RunLoop::enterLoop(Strand& strand, Doing& doing) {
  const ScenarioStep& step = *doing.step;
  if (step.hasUntil) {
    doing.session = strand.session(step.on);
    if (doing.session == nullptr || doing.session->isListener()) return noSession(step.on);
    auto match = ExpectMatch::make(step.expect, fieldsOf(strand, doing.session), scenario_.folder());
    if (!match) return Acted::failed("what is expected: " + match.error().message(), match.error());
    doing.match = std::move(*match);
    doing.session->link().makeRoomFor(doing.match->needs(), engine_);
  }
  StepFrame frame;
  frame.steps = &step.steps;
  frame.next = step.steps.size();
  frame.owner = std::exchange(strand.doing, std::nullopt);
  strand.frames.push_back(std::move(frame));
  return Acted::entered();
}

Acted RunLoop::nextRound(Strand& strand, Doing& doing) {
  const ScenarioStep& step = *doing.step;
  const std::string rounds = count(doing.rounds, "round");
  if (step.hasUntil) {
    // A copy, which has searched nothing yet: the rounds consume, too.
    ExpectMatch::Answer answer = ExpectMatch(*doing.match).look(doing.session->unread());
    if (answer.state == ExpectMatch::State::failed) return expectFailed(doing, std::move(answer.problem));
    if (answer.state == ExpectMatch::State::held) {
      strand.groups = std::move(answer.groups);
      doing.session->consume(answer.consumed, answer.messages, engine_);
      return Acted::held("it came after " + rounds);
    }
  }
  if (doing.rounds == step.count)
    return step.hasUntil ? expectFailed(doing, "it did not come in " + rounds) : Acted::held(rounds);
  ++doing.rounds;
  if (outcome_.stepsDone + ++rounds_ > scenario_.mostSteps)
    fail("more than " + std::to_string(scenario_.mostSteps) + " steps were done (most-steps)");
  return Acted::pending();
}

Acted RunLoop::parallel(Strand& strand, Doing& doing) {
  const ScenarioStep& step = *doing.step;
  while (doing.rounds < step.count) {
    const Clock::time_point due = doing.since + step.time * static_cast<std::int64_t>(doing.rounds);
    if (Clock::now() < due) {
      wakeAt(strand, due);
      break;
    }
    newStrand(&strand, step.steps, ++doing.rounds);
  }
  if (doing.clientsOver < step.count) return Acted::pending();
  if (doing.clientsFailed == 0) return Acted::held(count(step.count, "client"));
  Acted acted = Acted::failed({});
  acted.remark = std::to_string(doing.clientsFailed) + " of " + count(step.count, "client") + " failed";
  return acted;
}

}  // namespace sockbench
