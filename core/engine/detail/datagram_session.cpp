#include "core/engine/detail/datagram_session.h"

#include <utility>

namespace sockbench::detail {

DatagramSession::DatagramSession(Context& context, SessionSharedPtr session, Socket socket,
                                 SessionRules rules, BoundPath bound)
    : DatagramActor(context, std::move(session)),
      socket_(std::move(socket)),
      bound_(std::move(bound)),
      watch_(worker()),
      intake_(worker(), journal_.session().transport, *this) {
  rules_ = std::move(rules);
}

void DatagramSession::begin(const SocketAddress& peer, std::uint64_t took, Actor& attempt) {
  takeAgents(attempt);
  journal_.setEnds(ownAddress(peer), peer, socket_.fileno());
  journal_.session().queue.open();
  journal_.become(SessionState::connected, RecordKind::connected, Party::none, {}, took);
  tellManners({});
  if (const auto ec = watch_.open(socket_.fileno())) {
    journal_.error(Error::fromErrno(Operation::poll, ec.value()));
    return finish(SessionState::failed);
  }
  watch_.whenReadable(self<DatagramSession>(), &DatagramSession::read);
  agentsBegin();
}

void DatagramSession::read() {
  if (!ended() && mayRead()) intake_.read(socket_, watch_, self<DatagramSession>(), &DatagramSession::read);
}

void DatagramSession::arrived(const Datagram& datagram, WallNanos time) {
  if (!(datagram.arrival == arrival_)) {
    arrival_ = datagram.arrival;
    const FlowPtr flow = journal_.flow();
    journal_.setEnds(flow->local, flow->peer, socket_.fileno(), arrival_.interface());
  }
  take(datagram, time);
}

void DatagramSession::receiveFailed(Error error) {
  error.subject = journal_.subject();
  journal_.error(std::move(error));
}

void DatagramSession::waitToSend() {
  watch_.whenWritable(self<DatagramActor>(), &DatagramActor::flush);
}

void DatagramSession::finish(SessionState state) {
  if (!beginEnd()) return;
  intake_.drain(socket_);
  const std::size_t unsent = journal_.session().queue.discard();
  watch_.close();
  if (const auto closed = socket_.close(); !closed) journal_.error(closed.error());
  removeFile(bound_);
  journal_.finish(state, RecordKind::closed, Party::us, leftUndone(unsent));
  leave();
}

}  // namespace sockbench::detail
