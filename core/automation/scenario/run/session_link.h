// SessionLink: the end of a session's that lies in a scenario's run: what the session receives is kept here
// until the run takes it, and the peer is slowed when that is too much.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/automation/scenario/run/mailbox.h"
#include "core/engine/engine.h"
#include "core/engine/session_agent.h"
#include "core/engine/session_snapshot.h"

namespace sockbench {

// How much all sessions of a run hold together.
struct HeldBytes {
  static constexpr std::size_t kMost = std::size_t{256} << 20;
  // Beyond kMost no session keeps more than this.
  static constexpr std::size_t kMostThen = std::size_t{64} << 10;
  std::atomic<std::size_t> bytes{0};
};

// What a message takes besides its bytes: empty ones, too.
inline constexpr std::size_t kMessageWeight = 64;

class SessionLink : public SessionAgent, public std::enable_shared_from_this<SessionLink> {
 public:
  // `listener`: a number of the run's for who accepted it; 0: nobody did.
  SessionLink(std::shared_ptr<Mailbox> mailbox, std::shared_ptr<HeldBytes> held, std::size_t mostBytes,
              std::uint32_t listener);

  // What has come of it since the last take().
  struct News {
    Bytes bytes;
    std::vector<std::size_t> messages;  // lengths of datagrams and records within `bytes`
    bool opened = false;                // and all of these: now, or before
    bool finished = false;              // the peer has closed its side
    bool drained = false;               // since the last take()
    std::optional<SessionSnapshot> last;
  };
  // Thread: the run's, all of these.
  News take();
  // So much of what was taken is not kept any more; the peer may go on where there is room again.
  void letGo(std::size_t bytes, std::size_t messages, Engine& engine);
  void makeRoomFor(std::size_t bytes, Engine& engine);  // more than the usual, for one expectation
  bool isFull() const;  // all was taken, and the peer is slowed until some of it is let go
  void stopReading(bool on, Engine& engine);  // a person wants it so; news tell when it is
  bool isStopped() const;
  std::uint32_t listener() const { return listener_; }
  SessionId id() const;  // 0: it has not opened

  // Where the session is, once it has opened.
  struct Ends {
    Transport transport = Transport::tcp;
    std::string localAddress;
    std::uint16_t localPort = 0;
    std::string peerAddress;
    std::uint16_t peerPort = 0;
    std::string peerText;
  };
  Ends ends() const;

  void attached(AgentSession& session) override;
  void received(AgentSession& session, ByteView bytes, WallNanos time) override;
  void peerFinished(AgentSession& session) override;
  void drained(AgentSession& session) override;
  void ended(const SessionSnapshot& last) override;
  void detached() override;

 private:
  bool isTooMuch() const;  // mutex_ is held
  void tell(std::unique_lock<std::mutex>& lock);
  void goOn(Engine& engine);
  // On the session's worker; mutex_ is held.
  bool isToRead() const { return !stopped_ && !isTooMuch(); }
  void applyReading();
  bool leavesOut(AgentSession& session);  // a datagram that there is no room for, of a peer that cannot wait

  const std::shared_ptr<Mailbox> mailbox_;
  const std::shared_ptr<HeldBytes> held_;
  const std::uint32_t listener_;

  mutable std::mutex mutex_;
  std::size_t most_;
  News news_;
  bool told_ = false;
  bool reading_ = true;  // as the session was told last
  bool stopped_ = false;
  std::size_t kept_ = 0;       // bytes that were not let go yet
  std::uint64_t leftOut_ = 0;  // datagrams, since there was nothing left
  SessionId id_;
  Ends ends_;
  AgentSession* session_ = nullptr;  // the worker's own; while it is attached
};

}  // namespace sockbench
