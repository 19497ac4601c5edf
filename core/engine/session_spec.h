// What to listen on and what to connect to.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/net/endpoint.h"
#include "core/net/socket_options.h"

namespace sockbench {

enum class Responder : std::uint8_t {
  none,     // a person answers, or nobody
  echo,     // RFC 862: what comes goes back
  discard,  // RFC 863: what comes is recorded, and nothing is ever sent
};
std::string_view responderName(Responder r);  // "none", "echo", "discard"
std::optional<Responder> findResponder(std::string_view name);

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
  // A datagram listener's peer that has neither sent nor been sent to for so long is closed; it comes back as
  // a new session with its next datagram. 0: never.
  std::chrono::milliseconds peerIdle = std::chrono::minutes(5);
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
};

}  // namespace sockbench
