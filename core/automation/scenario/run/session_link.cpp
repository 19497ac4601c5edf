#include "core/automation/scenario/run/session_link.h"

#include <algorithm>
#include <utility>

#include "core/automation/errand.h"

namespace sockbench {

SessionLink::SessionLink(std::shared_ptr<Mailbox> mailbox, std::shared_ptr<HeldBytes> held,
                         std::size_t mostBytes, std::uint32_t listener)
    : mailbox_(std::move(mailbox)), held_(std::move(held)), listener_(listener), most_(mostBytes) {}

bool SessionLink::isTooMuch() const {
  return kept_ >= most_ || (held_->bytes >= HeldBytes::kMost && kept_ >= HeldBytes::kMostThen);
}

void SessionLink::tell(std::unique_lock<std::mutex>& lock) {
  const bool wasTold = std::exchange(told_, true);
  lock.unlock();
  if (!wasTold) mailbox_->tell(shared_from_this());
}

SessionLink::News SessionLink::take() {
  const std::scoped_lock lock(mutex_);
  told_ = false;
  News taken = std::move(news_);
  news_ = {};
  news_.opened = taken.opened;
  news_.finished = taken.finished;
  news_.last = taken.last;
  return taken;
}

void SessionLink::letGo(std::size_t bytes, std::size_t messages, Engine& engine) {
  {
    const std::scoped_lock lock(mutex_);
    const std::size_t weight = bytes + messages * kMessageWeight;
    kept_ -= weight;
    held_->bytes -= weight;
    if (reading_ || !isToRead()) return;
  }
  goOn(engine);
}

void SessionLink::makeRoomFor(std::size_t bytes, Engine& engine) {
  {
    const std::scoped_lock lock(mutex_);
    most_ = std::max(most_, bytes + 1);
    if (reading_ || !isToRead()) return;
  }
  goOn(engine);
}

void SessionLink::goOn(Engine& engine) {
  engine.attach(id(), std::make_shared<Errand>([link = shared_from_this()](AgentSession&) {
                  const std::scoped_lock lock(link->mutex_);
                  link->applyReading();
                }));
}

void SessionLink::stopReading(bool on, Engine& engine) {
  engine.attach(id(), std::make_shared<Errand>([link = shared_from_this(), on](AgentSession& session) {
                  session.note(on ? "scenario: reads no more" : "scenario: reads again");
                  std::unique_lock lock(link->mutex_);
                  link->stopped_ = on;
                  link->applyReading();
                  link->tell(lock);
                }));
}

bool SessionLink::isStopped() const {
  const std::scoped_lock lock(mutex_);
  return stopped_;
}

void SessionLink::applyReading() {
  if (session_ == nullptr || reading_ == isToRead()) return;
  reading_ = !reading_;
  session_->setReading(reading_);
}

bool SessionLink::isFull() const {
  const std::scoped_lock lock(mutex_);
  return !reading_ && isTooMuch() && news_.bytes.empty() && news_.messages.empty();
}

SessionId SessionLink::id() const {
  const std::scoped_lock lock(mutex_);
  return id_;
}

SessionLink::Ends SessionLink::ends() const {
  const std::scoped_lock lock(mutex_);
  return ends_;
}

void SessionLink::attached(AgentSession& session) {
  if (mailbox_->isShut()) return session.close();
  std::unique_lock lock(mutex_);
  session_ = &session;
  id_ = session.id();
  ends_ = {session.transport(), session.local().ip(),  session.local().port(),
           session.peer().ip(), session.peer().port(), session.peer().text()};
  news_.opened = true;
  tell(lock);
  if (mailbox_->isShut()) session.close();  // it was shut meanwhile, and the run may not know of this one
}

// A datagram listener's peers share its socket: none of them can be held back.
bool SessionLink::leavesOut(AgentSession& session) {
  if (!isDatagramTransport(session.transport()) || !session.listener()) return false;
  if (isTooMuch()) {
    if (leftOut_++ > 0) return true;
    session.note(
        "scenario: a datagram was left out: the buffer is full; more such are counted",
        Error::fromInput(InputFault::queueFull, "scenario", std::nullopt, "too much waits to be expected"));
    return true;
  }
  if (kept_ == 0 && leftOut_ > 0)
    session.note("scenario: " + std::to_string(std::exchange(leftOut_, 0)) + " datagrams were left out");
  return false;
}

void SessionLink::received(AgentSession& session, ByteView bytes, WallNanos) {
  std::unique_lock lock(mutex_);
  if (mailbox_->isShut() || leavesOut(session)) return;
  const bool isMessage = !isByteStream(session.transport());
  news_.bytes.insert(news_.bytes.end(), bytes.begin(), bytes.end());
  if (isMessage) news_.messages.push_back(bytes.size());
  const std::size_t weight = bytes.size() + (isMessage ? kMessageWeight : 0);
  kept_ += weight;
  held_->bytes += weight;
  applyReading();
  tell(lock);
}

void SessionLink::peerFinished(AgentSession&) {
  std::unique_lock lock(mutex_);
  news_.finished = true;
  tell(lock);
}

void SessionLink::drained(AgentSession&) {
  std::unique_lock lock(mutex_);
  news_.drained = true;
  tell(lock);
}

void SessionLink::ended(const SessionSnapshot& last) {
  std::unique_lock lock(mutex_);
  session_ = nullptr;
  news_.last = last;
  tell(lock);
}

void SessionLink::detached() {
  std::unique_lock lock(mutex_);
  session_ = nullptr;
}

}  // namespace sockbench
