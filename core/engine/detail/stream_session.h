// StreamSession: a connection, ours or accepted: TCP, UNIX stream, UNIX seqpacket.
#pragma once

#include <asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

#include "core/engine/detail/actor.h"
#include "core/engine/detail/chargen_stream.h"
#include "core/engine/detail/descriptor_watch.h"
#include "core/engine/detail/end_word.h"
#include "core/engine/detail/unix_path.h"

namespace sockbench::detail {

// One turn reads and writes no more than this, so that no session starves another of its worker.
inline constexpr int kCallsPerTurn = 16;
inline constexpr std::size_t kMostPerCall = std::size_t{256} << 10;
inline constexpr std::size_t kFileRecord = std::size_t{64} << 10;  // of a file, where records are sent

// How a session ends: its last state, the last row's kind (none: an error row is the last), and by whom.
struct StreamEnding {
  SessionState state = SessionState::failed;
  std::optional<RecordKind> kind;
  Party by = Party::none;
};
inline constexpr StreamEnding kDied{};  // nobody closed it: the kernel gave the connection up
inline constexpr StreamEnding kResetByPeer{SessionState::reset, RecordKind::reset, Party::peer};

class StreamSession : public Actor {
 public:
  // `socket` is connected and non-blocking. `bound`: the client's own UNIX path, if it has one.
  StreamSession(Context& context, SessionSharedPtr session, Socket socket, SessionRules rules,
                BoundPath bound = {});

  // How the session begins: a row of `kind` (connected, accepted). `peer` stands in where the kernel names
  // none. `attempt`: a client's, whose agents are the session's now.
  void begin(const SocketAddress& peer, RecordKind kind, std::uint64_t value = 0, Actor* attempt = nullptr);

  void flush() override;
  void halfClose() override;
  void close() override;
  void closeNow() override;
  void reset() override;
  Result<void> sendUrgent(std::byte data) override;

 private:
  Socket& socket() override { return socket_; }
  void rulesChanged() override { answer(); }
  void mannersChanged() override;
  void readingChanged() override;
  void answer();  // what the responder says by itself, unasked
  void read();
  bool readOnce();  // false: nothing more now
  bool readBytes();
  bool readRecord();
  bool received(const PinnedBytes& bytes);
  void closeOnceRead();  // by the End word, from within read()
  bool readSome();       // a turn's worth; true: there may be more
  void readOn();         // in another turn
  void waitToRead();
  void rested();
  void peerFinished();
  void readFailed(Error error);
  void sendFailed(Error error);
  void restFor(Error shortage);  // then reads and sends again
  void watchForReset();
  void brokenWhileQuiet();
  void flushUpTo(int mostCalls);
  bool sendOnce(OutItem& item);  // false: not now, or never again
  bool sendBytes(OutItem& item);
  std::size_t mostAtOnce() const;  // bytes of a stream
  bool cancelWanted() const;       // the file in front is to end now
  bool sendFilePart(OutItem& item);
  Result<std::size_t> filePart(OutFile& out, std::size_t most);  // hands so many bytes to the kernel, at most
  Result<std::size_t> filePartByHand(const FileSend& file, std::size_t most);
  bool filePartFailed(OutFile& out, Error error);
  void endFile(FileSend& file, FileSend::State state, std::optional<Error> error = std::nullopt);
  void tellFileEnd(FileSend& file, FileSend::State state, std::optional<Error> error);
  void endFiles();  // those that the end of the session leaves behind
  void waitForPace(std::chrono::steady_clock::time_point when);
  void paced();
  void sendGarbage();
  void noteUnsent(Error& error);  // what is lost with the connection; discards the queue
  void finishBroken();
  void queueDrained();
  void startTimer(std::unique_ptr<asio::steady_timer>& timer, std::chrono::nanoseconds time,
                  void (StreamSession::*then)());
  void shutOurSide();
  void waitForPeersEnd();  // for as long as a closed session lingers
  StreamEnding closedInOrder() const;
  void finish(StreamEnding ending);

  Socket socket_;
  BoundPath bound_;
  DescriptorWatch watch_;
  // Made when they are first needed: an idle session has neither.
  std::unique_ptr<asio::steady_timer> linger_;
  std::unique_ptr<asio::steady_timer> rest_;
  std::unique_ptr<asio::steady_timer> pace_;
  std::unique_ptr<asio::steady_timer> quiet_;
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
  bool pacing_ = false;   // pace_ runs: nothing is sent before it is over
  bool atOnce_ = false;   // the end has come: no pace is kept, and no file is begun
  bool resting_ = false;  // the kernel was short of memory; no call is made meanwhile
  bool toldShortage_ = false;
  bool owesDrained_ = false;   // what a caller had sent, not an echo, was in the queue
  bool owesAgents_ = false;    // something has gone that the agents were not told of
  Party first_ = Party::none;  // whose FIN came first
  // Sending failed: how the session is to end once what came has been read, and why.
  std::optional<StreamEnding> broken_;
  Error brokenBy_;
};

}  // namespace sockbench::detail
