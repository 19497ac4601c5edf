// What is expected of sessions as a whole.
#include <algorithm>
#include <utility>

#include "core/automation/scenario/run/run_loop.h"

namespace sockbench {
namespace {

constexpr auto kBetweenLooks = std::chrono::milliseconds(5);

// "state closed, by peer, 7 bytes in": of `like`, what `now` has.
std::string words(const SessionSnapshot& now, const ScenarioState& like) {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (like.state) add("state " + std::string(sessionStateName(now.state)));
  if (like.by) add("by " + (now.by == Party::none ? "nobody" : std::string(partyName(now.by))));
  if (like.bytesIn || like.bytesInLeast) add("bytes-in " + std::to_string(now.bytesIn));
  if (like.bytesOut) add("bytes-out " + std::to_string(now.bytesOut));
  if (like.accepted) add("accepted " + std::to_string(now.acceptedChildren));
  return text;
}

std::string words(const ScenarioState& wanted) {
  SessionSnapshot as;
  as.state = wanted.state.value_or(SessionState::idle);
  as.by = wanted.by.value_or(Party::none);
  as.bytesIn = wanted.bytesIn.value_or(wanted.bytesInLeast.value_or(0));
  as.bytesOut = wanted.bytesOut.value_or(0);
  as.acceptedChildren = wanted.accepted.value_or(0);
  return words(as, wanted) + (wanted.bytesInLeast ? " at least" : "");
}

template <class T>
bool isAs(const std::optional<T>& wanted, const T& now) {
  return !wanted || *wanted == now;
}

bool holds(const ScenarioState& wanted, const SessionSnapshot& now) {
  return isAs(wanted.state, now.state) && isAs(wanted.by, now.by) && isAs(wanted.bytesIn, now.bytesIn) &&
         now.bytesIn >= wanted.bytesInLeast.value_or(0) && isAs(wanted.bytesOut, now.bytesOut) &&
         isAs(wanted.accepted, now.acceptedChildren);
}

}  // namespace

std::vector<RunSession*> RunLoop::sessionsOf(const Strand& strand, const Doing& doing,
                                             const ScenarioState& state) const {
  std::vector<RunSession*> found;
  if (doing.step != nullptr) {
    if (RunSession* session = strand.session(state.session)) found.push_back(session);
    return found;
  }
  for (const std::unique_ptr<RunSession>& session : sessions_)
    if (session->name == state.session) found.push_back(session.get());
  return found;
}

Acted RunLoop::check(Strand& strand, Doing& doing, const ScenarioState& state) {
  const std::vector<RunSession*> sessions = sessionsOf(strand, doing, state);
  if (sessions.empty()) return Acted::failed("there is no session \"" + state.session + "\"");
  for (RunSession* session : sessions) {
    doing.session = session;
    const auto now = session->snapshot(engine_);
    if (now && holds(state, *now)) continue;
    if (Clock::now() < doing.deadline) {
      wakeAt(strand, std::min(doing.deadline, Clock::now() + kBetweenLooks));
      return Acted::pending();
    }
    Acted acted = Acted::failed("the session does not stand as it should");
    acted.expected = words(state);
    acted.came = now ? words(*now, state) : "nothing is known of it any more";
    if (now) acted.error = now->error;
    return acted;
  }
  return Acted::held(std::to_string(sessions.size()) + (sessions.size() == 1 ? " session" : " sessions"));
}

}  // namespace sockbench
