#include "core/engine/detail/listener.h"

#include <netinet/in.h>

#include <cerrno>
#include <utility>

namespace sockbench::detail {

Listener::Listener(Context& context, SessionSharedPtr session, ListenSpec spec)
    : Actor(context, std::move(session)), spec_(std::move(spec)), watch_(worker()) {
  rules_ = spec_.rules;
}

void Listener::start() {
  const auto address = numericAddress(spec_.endpoint);
  if (!address) return lookUp();
  if (!*address) return fail(address->error());
  std::vector<SocketAddress> addresses{**address};
  // Every address of this machine is [::] with IPv4 in it, or 0.0.0.0 where the kernel has no IPv6.
  if (spec_.endpoint.host == "*")
    addresses.push_back(SocketAddress::fromIpv4(INADDR_ANY, spec_.endpoint.port()));
  tryEach(addresses);
}

void Listener::lookUp() {
  journal_.become(SessionState::resolving);
  AddressQuery query{.host = spec_.endpoint.host, .service = std::to_string(spec_.endpoint.port())};
  query.type = transportSocketType(spec_.endpoint.transport);
  lookup_ = context_.resolver->addresses(std::move(query), {},
                                         [listener = self<Listener>()](LookupOutcome<AddressAnswer> outcome) {
                                           listener->worker().post([listener, outcome = std::move(outcome)] {
                                             if (listener->ended_) return;
                                             listener->lookup_ = {};
                                             if (!outcome.answer)
                                               return listener->fail(outcome.answer.error());
                                             std::vector<SocketAddress> addresses;
                                             for (const AddressResult& result : outcome.answer->results)
                                               addresses.push_back(result.address);
                                             listener->tryEach(addresses);
                                           });
                                         });
}

void Listener::tryEach(const std::vector<SocketAddress>& addresses) {
  Result<void> done;
  for (const SocketAddress& address : addresses) {
    done = tryAddress(address);
    if (done) return announce();
    // Another address of the same name may exist here where this one does not.
    if (!done.error().isErrno(EADDRNOTAVAIL) && !done.error().isErrno(EAFNOSUPPORT)) break;
  }
  fail(done.error());
}

Result<void> Listener::tryAddress(const SocketAddress& address) {
  const Transport transport = spec_.endpoint.transport;
  auto ready = openSocket(address, transport, spec_.options, rules_, spec_.endpoint.text());
  if (!ready) return std::unexpected(ready.error());
  socket_ = std::move(ready->socket);
  options_ = std::move(ready->options);
  receiveBuffer_ = ready->receiveBuffer;
  if (transport == Transport::tcp)
    if (auto set = socket_.setIntOption(SOL_SOCKET, SO_REUSEADDR, 1); !set) return set;
  if (spec_.endpoint.host == "*" && address.family() == AF_INET6)
    if (auto set = socket_.setIntOption(IPPROTO_IPV6, IPV6_V6ONLY, 0); !set) return set;
  auto bound = bindSocket(socket_, address, transportSocketType(transport));
  if (!bound) return std::unexpected(bound.error());
  bound_ = std::move(*bound);
  return listenOn(socket_);
}

void Listener::announce() {
  if (const auto ec = watch_.open(socket_.fileno()))
    return fail(Error::fromErrno(Operation::poll, ec.value()));
  const auto local = socket_.localAddress();
  if (!local) return fail(local.error());
  journal_.setEnds(*local, {}, socket_.fileno());
  journal_.become(SessionState::listening, RecordKind::listening, Party::none,
                  local->isLoopback() ? "" : "reachable from other machines");
  for (std::string& option : options_) journal_.note(RecordKind::option, std::move(option));
  options_.clear();
  tellManners({});
  journal_.receiveBuffer(receiveBuffer_.asked, receiveBuffer_.granted);
  listening();
}

SessionSharedPtr Listener::newChild(Worker& worker, Transport transport) {
  SessionSnapshot first;
  first.id = context_.registry.nextId();
  first.parent = journal_.session().id;
  first.role = SessionRole::accepted;
  first.transport = transport;
  first.responder = rules_.responder;
  first.manners = rules_.manners;
  first.since = wallNow();
  auto child = std::make_shared<SessionShared>(std::move(first), rules_.sendQueueBytes, worker);
  child->requested = journal_.session().requested;
  context_.registry.add(child);
  ++context_.registry.openSessions;
  ++journal_.session().openChildren;
  ++journal_.session().acceptedChildren;
  return child;
}

bool Listener::isFull() const {
  return spec_.maxSessions > 0 && journal_.session().openChildren >= spec_.maxSessions;
}

void Listener::fail(Error error) {
  if (std::exchange(ended_, true)) return;
  watch_.close();
  socket_ = Socket();
  removeFile(bound_);
  journal_.error(std::move(error));
  journal_.finish(SessionState::failed, std::nullopt, Party::none);
  leave();
}

void Listener::closeNow() {
  if (std::exchange(ended_, true)) return;
  if (lookup_) context_.resolver->cancel(std::exchange(lookup_, {}));
  closing();
  watch_.close();
  if (socket_.isOpen())
    if (const auto closed = socket_.close(); !closed) journal_.error(closed.error());
  removeFile(bound_);
  journal_.finish(SessionState::closed, RecordKind::closed, Party::us);
  leave();
}

}  // namespace sockbench::detail
