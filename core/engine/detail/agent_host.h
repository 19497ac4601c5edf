// AgentHost: the agents of one session. A session without agents has none. Thread: the session's worker.
#pragma once

#include <memory>
#include <vector>

#include "core/engine/session_agent.h"
#include "core/engine/session_snapshot.h"

namespace sockbench::detail {

class Actor;
class AgentSeat;

class AgentHost {
 public:
  explicit AgentHost(Actor& actor) : actor_(&actor) {}
  ~AgentHost();
  AgentHost(const AgentHost&) = delete;
  AgentHost& operator=(const AgentHost&) = delete;

  Actor& actor() const { return *actor_; }
  void moveTo(Actor& actor) { actor_ = &actor; }  // the session that a connection attempt has become

  // Those of the session's rules; what an earlier list made is detached first.
  void makeAnew(const AgentMakers* makers);
  void add(std::shared_ptr<SessionAgent> agent);
  void remove(const std::shared_ptr<SessionAgent>& agent);

  // The calls of SessionAgent, to each of them. Before opened() none but ended() is made.
  void opened();
  void received(ByteView bytes, WallNanos time);
  void peerFinished();
  void drained();
  void woke(AgentSeat& seat);
  void ended(const SessionSnapshot& last);

  bool holdsReading() const;
  void letReadingGo();
  // What is sent now is flushed by who called us, at the end of its turn.
  bool flushFollows() const { return flushFollows_; }

 private:
  using SeatPtr = std::shared_ptr<AgentSeat>;

  void seat(std::shared_ptr<SessionAgent> agent, bool ofRules);
  void detach(const SeatPtr& seat);
  template <class Call>
  void each(Call call);
  void sweep();  // those that have left

  Actor* actor_;
  std::vector<SeatPtr> seats_;
  bool open_ = false;
  bool flushFollows_ = false;
};

}  // namespace sockbench::detail
