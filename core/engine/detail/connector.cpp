#include "core/engine/detail/connector.h"

#include <cerrno>
#include <chrono>
#include <utility>

#include "core/engine/detail/datagram_session.h"
#include "core/engine/detail/socket_setup.h"
#include "core/engine/detail/stream_session.h"

namespace sockbench::detail {
namespace {

constexpr std::chrono::milliseconds kBacklogRetry{10};

// Where to bind; a wildcard becomes the one of the peer's family.
Result<SocketAddress> localAddress(const Endpoint& endpoint, int family) {
  const auto local = numericAddress(endpoint);
  if (!local)
    return std::unexpected(Error::fromInput(InputFault::badAddress, endpoint.host, std::nullopt,
                                            "a local address is a number, not a name", Operation::bind));
  if (!*local || !(*local)->isWildcard() || (*local)->family() == family) return *local;
  return SocketAddress::fromIp(family == AF_INET ? "0.0.0.0" : "::", (*local)->port());
}

}  // namespace

Connector::Connector(Context& context, SessionSharedPtr session, ConnectSpec spec)
    : Actor(context, std::move(session)),
      spec_(std::move(spec)),
      watch_(worker()),
      limit_(worker().io()),
      retry_(worker().io()) {
  rules_ = spec_.rules;
}

void Connector::start() {
  makeAgents();
  if (spec_.timeout.count() > 0) {
    limit_.expires_after(spec_.timeout);
    limit_.async_wait([connector = self<Connector>()](const std::error_code& ec) {
      if (!ec) connector->worker().turn([&] { connector->timedOut(); });
    });
  }
  const auto address = numericAddress(spec_.endpoint);
  if (!address) return lookUp();
  if (!*address) return fail(address->error());
  addresses_.push_back(**address);
  tryNext();
}

void Connector::lookUp() {
  journal_.become(SessionState::resolving, RecordKind::resolving, Party::none, spec_.endpoint.host);
  AddressQuery query{.host = spec_.endpoint.host, .service = std::to_string(spec_.endpoint.port())};
  query.type = transportSocketType(spec_.endpoint.transport);
  lookup_ = context_.resolver->addresses(
      std::move(query), {}, [connector = self<Connector>()](LookupOutcome<AddressAnswer> outcome) {
        connector->worker().post(
            [connector, outcome = std::move(outcome)]() mutable { connector->lookedUp(std::move(outcome)); });
      });
}

void Connector::lookedUp(LookupOutcome<AddressAnswer> outcome) {
  if (ended_) return;
  lookup_ = {};
  if (!outcome.answer) return fail(outcome.answer.error());
  std::string list;
  for (const AddressResult& result : outcome.answer->results) {
    addresses_.push_back(result.address);
    list += (list.empty() ? "" : ", ") + result.address.ip();
  }
  journal_.note(RecordKind::resolved, spec_.endpoint.host + " is " + list,
                static_cast<std::uint64_t>(outcome.elapsed.count()));
  tryNext();
}

void Connector::tryNext() {
  const SocketAddress address = addresses_[next_++];
  journal_.setEnds({}, address, -1);
  const bool many = addresses_.size() > 1;
  journal_.become(
      SessionState::connecting, RecordKind::connecting, Party::none,
      many ? "address " + std::to_string(next_) + " of " + std::to_string(addresses_.size()) : "");
  attemptBegan_ = wallNow();
  if (auto ready = prepare(address); !ready) return attemptFailed(ready.error());
  startConnect(address);
}

Result<void> Connector::prepare(const SocketAddress& address) {
  const Transport transport = spec_.endpoint.transport;
  auto ready = openSocket(address, transport, spec_.options, rules_, spec_.endpoint.text());
  if (!ready) return std::unexpected(ready.error());
  socket_ = std::move(ready->socket);
  for (std::string& option : ready->options) journal_.note(RecordKind::option, std::move(option));
  journal_.receiveBuffer(ready->receiveBuffer.asked, ready->receiveBuffer.granted);
  return bindLocal(address);
}

Result<void> Connector::bindLocal(const SocketAddress& address) {
  // An unnamed UNIX datagram socket cannot be answered: the empty address lets the kernel choose an abstract
  // name.
  const bool nameless = spec_.endpoint.transport == Transport::unixDatagram && !spec_.bind;
  if (!spec_.bind && !nameless) return {};
  auto local = nameless ? SocketAddress::fromUnixPath("") : localAddress(*spec_.bind, address.family());
  if (!local) return std::unexpected(local.error());
  auto bound = bindSocket(socket_, *local, transportSocketType(spec_.endpoint.transport));
  if (!bound) return std::unexpected(bound.error());
  bound_ = std::move(*bound);
  return {};
}

void Connector::startConnect(const SocketAddress& address) {
  const int code = socket_.connectEx(address);
  if (code == 0) return connected();
  if (code == EAGAIN) return retryLater();
  if (code != EINPROGRESS) return attemptFailed(Error::fromErrno(Operation::connect, code));
  if (const auto ec = watch_.open(socket_.fileno()))
    return attemptFailed(Error::fromErrno(Operation::poll, ec.value()));
  journal_.setEnds(ownAddress(address), address, socket_.fileno());
  watch_.whenWritable(self<Connector>(), &Connector::connectReady);
}

// A UNIX listener's backlog is full: connect(2) says EAGAIN, and nothing tells when there is room.
void Connector::retryLater() {
  retry_.expires_after(kBacklogRetry);
  retry_.async_wait([connector = self<Connector>()](const std::error_code& ec) {
    if (ec || connector->ended_) return;
    connector->worker().turn([&] { connector->startConnect(connector->journal_.flow()->peer); });
  });
}

void Connector::connectReady() {
  const auto code = socket_.takeError();
  if (!code) return attemptFailed(code.error());
  if (*code != 0) return attemptFailed(Error::fromErrno(Operation::connect, *code));
  connected();
}

std::string Connector::attemptText() const {
  if (isUnixTransport(spec_.endpoint.transport)) return spec_.endpoint.text();
  return std::string(transportName(spec_.endpoint.transport)) + "://" + journal_.flow()->peer.text();
}

void Connector::attemptFailed(Error error) {
  dropSocket();
  if (error.op == Operation::connect || error.subject.empty()) error.subject = attemptText();
  if (next_ == addresses_.size()) return fail(std::move(error));
  journal_.error(std::move(error));
  tryNext();
}

void Connector::connected() {
  ended_ = true;
  limit_.cancel();
  watch_.close();
  const SocketAddress peer = journal_.flow()->peer;
  const auto took = static_cast<std::uint64_t>(wallNow() - attemptBegan_);
  const SessionSharedPtr& session = journal_.sessionPtr();
  if (isDatagramTransport(spec_.endpoint.transport)) {
    auto next =
        std::make_shared<DatagramSession>(context_, session, std::move(socket_), rules_, std::move(bound_));
    worker().adopt(session->id, next);
    next->begin(peer, took, *this);
  } else {
    auto next =
        std::make_shared<StreamSession>(context_, session, std::move(socket_), rules_, std::move(bound_));
    worker().adopt(session->id, next);
    next->begin(peer, RecordKind::connected, took, this);
  }
}

void Connector::timedOut() {
  if (ended_) return;
  const bool resolving = static_cast<bool>(lookup_);
  fail(resolving ? Error::fromErrno(Operation::getaddrinfo, ETIMEDOUT, spec_.endpoint.host)
                 : Error::fromErrno(Operation::connect, ETIMEDOUT, attemptText()));
}

void Connector::fail(Error error) {
  if (std::exchange(ended_, true)) return;
  limit_.cancel();
  dropSocket();
  journal_.error(std::move(error));
  journal_.finish(SessionState::failed, std::nullopt, Party::none);
  leave();
}

void Connector::closeNow() {
  if (std::exchange(ended_, true)) return;
  limit_.cancel();
  dropSocket();
  journal_.finish(SessionState::closed, RecordKind::closed, Party::us, "abandoned before it was connected");
  leave();
}

void Connector::dropSocket() {
  retry_.cancel();
  if (lookup_) context_.resolver->cancel(std::exchange(lookup_, {}));
  watch_.close();
  socket_ = Socket();
  removeFile(bound_);
}

}  // namespace sockbench::detail
