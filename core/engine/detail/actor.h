// Actor: a session or a listener as its worker sees it. Every member runs on that worker's thread.
#pragma once

#include <memory>

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
  virtual void childEnded() {}       // of a listener: one of its sessions has closed
  virtual void descriptorFreed() {}  // of one of Context::descriptorWaiters: somebody's session has closed

  void setOption(const OptionSetting& setting);
  void readOptions();
  void sample();  // TCP_INFO and the kernel's drops
  Worker& worker() { return journal_.session().worker; }

 protected:
  virtual Socket& socket() = 0;
  virtual void rulesChanged() {}  // by setRules(), while the session may be at any stage
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
};

}  // namespace sockbench::detail
