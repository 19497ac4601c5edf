// Engine: listeners and sessions on worker threads, every step of theirs in one TrafficLog.
//
//   Engine engine;
//   SessionId server = engine.listen({.endpoint = *Endpoint::parse("tcp://127.0.0.1:0"), .rules = {...}});
//   ... engine.events().drain() tells: listening on 127.0.0.1:40001 ...
//
// Calls return at once and are carried out by the worker that owns the session; what becomes of them comes
// back as SessionEvents with the id, and as rows of the log. An unknown or closed id is answered by
// sendRefused (sends) or ignored (the rest). Thread: any, unless it says otherwise. Destruction closes
// everything, waits for the workers, and leaves look-ups that hang behind.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/engine/event_queue.h"
#include "core/engine/file_send.h"
#include "core/engine/session_agent.h"
#include "core/engine/session_snapshot.h"
#include "core/engine/session_spec.h"
#include "core/resolve/dns_client.h"
#include "core/resolve/resolver.h"
#include "core/traffic/traffic_log.h"

namespace sockbench {

struct EngineSettings {
  unsigned workers = 0;  // 0: one fewer than the machine has cores, at least 1
  LogLimits log;
  std::function<void()> wake;  // for both events() and log(); see their setWakeHook. Empty: none
  // Asked before a session reads or accepts, and before chargen makes more of its stream. False: it waits,
  // and the peer is slowed as the kernel slows it, until resumeReceiving(). For a reader of the log that must
  // miss nothing. Called by workers; must not block or call the engine. Empty: always true.
  std::function<bool()> mayReceive = {};
};

class Engine {
 public:
  explicit Engine(EngineSettings settings = {});
  ~Engine();

  SessionId listen(ListenSpec spec);
  SessionId connect(ConnectSpec spec);  // resolves, then tries each address in turn until one connects

  // Queues `data`: a piece of the stream, or one datagram. Never waits; when it does not fit into the
  // session's queue, nothing of it is taken and the answer is InputFault::queueFull (notOpen when the session
  // cannot send), which also stands in the timeline. An empty datagram is sent, an empty piece of a stream is
  // ignored.
  Result<void> send(SessionId id, Bytes data);
  // The same, but waits for room (an answer is then queueFull only for data larger than the whole queue)
  // until `stop` is requested (ECANCELED) or the session closes (notOpen). Not for a GUI thread or a worker.
  Result<void> sendWhenRoom(SessionId id, Bytes data, std::stop_token stop = {});

  void halfClose(SessionId id);  // once the queue has drained: shutdown(SHUT_WR). Streams and seqpacket
  // A listener: stops listening, its sessions stay open. A session: once the queue has drained, our side is
  // shut, what the peer still has to say is recorded until its end of stream comes or `closeLinger` (2 s) is
  // over, then it is closed. A connection that is not there yet is abandoned. A second call closes at once.
  void close(SessionId id);
  void reset(SessionId id);  // SO_LINGER 0, then close: TCP sends RST; other transports just close
  void closeAll();           // every listener and session, at once (queues that can be written are written)
  void setOption(SessionId id, OptionSetting setting);  // an `option` row, or an error row
  void readOptions(SessionId id);  // all that its socket has; answered by SessionEvent::optionsRead
  // Of a session: from now on. Of a listener: for the sessions to come. sendQueueBytes and
  // datagramReceiveBuffer stay as they were when the session began.
  void setRules(SessionId id, SessionRules rules);
  // Acts within the session from now on, or from when it opens. Ignored once the session is over: then the
  // agent gets ended() at once, on some worker. Of a listener: ignored (its sessions' are in its rules).
  void attach(SessionId id, std::shared_ptr<SessionAgent> agent);
  void detach(SessionId id, const std::shared_ptr<SessionAgent>& agent);
  // The rest of the rules stays; an `automatic` row tells what changed. Reading that is asked for again goes
  // on even where an agent has held it back. Of a listener: also for the sessions to come.
  void setManners(SessionId id, Manners manners);
  // TCP's urgent byte (MSG_OOB), at once, before what is queued. Refused as send() is: EOPNOTSUPP where the
  // transport has none.
  void sendUrgent(SessionId id, std::byte data);
  // A file's bytes, behind what is queued; they do not count as queued. See file_send.h; progress is read
  // there, and `automatic` rows tell beginning and end. Streams and unix-seqpacket; else EOPNOTSUPP.
  Result<void> sendFile(SessionId id, std::shared_ptr<FileSend> file);
  void resumeReceiving();  // those that EngineSettings::mayReceive has kept waiting ask it again
  void sample(std::vector<SessionId> ids);  // TCP_INFO and kernel drops; answered by sampled events
  void forget(SessionId id);  // a closed session (of a listener: and its closed children) leaves snapshots()

  std::optional<SessionSnapshot> snapshot(SessionId id) const;  // counters as of now
  std::vector<SessionSnapshot> snapshots() const;               // all that are known, by id
  std::size_t openSessions() const;                             // without listeners

  // An id for rows of log() that are of no session of the engine's; nobody else gets it.
  SessionId newSessionId();
  EventQueue& events();
  TrafficLog& log();
  Resolver& resolver();
  DnsClient& dns();  // its thread begins with the first call
  unsigned workers() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sockbench
