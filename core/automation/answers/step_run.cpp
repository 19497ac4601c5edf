#include "core/automation/answers/step_run.h"

#include <cerrno>
#include <utility>

#include "core/base/duration_text.h"

namespace sockbench {
namespace {

using Kind = SessionStep::Kind;

// A run of steps that wait for nothing says no more than this about itself.
constexpr std::size_t kMostDeeds = 400;

}  // namespace

FieldValues fieldValuesOf(const AgentSession& session, const Variables* variables) {
  FieldValues values;
  values.variables = variables;
  if (session.peer().isIp()) {
    values.peerAddress = session.peer().ip();
    values.peerPort = session.peer().port();
  } else {
    values.peerAddress = session.peer().text();
  }
  if (session.local().isIp()) {
    values.localAddress = session.local().ip();
    values.localPort = session.local().port();
  } else {
    values.localAddress = session.local().text();
  }
  return values;
}

void StepRun::advance(AgentSession& session, const Heard& heard, const Variables* variables) {
  while (!over_) {
    if (next_ == rule_->steps.size()) {
      over_ = true;
      return;
    }
    const ReadyStep& step = rule_->steps[next_];
    switch (step.kind) {
      case Kind::wait:
        if (!begun_) {
          begun_ = true;
          due_ = Clock::now() + step.time;
          did("waits " + durationText(step.time));
        }
        return;
      case Kind::expect:
        if (!meetsExpectation(step, heard)) return;
        break;
      case Kind::send:
        send(step, session, variables);
        break;
      default:
        act(step, session);
    }
    ++next_;
  }
}

bool StepRun::meetsExpectation(const ReadyStep& step, const Heard& heard) {
  if (!begun_) {
    begun_ = true;
    expecting_ = true;
    due_ = Clock::now() + step.time;
  }
  const auto found = listening_.find(heard, *step.pattern);
  if (!found) return false;
  if (rule_->usesGroups) values_.groups = Listening::groups(heard, *step.pattern, *found);
  listening_.goTo(found->end);
  heardUpTo_ = found->end;
  begun_ = false;
  expecting_ = false;
  due_.reset();
  return true;
}

void StepRun::timeIsUp(AgentSession& session, const Heard& heard, const Variables* variables) {
  due_.reset();
  begun_ = false;
  const ReadyStep& step = rule_->steps[next_];
  if (!expecting_) {
    ++next_;
    return advance(session, heard, variables);
  }
  expecting_ = false;
  over_ = true;
  Error error = Error::fromErrno(Operation::recv, ETIMEDOUT, step.patternText);
  error.detail = "it was not received within " + durationText(step.time);
  session.note(who() + " gives up", std::move(error));
}

void StepRun::send(const ReadyStep& step, AgentSession& session, const Variables* variables) {
  values_.variables = variables;
  values_.seed = freshSeed();
  auto made = step.message->expand(values_);
  if (!made) return fail(session, "cannot make its message", std::move(made.error()));
  const std::size_t size = made->bytes.size();
  auto sent = session.send(std::move(made->bytes));
  if (!sent) return fail(session, "could not send", std::move(sent.error()));
  bytes_ += size;
  did("sent " + std::to_string(size) + (size == 1 ? " byte" : " bytes"));
}

void StepRun::act(const ReadyStep& step, AgentSession& session) {
  switch (step.kind) {
    case Kind::close:
      did("closes");
      return session.close();
    case Kind::halfClose:
      did("closes our side");
      return session.halfClose();
    case Kind::reset:
      did("resets");
      return session.reset();
    case Kind::stopReading:
      did("reads no more");
      return session.setReading(false);
    case Kind::resumeReading:
      did("reads again");
      return session.setReading(true);
    default:
      return;
  }
}

void StepRun::fail(AgentSession& session, const std::string& what, Error error) {
  over_ = true;
  session.note(who() + " " + what, std::move(error));
}

std::uint64_t StepRun::needed() const {
  return expecting_ ? listening_.needed(*rule_->steps[next_].pattern) : UINT64_MAX;
}

std::string StepRun::takeDeeds() {
  std::string deeds = std::exchange(deeds_, {});
  if (deeds.size() > kMostDeeds) deeds = deeds.substr(0, kMostDeeds) + ", …";
  return deeds;
}

std::uint64_t StepRun::takeBytes() {
  return std::exchange(bytes_, 0);
}

}  // namespace sockbench
