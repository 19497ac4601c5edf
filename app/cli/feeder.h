// Feeder: sends what `connect` was given, in order, on a thread of its own, never faster than the session
// takes it.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "app/cli/backlog.h"
#include "app/cli/file_descriptor.h"
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/engine/engine.h"

namespace sockbench::cli {

// One thing to send: bytes, a file, or standard input.
//
// A stream takes files and standard input as they come. Where messages are kept whole (udp, unix-dgram,
// unix-seqpacket), bytes are one message, a file goes in messages of kMessageBytes, and standard input in
// lines, each with its new line, at most kMessageBytes long.
struct SendSource {
  enum class Kind { bytes, file, standardInput };
  Kind kind = Kind::bytes;
  Bytes bytes;
  FileDescriptor file;
  std::string path;

  static constexpr std::size_t kPieceBytes = std::size_t{256}
                                             << 10;    // what one send of a stream carries at most
  static constexpr std::size_t kMessageBytes = 65507;  // the largest UDP datagram over IPv4

  static SendSource ofBytes(Bytes bytes);
  static Result<SendSource> ofFile(const std::string& path);  // open(2)'s errno, EISDIR
  static SendSource ofStandardInput();
};

class Feeder {
 public:
  // `engine` and `backlog` outlive it. `done` is called by its thread when it has ended.
  Feeder(Engine& engine, Backlog& backlog, std::vector<SendSource> sources, bool asMessages, bool halfClose,
         std::function<void()> done);
  ~Feeder();  // stops at once

  void start(SessionId id);  // once
  // Everything that is there is still sent, but standard input is not waited for any longer. Thread: any.
  void finishSoon();

  // Thread: any.
  bool isDone() const { return done_; }  // or never started
  // Why it could not send everything; valid when isDone(). A refused send is in the timeline already, a
  // failed read of a file or of standard input (isReadError) is not.
  const std::optional<Error>& error() const { return error_; }
  bool isReadError() const { return error_ && error_->op == Operation::read; }

 private:
  void run(const std::stop_token& stop, SessionId id);
  Result<void> send(const SendSource& source);
  Result<void> sendBytes(const Bytes& bytes);
  Result<void> sendFile(const SendSource& source);
  Result<void> sendStandardInput();
  Result<void> sendLines(Bytes& pending, bool atEnd);
  Result<void> sendPiece(Bytes bytes);
  bool waitForInput();

  Engine& engine_;
  Backlog& backlog_;
  std::vector<SendSource> sources_;
  bool asMessages_;
  bool halfClose_;
  std::function<void()> whenDone_;
  FileDescriptor wake_;  // an eventfd: finishSoon() or the end
  SessionId id_;
  std::stop_token stop_;
  std::atomic<bool> hurry_{false};
  std::atomic<bool> done_{true};
  std::optional<Error> error_;
  std::jthread thread_;
};

}  // namespace sockbench::cli
