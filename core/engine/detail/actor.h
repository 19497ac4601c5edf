// Actor: a session or a listener as its worker sees it. Every member runs on that worker's thread.
#pragma once

#include <memory>

#include "core/engine/detail/agent_host.h"
#include "core/engine/detail/journal.h"
#include "core/engine/detail/unix_path.h"
#include "core/engine/session_spec.h"
#include "core/net/socket.h"

namespace sockbench::detail {

class Actor : public std::enable_shared_from_this<Actor> {
 public:
  Actor(Context& context, SessionSharedPtr session);
  virtual ~Actor() = default;
  Actor(const Actor&) = delete;
  Actor& operator=(const Actor&) = delete;

  virtual void flush() {}       // the send queue has something
  virtual void halfClose();     // EOPNOTSUPP unless overridden
  virtual void close() = 0;     // in good order; a second time at once
  virtual void closeNow() = 0;  // what the kernel takes at once is sent, then the socket goes
  virtual void reset() { closeNow(); }
  void setRules(SessionRules rules);
  void setManners(Manners manners);
  virtual void childEnded() {}       // of a listener: one of its sessions has closed
  virtual void descriptorFreed() {}  // of one of Context::descriptorWaiters: somebody's session has closed

  // Agents: see SessionAgent. What they ask for is carried out by these.
  void attach(std::shared_ptr<SessionAgent> agent);
  void detach(const std::shared_ptr<SessionAgent>& agent);
  // As Engine::send. `flushFollows`: the queue is flushed by who called the agent.
  Result<void> sendFromAgent(Bytes data, bool flushFollows);
  virtual Result<void> sendUrgent(std::byte data);  // EOPNOTSUPP unless overridden
  void later(void (Actor::*act)());                 // in a turn of its own, if the session is open then
  void postReadingChanged() { later(&Actor::readingChanged); }
  Journal& journal() { return journal_; }

  void setOption(const OptionSetting& setting);
  void readOptions();
  void sample();  // TCP_INFO and the kernel's drops
  Worker& worker() { return journal_.session().worker; }

 protected:
  virtual Socket& socket() = 0;
  virtual void rulesChanged() {}  // by setRules(), while the session may be at any stage
  virtual bool hasAgents() const { return true; }
  virtual void allow(Manners&) {}   // takes back, and tells, what cannot be done here
  virtual void mannersChanged() {}  // by setManners() or setRules(), likewise; reading apart
  virtual void readingChanged() {}  // mayRead() may have become true
  bool mayRead() const { return rules_.manners.reading && (!agents_ || !agents_->holdsReading()); }
  void tellManners(const Manners& before);
  void makeAgents();   // those of the rules, before the session opens
  void agentsBegin();  // it is open
  void takeAgents(Actor& attempt) {
    agents_ = std::move(attempt.agents_);
    if (agents_) agents_->moveTo(*this);
  }
  AgentHost* agents() const { return agents_.get(); }  // nullptr: none
  // Out of the worker's and the engine's books; the listener, if there is one, hears of it. Last act of a
  // session.
  void leave();
  // The socket's name, which has none here when the kernel does not tell it: an error row says so.
  SocketAddress ownAddress(const SocketAddress& peer);
  // Removes the socket's file; an error row says why it stays.
  void removeFile(BoundPath& file);
  // Tells what the kernel has dropped at this socket and was not told yet.
  virtual void countDrops() {}
  template <class Self>
  std::shared_ptr<Self> self() {
    return std::static_pointer_cast<Self>(shared_from_this());
  }

  Context& context_;
  Journal journal_;
  SessionRules rules_;

 private:
  AgentHost& host();
  Result<void> neverAnswers(std::size_t bytes);

  std::unique_ptr<AgentHost> agents_;
  bool opened_ = false;
};

}  // namespace sockbench::detail
