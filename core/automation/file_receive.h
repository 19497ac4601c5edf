// FileReceive: an agent that writes what its session receives to a file, until the peer closes its side, a
// number of bytes is reached, or it is stopped.
//
//   auto file = FileReceive::open({.path = "/tmp/in.bin"});
//   engine.attach(session, *file);   ... (*file)->progress() ...
//
// The bytes of datagrams and records follow one another. The file is written by a thread of its own; where
// that is slower than the peer, the session's reading is held back; of a datagram listener's peer, which
// cannot be held back, it ends with ENOBUFS once 64 MiB wait. What came before it was attached is not in the
// file.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/engine/session_agent.h"
#include "core/payload/checksum/checksum.h"

namespace sockbench {

class FileReceive : public SessionAgent {
 public:
  struct Spec {
    std::string path;
    bool overwrite = false;  // false: EEXIST where there is something
    std::uint64_t most = 0;  // bytes; 0: no limit
  };
  enum class State : std::uint8_t {
    waiting,    // for the session to open
    receiving,  // also while the last bytes are being written
    done,       // the peer closed its side, or the limit is reached: all of it stands in the file
    stopped,    // by stop(), it was detached, or the session was closed here before the peer's end
    failed      // the file could not be written, or the session died: what had come until then is kept
  };
  struct Progress {
    State state = State::waiting;
    std::uint64_t received = 0;  // bytes that were taken from the session ...
    std::uint64_t written = 0;   // ... and that stand in the file
    WallNanos began = 0;         // 0: not yet
    WallNanos ended = 0;         // 0: not yet
    std::optional<Error> error;  // why it failed
    std::string sha256;          // of what stands in the file, in hex
    std::string md5;
  };

  // Makes the file, or empties it. Errors: those of open(2); badPath for what is not a regular file.
  static Result<std::shared_ptr<FileReceive>> open(Spec spec);
  ~FileReceive() override;  // waits until what was taken has been written
  FileReceive(const FileReceive&) = delete;
  FileReceive& operator=(const FileReceive&) = delete;

  // Thread: any, these.
  const Spec& spec() const { return spec_; }
  Progress progress() const;
  void stop();  // nothing more is taken; what was taken is written

  void attached(AgentSession& session) override;
  void received(AgentSession& session, ByteView bytes, WallNanos time) override;
  void peerFinished(AgentSession& session) override;
  void woke(AgentSession& session) override;
  void ended(const SessionSnapshot& last) override;
  void detached() override { finish(State::stopped); }

 private:
  FileReceive(Spec spec, int descriptor);
  void take(ByteView bytes);
  void finish(State state, std::optional<Error> error = std::nullopt);
  void letGo(AgentSession& session);  // says how it stands, and leaves
  void write();                       // the thread
  bool writeOut(const Bytes& bytes);
  void closeFile();

  const Spec spec_;
  int descriptor_;
  const std::unique_ptr<Checksum> sha256_;  // under sums_
  const std::unique_ptr<Checksum> md5_;
  mutable std::mutex sums_;
  mutable std::mutex mutex_;  // for the rest
  std::condition_variable more_;
  std::deque<Bytes> waiting_;
  std::size_t waitingBytes_ = 0;
  Progress progress_;
  std::optional<State> last_;  // what it becomes once all is written
  std::thread thread_;
  bool holds_ = false;  // the worker's: reading is held back
};

}  // namespace sockbench
