#include "core/engine/detail/datagram_session.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace sockbench::detail {
namespace {

constexpr int kDatagramsPerTurn = 64;

}  // namespace

DatagramSession::DatagramSession(Context& context, SessionSharedPtr session, Socket socket,
                                 SessionRules rules, BoundPath bound)
    : DatagramActor(context, std::move(session)),
      socket_(std::move(socket)),
      bound_(std::move(bound)),
      watch_(worker()) {
  rules_ = std::move(rules);
}

void DatagramSession::begin(const SocketAddress& peer, std::uint64_t took) {
  journal_.setEnds(ownAddress(peer), peer, socket_.fileno());
  journal_.session().queue.open();
  journal_.become(SessionState::connected, RecordKind::connected, Party::none, {}, took);
  if (const auto ec = watch_.open(socket_.fileno())) {
    journal_.error(Error::fromErrno(Operation::poll, ec.value()));
    return finish(SessionState::failed);
  }
  watch_.whenReadable(self<DatagramSession>(), &DatagramSession::read);
}

void DatagramSession::read() {
  for (int count = 0; count < kDatagramsPerTurn && !ended(); ++count)
    if (!readOnce()) break;
  if (ended()) return;
  countDrops();
  flush();
  if (!ended()) watch_.whenReadable(self<DatagramSession>(), &DatagramSession::read);
}

bool DatagramSession::readOnce() {
  const auto got = socket_.recvFrom(worker().scratch(), MSG_TRUNC);
  if (!got) {
    if (got.error().isErrno(EAGAIN)) return false;
    // ICMP's answer to an earlier datagram (ECONNREFUSED and its like): told, and the session goes on.
    Error error = got.error();
    error.subject = journal_.flow()->peer.text();
    journal_.error(std::move(error));
    return true;
  }
  const std::size_t kept = std::min(got->bytes, worker().scratch().size());
  take(worker().scratch().first(kept), got->bytes);
  return !ended();
}

void DatagramSession::waitToSend() {
  watch_.whenWritable(self<DatagramActor>(), &DatagramActor::flush);
}

void DatagramSession::finish(SessionState state) {
  if (!beginEnd()) return;
  countDrops();
  const std::size_t unsent = journal_.session().queue.discard();
  watch_.close();
  if (const auto closed = socket_.close(); !closed) journal_.error(closed.error());
  removeFile(bound_);
  journal_.finish(state, RecordKind::closed, Party::us, leftUndone(unsent));
  leave();
}

}  // namespace sockbench::detail
