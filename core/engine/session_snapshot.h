// What can be said of a session at a moment.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/engine/session_spec.h"
#include "core/net/endpoint.h"
#include "core/net/socket_address.h"
#include "core/net/tcp_state.h"
#include "core/traffic/record.h"

namespace sockbench {

enum class SessionRole : std::uint8_t {
  listener,
  client,
  accepted
};  // accepted: also a listener's datagram peer

enum class SessionState : std::uint8_t {
  idle,
  resolving,
  connecting,
  connected,
  listening,
  halfClosed,
  closed,
  reset,
  failed  // it could not begin, or died of an error (ETIMEDOUT...): nobody closed it
};

// In words: "half-closed (by the peer)", "closed (by us)", "failed (ECONNREFUSED)".
std::string_view sessionStateName(SessionState s);  // "half-closed"

// TCP_INFO, the part that is shown (tcp(7), linux/tcp.h).
struct TcpSample {
  std::uint8_t kernelState = 0;  // 1 ESTABLISHED ... 11 CLOSING: kernelTcpStateName()
  std::chrono::microseconds rtt{};
  std::chrono::microseconds rttVariance{};
  std::uint32_t retransmits = 0;       // segments, in all
  std::uint32_t timeouts = 0;          // retransmission timeouts in a row, not answered yet
  std::uint32_t probes = 0;            // zero-window or keep-alive probes, not answered yet
  std::uint32_t maxSegment = 0;        // bytes: tcpi_snd_mss
  std::uint32_t congestionWindow = 0;  // segments
  std::uint32_t unackedBytes = 0;      // given to the kernel, not acknowledged by the peer (SIOCOUTQ)
  std::optional<std::uint32_t>
      peerWindow;  // bytes that the peer takes now; nullopt: the kernel does not tell

  // The peer takes nothing: what is queued waits until it reads.
  bool isZeroWindow() const { return peerWindow && *peerWindow == 0 && unackedBytes > 0; }
};

struct SessionSnapshot {
  SessionId id;
  SessionId parent;  // of accepted sessions: the listener; of clients: ConnectSpec::group
  SessionRole role = SessionRole::client;
  Transport transport = Transport::tcp;
  SessionState state = SessionState::idle;
  Party by = Party::none;  // who half-closed, closed or reset first
  std::string target;      // the endpoint's text that was asked for (clients, listeners)
  SocketAddress local;     // empty until known
  SocketAddress peer;
  int descriptor = -1;  // -1 when there is none (yet, any more); datagram peers share their listener's
  std::uint64_t bytesIn = 0;
  std::uint64_t bytesOut = 0;
  std::uint64_t recordsIn = 0;  // receives: recv() calls that gave bytes, or datagrams
  std::uint64_t recordsOut = 0;
  std::uint64_t dropped = 0;     // datagrams that the kernel dropped at this socket
  std::uint64_t unanswered = 0;  // datagrams that the responder did not answer for its limit
  // Datagram sockets: bytes that were asked for (0: none), and bytes granted, as they would be asked for (the
  // kernel tells the double; 0: not known).
  int receiveBufferAsked = 0;
  int receiveBuffer = 0;
  std::size_t queuedBytes = 0;         // accepted for sending, not yet taken by the kernel
  std::size_t openChildren = 0;        // listeners: sessions open now ...
  std::uint64_t acceptedChildren = 0;  // ... and accepted in all
  int backlog = 0;                     // listeners of connections
  Responder responder = Responder::none;
  Manners manners{};         // as they were last set
  WallNanos since = 0;       // when the session was asked for or accepted
  WallNanos changed = 0;     // when `state` last changed
  WallNanos connecting = 0;  // clients: when the attempt at the address in `peer` began; 0: none has
  // When it became connected, once and for all; 0: it has not, or it listens. Of accepted sessions: when they
  // were taken up. The kernel's time of a datagram may be earlier.
  WallNanos connected = 0;
  WallNanos firstReceived = 0;   // when the first bytes, or the first datagram, had come; 0: none have
  std::optional<Error> error;    // the last error of this session
  std::optional<TcpSample> tcp;  // the last sample (Engine::sample)

  bool isOpen() const;  // a socket is there or is being made
  std::string stateText()
      const;  // the state in words with by and why (English; the window translates its own)
};

}  // namespace sockbench
