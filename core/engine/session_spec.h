// What to listen on and what to connect to.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/engine/session_agent.h"
#include "core/net/endpoint.h"
#include "core/net/socket_options.h"

namespace sockbench {

enum class Responder : std::uint8_t {
  none,     // a person answers, or nobody
  echo,     // RFC 862: what comes goes back
  discard,  // RFC 863: what comes is recorded, and nothing is ever sent
  chargen,  // RFC 864: lines of 72 printable characters, without end
  daytime,  // RFC 867: the date and the time (UTC) as a line of text
  time,     // RFC 868: seconds since 1900, 4 bytes, the most significant first; 0 again in February 2036
  qotd,     // RFC 865: a quote
};
// What they do, by transport. What a peer sends is recorded by all of them and, but for echo, means nothing.
//
// TCP, UNIX stream and seqpacket, accepted and connected sessions alike, from the beginning of the session
// and when the rules change to it: chargen sends at its pace until the peer closes its side (stayHalfOpen:
// until the connection ends), until we close ours, or until the rules change; in a seqpacket record there is
// one line. daytime, time and qotd send their answer once and close: our side is shut, and what the peer
// still says is recorded (see Engine::close).
//
// UDP and UNIX datagrams: each datagram, an empty one too, is answered by one. chargen's has a random length
// of 0 to 512 bytes, the others' hold the whole answer (at most 512). A sender may be forged, and two
// services may answer each other: therefore what chargen, daytime, time and qotd send to one peer (an address
// with its port) is bounded by SessionRules::chargenBytesPerSecond. A datagram whose answer would go beyond
// it gets none, so that a loop of two services breaks there; one that is slower than the bound goes on until
// a session is closed. The first time that stands in the timeline as an error, RATE_LIMIT; all are counted in
// SessionSnapshot::unanswered and told at the session's end. Each port of a forged address is a peer of its
// own: ListenSpec::maxSessions bounds how many there are. An echo is as long as what it answers, and is not
// bounded: two echoes that answer each other go on until one of the sessions is closed; after 10,000 equal
// datagrams in a row a session says so once, in a row of kind `automatic`.
std::string_view responderName(Responder r);  // "none", "echo", "chargen", ...
std::optional<Responder> findResponder(std::string_view name);

// How a session misbehaves, on purpose. Everything may be changed while it runs.
struct Manners {
  // false: nothing is received; what comes waits in the kernel, and slows the peer (datagrams: fills the
  // buffer). A reset is told all the same. Not of a single datagram peer: it shares its listener's socket.
  bool reading = true;
  // Streams: at most so many bytes a send(2), and at least `pieceGap` between two of them. 0 bytes: as many
  // as the kernel takes. Records (unix-seqpacket) stay whole.
  std::size_t pieceBytes = 0;
  std::chrono::nanoseconds pieceGap{0};
  // Listeners of connections: false leaves who connects in the backlog; a delay is waited for after each
  // connection that can be accepted.
  bool accepting = true;
  std::chrono::milliseconds acceptDelay{0};
  // Nothing is sent by the session itself, neither a responder's answer nor an agent's (its send is refused
  // with notOpen).
  bool neverAnswer = false;
  // Streams: so many random bytes, at most sendQueueBytes, are sent once the peer has closed its side (it has
  // gone: TCP answers RST).
  std::size_t garbageAfterClose = 0;
  bool operator==(const Manners&) const = default;
};

// How a session behaves once it is open; listeners hand theirs to each session they accept.
struct SessionRules {
  Responder responder = Responder::none;
  // A line equal to it, sent or received, closes the session once its queue has drained. Empty: off.
  std::string endWord{};
  // false: when the peer closes its side, ours follows as soon as the queue has drained.
  // true: the session stays half-closed until a person acts.
  bool stayHalfOpen = false;
  // Most bytes that may wait to be sent in one session; a send beyond it is refused (or waits, see Engine).
  std::size_t sendQueueBytes = std::size_t{8} << 20;
  // SO_RCVBUF to ask for (SO_RCVBUFFORCE first); datagram sockets only. 0: the system's default. What the
  // kernel granted stands in SessionSnapshot::receiveBuffer.
  int datagramReceiveBuffer = 8 << 20;
  // Most bytes a second that chargen sends in one session, and that any responder but echo sends to one
  // datagram peer; an eighth of a second's worth, but at least two lines (datagrams: 512 bytes), may go at
  // once. 0: no bound, as fast as the peer reads. A change counts at once.
  std::uint64_t chargenBytesPerSecond = std::uint64_t{64} << 10;
  // A datagram listener's peer that has neither sent nor been sent to for so long is closed; it comes back as
  // a new session with its next datagram. 0: never.
  std::chrono::milliseconds peerIdle = std::chrono::minutes(5);
  // What acts within the session, made when it opens; of a client when it begins to connect. When setRules()
  // brings another list, those that were made of the old one are detached and the new ones made; the same
  // list: they stay. nullptr: none.
  std::shared_ptr<const AgentMakers> agents{};
  Manners manners{};
};

struct ListenSpec {
  Endpoint endpoint;
  int backlog = 128;            // >= 0; the kernel caps it at net.core.somaxconn
  std::size_t maxSessions = 0;  // most sessions open at once; the rest wait in the backlog. 0: no bound
  std::vector<OptionSetting> options;  // set before bind; those of a stream are inherited by accepted sockets
  SessionRules rules;
};

struct ConnectSpec {
  Endpoint endpoint;
  std::optional<Endpoint> bind;  // local end, of the same transport; only its host/service or path count
  std::chrono::nanoseconds timeout =
      std::chrono::seconds(10);        // for the whole of resolve and connect; 0: none
  std::vector<OptionSetting> options;  // set before connect
  SessionRules rules;
  // Which of many it belongs to (an id of Engine::newSessionId()): SessionSnapshot::parent and Flow::parent.
  // 0: it stands for itself.
  SessionId group{};
};

}  // namespace sockbench
