#include "core/automation/answerers/answerer_desk.h"

#include "core/automation/answerers/answerer_seat.h"
#include "core/automation/errand.h"

namespace sockbench {

std::shared_ptr<AnswererDesk> AnswererDesk::make() {
  return std::shared_ptr<AnswererDesk>(new AnswererDesk);
}

void AnswererDesk::setMaker(AgentMaker maker) {
  const std::lock_guard lock(mutex_);
  maker_ = std::move(maker);
}

AgentMaker AnswererDesk::maker() {
  return [desk = shared_from_this()] { return std::make_shared<AnswererSeat>(desk); };
}

std::shared_ptr<SessionAgent> AnswererDesk::newAnswerer() const {
  const std::lock_guard lock(mutex_);
  return maker_ ? maker_() : nullptr;
}

std::vector<std::pair<SessionId, std::shared_ptr<SessionAgent>>> AnswererDesk::errands() const {
  std::vector<std::pair<SessionId, std::shared_ptr<SessionAgent>>> errands;
  const std::lock_guard lock(mutex_);
  for (const auto& [key, entry] : seats_) {
    errands.emplace_back(entry.first, std::make_shared<Errand>([weak = entry.second](AgentSession&) {
                           if (const auto seat = weak.lock()) seat->change();
                         }));
  }
  return errands;
}

void AnswererDesk::enter(SessionId id, const std::shared_ptr<AnswererSeat>& seat) {
  const std::lock_guard lock(mutex_);
  seats_[seat.get()] = {id, seat};
}

void AnswererDesk::leave(const AnswererSeat* seat) {
  const std::lock_guard lock(mutex_);
  seats_.erase(seat);
}

void AnswererSeat::attached(AgentSession& session) {
  session_ = &session;
  desk_->enter(session.id(), shared_from_this());
  answerer_ = desk_->newAnswerer();
  if (answerer_) answerer_->attached(session);
}

void AnswererSeat::change() {
  if (session_ == nullptr) return;
  if (answerer_) {
    answerer_->detached();
    session_->wakeAt(std::nullopt);
    session_->setReading(true);
    session_->note("its answerer is another one from now on");
  }
  answerer_ = desk_->newAnswerer();
  if (answerer_) answerer_->attached(*session_);
}

void AnswererSeat::received(AgentSession& session, ByteView bytes, WallNanos time) {
  if (answerer_) answerer_->received(session, bytes, time);
}

void AnswererSeat::peerFinished(AgentSession& session) {
  if (answerer_) answerer_->peerFinished(session);
}

void AnswererSeat::drained(AgentSession& session) {
  if (answerer_) answerer_->drained(session);
}

void AnswererSeat::woke(AgentSession& session) {
  if (answerer_) answerer_->woke(session);
}

void AnswererSeat::ended(const SessionSnapshot& last) {
  if (answerer_) answerer_->ended(last);
  answerer_.reset();
  session_ = nullptr;
  desk_->leave(this);
}

void AnswererSeat::detached() {
  if (answerer_) answerer_->detached();
  answerer_.reset();
  session_ = nullptr;
  desk_->leave(this);
}

}  // namespace sockbench
