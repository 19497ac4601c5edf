#include "core/engine/detail/agent_host.h"

#include <algorithm>
#include <utility>

#include "core/engine/detail/actor.h"
#include "core/engine/detail/agent_seat.h"

namespace sockbench::detail {

AgentHost::~AgentHost() {
  for (const SeatPtr& seat : seats_) seat->stop();
}

void AgentHost::makeAnew(const AgentMakers* makers) {
  for (const SeatPtr& seat : seats_)
    if (seat->isOfRules()) detach(seat);
  sweep();
  if (!makers) return;
  for (const AgentMaker& make : *makers)
    if (auto agent = make()) seat(std::move(agent), true);
}

void AgentHost::add(std::shared_ptr<SessionAgent> agent) {
  if (agent) seat(std::move(agent), false);
}

void AgentHost::seat(std::shared_ptr<SessionAgent> agent, bool ofRules) {
  const SeatPtr seat = seats_.emplace_back(std::make_shared<AgentSeat>(*this, std::move(agent), ofRules));
  if (!open_) return;
  seat->agent().attached(*seat);
  sweep();
}

void AgentHost::remove(const std::shared_ptr<SessionAgent>& agent) {
  for (const SeatPtr& seat : seats_)
    if (seat->holds(agent)) detach(seat);
  sweep();
}

void AgentHost::detach(const SeatPtr& seat) {
  if (seat->hasLeft()) return;
  seat->leave();
  seat->stop();
  seat->agent().detached();
}

template <class Call>
void AgentHost::each(Call call) {
  if (!open_) return;
  for (const SeatPtr& seat : seats_)
    if (!seat->hasLeft()) call(*seat);
  sweep();
}

void AgentHost::sweep() {
  const bool held = holdsReading();
  for (const SeatPtr& seat : seats_)
    if (seat->hasLeft()) seat->stop();
  std::erase_if(seats_, [](const SeatPtr& seat) { return seat->hasLeft(); });
  if (held && !holdsReading()) actor_->postReadingChanged();
}

void AgentHost::opened() {
  open_ = true;
  each([](AgentSeat& seat) { seat.agent().attached(seat); });
}

void AgentHost::received(ByteView bytes, WallNanos time) {
  flushFollows_ = true;
  each([&](AgentSeat& seat) { seat.agent().received(seat, bytes, time); });
  flushFollows_ = false;
}

void AgentHost::peerFinished() {
  each([](AgentSeat& seat) { seat.agent().peerFinished(seat); });
}

void AgentHost::drained() {
  each([](AgentSeat& seat) { seat.agent().drained(seat); });
}

void AgentHost::woke(AgentSeat& seat) {
  if (!open_ || seat.hasLeft()) return;
  seat.agent().woke(seat);
  sweep();
}

void AgentHost::ended(const SessionSnapshot& last) {
  open_ = false;
  for (const SeatPtr& seat : std::exchange(seats_, {})) {
    seat->stop();
    if (!seat->hasLeft()) seat->agent().ended(last);
  }
}

bool AgentHost::holdsReading() const {
  return std::ranges::any_of(seats_, [](const SeatPtr& seat) { return seat->holdsReading(); });
}

void AgentHost::letReadingGo() {
  for (const SeatPtr& seat : seats_) seat->letReadingGo();
}

}  // namespace sockbench::detail
