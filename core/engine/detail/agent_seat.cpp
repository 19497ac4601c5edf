#include "core/engine/detail/agent_seat.h"

#include <utility>

#include "core/engine/detail/actor.h"

namespace sockbench::detail {

void AgentSeat::stop() {
  timer_.reset();
  wakeAt_.reset();
}

SessionId AgentSeat::id() const {
  return actor().journal().session().id;
}

SessionId AgentSeat::listener() const {
  return actor().journal().session().parent;
}

Transport AgentSeat::transport() const {
  return actor().journal().session().transport;
}

const SocketAddress& AgentSeat::local() const {
  return actor().journal().flow()->local;
}

const SocketAddress& AgentSeat::peer() const {
  return actor().journal().flow()->peer;
}

Result<void> AgentSeat::send(Bytes data) {
  return actor().sendFromAgent(std::move(data), host_.flushFollows());
}

Result<void> AgentSeat::sendUrgent(std::byte data) {
  return actor().sendUrgent(data);
}

std::size_t AgentSeat::queuedBytes() const {
  return actor().journal().session().queue.bytes();
}

void AgentSeat::halfClose() {
  if (!isDatagramTransport(transport())) actor().journal().session().queue.stopAccepting();
  actor().later(&Actor::halfClose);
}

void AgentSeat::close() {
  actor().journal().session().queue.stopAccepting();
  actor().later(&Actor::close);
}

void AgentSeat::reset() {
  actor().journal().session().queue.stopAccepting();
  actor().later(&Actor::reset);
}

void AgentSeat::setReading(bool on) {
  if (std::exchange(holdsReading_, !on) == !on) return;
  if (on) actor().postReadingChanged();
}

void AgentSeat::note(std::string text, std::optional<Error> error) {
  actor().journal().automatic(std::move(text), std::move(error));
}

void AgentSeat::wakeAt(std::optional<Clock::time_point> when) {
  wakeAt_ = when;
  if (!when) {
    if (timer_) timer_->cancel();
    return;
  }
  if (!timer_) timer_ = std::make_unique<asio::steady_timer>(actor().worker().io());
  timer_->expires_at(*when);
  timer_->async_wait([self = weak_from_this()](const std::error_code& ec) {
    const auto seat = self.lock();
    if (!ec && seat) seat->wake();
  });
}

// A wait that was over already cannot be cancelled: what it was for has then been replaced, or given up.
void AgentSeat::wake() {
  if (!wakeAt_ || Clock::now() < *wakeAt_) return;
  wakeAt_.reset();
  const auto keep = actor().shared_from_this();
  keep->worker().turn([&] { host_.woke(*this); });
}

}  // namespace sockbench::detail
