// StreamSession: a connection, ours or accepted: TCP, UNIX stream, UNIX seqpacket.
#pragma once

#include <asio/steady_timer.hpp>
#include <cstddef>

#include "core/engine/detail/actor.h"
#include "core/engine/detail/chargen_stream.h"
#include "core/engine/detail/descriptor_watch.h"
#include "core/engine/detail/end_word.h"
#include "core/engine/detail/unix_path.h"

namespace sockbench::detail {

// One turn reads and writes no more than this, so that no session starves another of its worker.
inline constexpr int kCallsPerTurn = 16;
inline constexpr std::size_t kMostPerCall = std::size_t{256} << 10;

class StreamSession : public Actor {
 public:
  // `socket` is connected and non-blocking. `bound`: the client's own UNIX path, if it has one.
  StreamSession(Context& context, SessionSharedPtr session, Socket socket, SessionRules rules,
                BoundPath bound = {});

  // How the session begins: a row of `kind` (connected, accepted). `peer` stands in where the kernel names
  // none.
  void begin(const SocketAddress& peer, RecordKind kind, std::uint64_t value = 0);

  void flush() override;
  void halfClose() override;
  void close() override;
  void closeNow() override;
  void reset() override;

 private:
  Socket& socket() override { return socket_; }
  void rulesChanged() override { answer(); }
  void answer();  // what the responder says by itself, unasked
  void read();
  bool readOnce();  // false: nothing more now
  bool readBytes();
  bool readRecord();
  bool received(const PinnedBytes& bytes);
  void closeOnceRead();  // by the End word, from within read()
  void waitToRead();
  void peerFinished();
  void readFailed(Error error);
  void sendFailed(Error error);
  void watchForReset();
  void brokenWhileQuiet();
  void flushUpTo(int mostCalls);
  bool sendOnce(OutItem& item);  // false: not now, or never again
  void queueDrained();
  void shutOurSide();
  void waitForPeersEnd();  // for as long as a closed session lingers
  void finish(SessionState state, std::optional<RecordKind> kind, Party by);
  Party whoClosedFirst() const;

  Socket socket_;
  BoundPath bound_;
  DescriptorWatch watch_;
  asio::steady_timer linger_;
  std::shared_ptr<ChargenStream> chargen_;  // while that is the responder
  EndWord endSent_;
  EndWord endReceived_;
  bool ended_ = false;     // finish() has been called
  bool peerShut_ = false;  // its FIN has come
  bool ourShut_ = false;   // our FIN has gone
  bool shutWhenDrained_ = false;
  bool closing_ = false;  // close() was called, or the End word was met
  bool paused_ = false;   // reading waits for the echo to go out
  bool flushing_ = false;
  bool owesDrained_ = false;   // what a caller had sent, not an echo, was in the queue
  Party first_ = Party::none;  // whose FIN came first
  std::optional<RecordKind>
      broken_;  // sending failed: how the session is to end once what came has been read
};

}  // namespace sockbench::detail
