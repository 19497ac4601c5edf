#include "tests/core/faults/fault_scenario.h"

#include <netinet/in.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <thread>

namespace sockbench::faults {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kPatience{8000};
// A datagram that an error has eaten never comes: it is said again.
constexpr int kTries = 3;

template <class Condition>
bool waitUntil(Condition holds, milliseconds patience = kPatience) {
  const auto limit = Clock::now() + patience;
  while (!holds()) {
    if (Clock::now() > limit) return false;
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
  return true;
}

bool isReadable(const Socket& socket) {
  pollfd ready{.fd = socket.fileno(), .events = POLLIN, .revents = 0};
  return ::poll(&ready, 1, 0) > 0;
}

// The rules of every session here: what comes goes back.
SessionRules echoing() {
  return {.responder = Responder::echo};
}

std::string targetOf(const SocketAddress& address, Transport transport) {
  if (!address.isUnix()) return std::string(transportName(transport)) + "://" + address.text();
  return std::string(transportName(transport)) + ":" + address.unixPath();
}

std::vector<LogRow> rowsOf(const TrafficLog& log) {
  std::vector<LogRow> rows;
  log.read(log.first(), static_cast<std::size_t>(log.end()), rows);
  return rows;
}

}  // namespace

Scenario::Scenario(Transport transport, Role role, std::string folder)
    : transport_(transport),
      role_(role),
      folder_(std::move(folder)),
      engine_({.workers = 2, .log = {}, .wake = {}}) {}

Scenario::~Scenario() = default;

bool Scenario::firstSession() {
  return role_ == Role::listener ? openListener() && asListener() : openPeersListener() && asClient();
}

bool Scenario::secondSession() {
  if (role_ == Role::client) return asClient();
  const bool isListening = engine_.snapshot(listener_)->state == SessionState::listening;
  return (isListening || openListener()) && asListener();
}

bool Scenario::openListener() {
  std::string text = std::string(transportName(transport_));
  text += isUnixTransport(transport_) ? ":" + folder_ + "/" + std::to_string(++paths_) : "://127.0.0.1:0";
  listener_ = engine_.listen({.endpoint = Endpoint::parse(text).value(), .options = {}, .rules = echoing()});
  const auto state = [&] { return engine_.snapshot(listener_)->state; };
  waitUntil([&] { return state() == SessionState::listening || state() == SessionState::failed; });
  if (state() != SessionState::listening) return false;
  endpoint_ = Endpoint::parse(targetOf(engine_.snapshot(listener_)->local, transport_)).value();
  return true;
}

Socket Scenario::plainSocket() const {
  const int family = isUnixTransport(transport_) ? AF_UNIX : AF_INET;
  Socket socket = Socket::open(family, transportSocketType(transport_)).value();
  socket.setTimeout(kPatience).value();
  return socket;
}

bool Scenario::bindSomewhere(Socket& socket) const {
  if (!isUnixTransport(transport_))
    return socket.bind(SocketAddress::fromIpv4(INADDR_LOOPBACK, 0)).has_value();
  const auto path = SocketAddress::fromUnixPath(folder_ + "/peer" + std::to_string(++paths_));
  return socket.bind(path.value()).has_value();
}

bool Scenario::openPeersListener() {
  peersListener_ = plainSocket();
  if (!bindSomewhere(peersListener_)) return false;
  if (!isDatagram() && !peersListener_.listen(8)) return false;
  endpoint_ = Endpoint::parse(targetOf(peersListener_.localAddress().value(), transport_)).value();
  return true;
}

bool Scenario::asListener() {
  Socket peer = plainSocket();
  if (isDatagram() && !bindSomewhere(peer)) return false;
  const auto there = isUnixTransport(transport_) ? SocketAddress::fromUnixPath(endpoint_.path)
                                                 : SocketAddress::fromIp(endpoint_.host, endpoint_.port());
  if (!peer.connect(there.value())) return false;
  const SessionId before = newestChild();
  if (!exchange(peer, "ping")) {
    peer = Socket();
    if (newestChild() != before) endsByItself(newestChild());
    return false;
  }
  return talk(peer, newestChild());
}

bool Scenario::asClient() {
  const SessionId ours =
      engine_.connect({.endpoint = endpoint_, .bind = {}, .options = {}, .rules = echoing()});
  waitUntil([&] { return isOver(ours) || engine_.snapshot(ours)->state == SessionState::connected; });
  if (engine_.snapshot(ours)->state != SessionState::connected) {
    // A connection may have been made and given up: nobody is to find it later.
    while (!isDatagram() && isReadable(peersListener_) && peersListener_.accept()) continue;
    return false;
  }
  if (!isDatagram()) {
    auto peer = peersListener_.accept();
    if (!peer || !peer->socket.setTimeout(kPatience)) return false;
    return exchange(peer->socket, "ping") && talk(peer->socket, ours);
  }
  // Only who has been spoken to knows where to answer.
  std::array<std::byte, 64> buffer{};
  const bool greeted =
      saysUntilHeard(peersListener_, [&] { return engine_.send(ours, toBytes("hello")).has_value(); });
  if (!greeted) return false;
  const auto got = peersListener_.recvFrom(buffer);
  if (!got || !peersListener_.connect(got->from)) return false;
  const bool well = exchange(peersListener_, "ping") && talk(peersListener_, ours);
  engine_.close(ours);
  return endsByItself(ours) && openPeersListener() && well;
}

// After the echo: the engine speaks, then the peer shuts its side, and the session follows.
bool Scenario::talk(Socket& peer, SessionId ours) {
  if (!saysUntilHeard(peer, [&] { return engine_.send(ours, toBytes("pong")).has_value(); })) return false;
  const bool well = hears(peer, "pong");
  if (isDatagram()) return well;
  static_cast<void>(peer.shutdown(ShutdownHow::write));
  return hears(peer, "") && endsByItself(ours) && well;
}

bool Scenario::exchange(Socket& peer, std::string_view words) {
  return saysUntilHeard(peer, [&] { return peer.sendAll(asBytes(words)).has_value(); }) && hears(peer, words);
}

// `say`s it once; a datagram once more when an error is told instead of something being there for `peer`.
bool Scenario::saysUntilHeard(const Socket& peer, const std::function<bool()>& say) {
  for (int tries = 0; tries < kTries; ++tries) {
    takeNews();
    const std::size_t toldBefore = symbols_.size();
    if (!say()) return false;
    if (!isDatagram()) return true;
    waitUntil([&] {
      takeNews();
      return isReadable(peer) || symbols_.size() > toldBefore;
    });
    if (isReadable(peer)) return true;
  }
  return false;
}

// Exactly `words`, or the end of the stream where they are empty. A datagram may have come twice: see above.
bool Scenario::hears(Socket& peer, std::string_view words) {
  std::string heard;
  std::array<std::byte, 64> buffer{};
  do {
    if (isDatagram()) heard.clear();
    const auto got = peer.recv(std::span(buffer).first(words.empty() ? 1 : words.size() - heard.size()));
    if (!got) return false;
    if (*got == 0) break;
    heard += asChars(ByteView(buffer).first(*got));
  } while (heard.size() < words.size() || (isDatagram() && heard != words));
  return heard == words;
}

bool Scenario::isOver(SessionId id) const {
  const auto now = engine_.snapshot(id);
  return now && !now->isOpen() && now->state != SessionState::idle;
}

bool Scenario::endsByItself(SessionId id) {
  return waitUntil([&] { return isOver(id); });
}

SessionId Scenario::newestChild() const {
  SessionId newest;
  for (const SessionSnapshot& session : engine_.snapshots())
    if (session.parent == listener_ && listener_) newest = session.id;
  return newest;
}

bool Scenario::end() {
  engine_.closeAll();
  const bool quiet = waitUntil([&] {
    takeNews();
    const auto all = engine_.snapshots();
    return engine_.openSessions() == 0 && std::ranges::all_of(all, [&](const SessionSnapshot& session) {
             return isOver(session.id) && told_[session.id] == session.state && session.openChildren == 0 &&
                    session.descriptor == -1;
           });
  });
  return quiet;
}

void Scenario::takeNews() {
  for (const SessionEvent& event : engine_.events().drain()) {
    told_[event.session.id] = event.session.state;
    if (const auto& error = event.error ? event.error : event.session.error)
      symbols_.push_back(error->symbol());
  }
}

bool Scenario::wasTold(int error) const {
  const std::string symbol = errnoSymbol(error);
  const bool inRows = std::ranges::any_of(rowsOf(engine_.log()), [&](const LogRow& row) {
    if (row.record.kind == RecordKind::in || row.record.kind == RecordKind::out) return false;
    if (row.record.kind == RecordKind::reset) return error == ECONNRESET;
    const auto told = decodeEventDetail(row.payload.bytes).error;
    return told && told->symbol() == symbol;
  });
  return inRows && std::ranges::find(symbols_, symbol) != symbols_.end();
}

std::string Scenario::miscount() const {
  std::map<SessionId, std::pair<std::uint64_t, std::uint64_t>> counted;
  for (const LogRow& row : rowsOf(engine_.log())) {
    if (row.record.kind == RecordKind::in) counted[row.record.session].first += row.payload.bytes.size();
    if (row.record.kind == RecordKind::out) counted[row.record.session].second += row.payload.bytes.size();
  }
  for (const SessionSnapshot& session : engine_.snapshots()) {
    const auto [in, out] = counted[session.id];
    if (session.bytesIn != in || session.bytesOut != out)
      return "session " + std::to_string(session.id.value) + " counts " + std::to_string(session.bytesIn) +
             "/" + std::to_string(session.bytesOut) + ", its rows " + std::to_string(in) + "/" +
             std::to_string(out);
  }
  return {};
}

std::string Scenario::story() const {
  std::string text;
  for (const LogRow& row : rowsOf(engine_.log())) {
    text += "\n  " + std::to_string(row.record.session.value) + " " +
            std::string(recordKindName(row.record.kind));
    if (row.record.kind == RecordKind::in || row.record.kind == RecordKind::out) continue;
    const EventDetail detail = decodeEventDetail(row.payload.bytes);
    text += " " + detail.text + (detail.error ? detail.error->line() : "");
  }
  return text;
}

}  // namespace sockbench::faults
