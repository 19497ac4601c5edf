// SessionAgent: what acts for a person within one session: rules that answer, a send that repeats, a file
// that is written, a client of many, a step of a scenario.
//
// An agent lives on its session's worker: each member of both classes below is called on that worker's thread
// and only there, so that an agent needs no lock for its own state; what a window reads of it must be atomic
// or locked. No member may block. An agent of a session that never opens gets ended() alone.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/net/endpoint.h"
#include "core/net/socket_address.h"

namespace sockbench {

struct SessionSnapshot;

// The session as its agent sees it. Valid from attached() until ended() or detached(); it must not be kept
// beyond.
class AgentSession {
 public:
  using Clock = std::chrono::steady_clock;

  virtual SessionId id() const = 0;
  virtual SessionId listener() const = 0;  // that accepted it; 0: a client
  virtual Transport transport() const = 0;
  virtual const SocketAddress& local() const = 0;
  virtual const SocketAddress& peer() const = 0;

  // As Engine's members of the same name; halfClose(), close() and reset() are carried out after the present
  // call. A send that does not fit is refused with queueFull and told as any other; drained() tells when
  // everything has gone.
  virtual Result<void> send(Bytes data) = 0;
  virtual Result<void> sendUrgent(std::byte data) = 0;
  virtual std::size_t queuedBytes() const = 0;
  virtual void halfClose() = 0;
  virtual void close() = 0;
  virtual void reset() = 0;
  // False holds the session's reading back until this agent lets it go on or has left. Of a datagram
  // listener's peer, which shares its listener's socket: nothing.
  virtual void setReading(bool on) = 0;

  // A row of kind `automatic`, with an error if there is one. `text`: a short English remark in the field's
  // words ("rule \"login\": sent 12 bytes").
  virtual void note(std::string text, std::optional<Error> error = std::nullopt) = 0;
  // woke() is called once, at `when` or as soon after it as the worker comes to it; nullopt: not at all. A
  // later call replaces an earlier one: an agent has one timer.
  virtual void wakeAt(std::optional<Clock::time_point> when) = 0;
  // The agent is let go when its present call returns; neither ended() nor detached() follows.
  virtual void leave() = 0;

 protected:
  ~AgentSession() = default;
};

class SessionAgent {
 public:
  virtual ~SessionAgent() = default;
  // The session is open, or was already: it can send. The first call.
  virtual void attached(AgentSession& session) { static_cast<void>(session); }
  // What one receive gave: a piece of the stream, a datagram (also an empty one), a record. The bytes are
  // valid during the call. They are in the timeline already.
  virtual void received(AgentSession& session, ByteView bytes, WallNanos time) {
    static_cast<void>(session), static_cast<void>(bytes), static_cast<void>(time);
  }
  virtual void peerFinished(AgentSession& session) { static_cast<void>(session); }  // its FIN has come
  // Everything that was queued, by whomever, has been taken by the kernel.
  virtual void drained(AgentSession& session) { static_cast<void>(session); }
  virtual void woke(AgentSession& session) { static_cast<void>(session); }  // see wakeAt()
  // The session is over, or could not begin; `last` is how it stands. The last call.
  virtual void ended(const SessionSnapshot& last) { static_cast<void>(last); }
  // It was taken from a session that goes on (Engine::detach, or rules without it). The last call.
  virtual void detached() {}
};

// Makes an agent for a session that is about to open; nullptr: none for this one. Called by any worker, also
// by several at once; must not block or call the engine.
using AgentMaker = std::function<std::shared_ptr<SessionAgent>()>;
using AgentMakers = std::vector<AgentMaker>;

}  // namespace sockbench
