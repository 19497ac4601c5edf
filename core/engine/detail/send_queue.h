// SendQueue: what was accepted for sending and has not gone yet. Bounded in bytes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/engine/detail/token_bucket.h"
#include "core/engine/file_send.h"
#include "core/traffic/traffic_log.h"

namespace sockbench::detail {

// A file on its way. Its bytes do not count as queued.
struct OutFile {
  std::shared_ptr<FileSend> file;
  TokenBucket bucket{};
  bool byHand = false;  // sendfile(2) is of no use here: read and sent
};

// A piece of a stream or a datagram: its own bytes, or bytes of the log (an echo), which are not copied; or a
// file, whose rest() is empty.
struct OutItem {
  std::variant<Bytes, PinnedBytes, OutFile> data;
  std::size_t sent = 0;
  bool isAnswer = false;  // a responder's or an agent's, not a caller's

  ByteView rest() const;
  OutFile* file() { return std::get_if<OutFile>(&data); }  // nullptr: it is none
  bool isShared() const { return std::holds_alternative<PinnedBytes>(data); }
  PinnedBytes sharedPart(std::size_t offset, std::size_t length) const;  // isShared() only
};

// Thread: any for offer, offerWhenRoom and the observers; the owning worker for the rest.
class SendQueue {
 public:
  explicit SendQueue(std::size_t limit) : limit_(limit) {}

  // notOpen while it is closed, queueFull when `data` does not fit. `*wasIdle`: the worker is to be told.
  Result<void> offer(Bytes data, bool* wasIdle, bool isAnswer = false);
  // Waits for room; ECANCELED by `stop`, notOpen when the queue closes meanwhile.
  Result<void> offerWhenRoom(Bytes data, std::stop_token stop, bool* wasIdle);
  Result<void> offerFile(std::shared_ptr<FileSend> file, bool* wasIdle);  // notOpen while it is closed
  std::vector<std::shared_ptr<FileSend>> files() const;                   // in the queue
  std::size_t bytes() const;
  bool isCrowded() const;     // as full as it may be; never while it is empty
  bool hasRoomAgain() const;  // half empty

  void open();                      // sends are accepted from now on
  void stopAccepting();             // what is queued still goes; offers are refused
  std::size_t discard();            // drops what is queued and stops accepting: how many bytes were dropped
  void pushEcho(PinnedBytes data);  // not bounded here: the reader pauses instead (isCrowded)
  // What a responder says by itself. False, and nothing is taken: the queue does not accept, or `data` does
  // not fit beside what is in it.
  bool pushAnswer(Bytes data);
  bool isAccepting() const;

  OutItem* front();  // nullptr: empty, and the next offer says wasIdle. Valid until pop() or discard()
  // As many of the items as `into` has room for, from the front on; how many. As front() otherwise.
  std::size_t peek(std::span<const OutItem*> into);
  void sent(std::size_t n);  // of the front item
  void pop(std::size_t items = 1);

 private:
  Result<void> push(Bytes data, bool* wasIdle, bool isAnswer);  // under mutex_

  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable_any room_;
  std::list<OutItem> items_;  // nothing is allocated while it is empty
  std::size_t bytes_ = 0;
  bool accepting_ = false;
  bool busy_ = false;  // the worker knows that there is something
};

}  // namespace sockbench::detail
