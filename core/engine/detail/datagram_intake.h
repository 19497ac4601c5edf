// DatagramIntake: what comes in at one datagram socket: datagrams, the kernel's drops among them, and what
// the network says about those that were sent. Thread: the worker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/engine/detail/datagram_io.h"
#include "core/engine/detail/descriptor_watch.h"
#include "core/engine/detail/drop_count.h"
#include "core/engine/detail/worker.h"
#include "core/net/endpoint.h"
#include "core/net/error_queue.h"

namespace sockbench::detail {

// Who owns the socket. It must not close it within one of these calls.
class DatagramSink {
 public:
  virtual void arrived(const Datagram& datagram, WallNanos time) = 0;  // time 0: the kernel did not tell
  virtual void batchArrived() = 0;  // what arrived since the last one may be answered now
  // `count` datagrams were lost before the next one that arrives; they are older than `time` (0: than now).
  virtual void dropped(std::uint64_t count, WallNanos time) = 0;
  virtual void dropsCounted() = 0;                  // after one or more dropped()
  virtual void told(const QueuedError& error) = 0;  // about something that was sent
  virtual void receiveFailed(Error error) = 0;

 protected:
  ~DatagramSink() = default;
};

class DatagramIntake {
 public:
  DatagramIntake(Worker& worker, Transport transport, DatagramSink& sink);

  // A turn of reading: as many batches as there are, within a bound, so that other sessions get theirs. Then
  // `owner`'s `again`, which calls this, has its next turn: when the socket is readable, or, where there may
  // be more, as soon as the others have had theirs.
  template <class Owner>
  void read(Socket& socket, DescriptorWatch& watch, std::shared_ptr<Owner> owner, void (Owner::*again)()) {
    const bool more = readTurn(socket);
    if (!socket.isOpen()) return;
    if (more && worker_.mayReceive())
      return worker_.post([owner = std::move(owner), again] { ((*owner).*again)(); });
    // Held now, and the queue may be empty: then nothing wakes us to count what was dropped before.
    if (more) countDrops(socket);
    watch.whenReadable(std::move(owner), again);
  }
  // Before the socket is closed: nothing more comes in, what the kernel had taken in is told, and its drops.
  void drain(Socket& socket);
  void countDrops(const Socket& socket);

  // The error queue of `socket`, to its end or a bound: each of the network's goes to told(). A local one (it
  // belongs to the send that has just failed) goes to `*local`, where that is given. True: the network said
  // something.
  bool readErrors(const Socket& socket, std::optional<QueuedError>* local = nullptr);
  // An error that a call met with is the network's and has been told already.
  bool isSettled(const Error& error);

  DatagramSender& sender() { return io_->sender; }

 private:
  enum class Step { more, empty, failed };
  bool readTurn(Socket& socket);  // true: it ended because it was long enough
  Step readBatch(Socket& socket);
  Step readFailed(const Socket& socket, const Error& error);
  void hand(const Datagram& datagram, WallNanos shift);
  void drop(std::uint32_t counter, WallNanos time);
  void tellDrops();
  void stopIntake(Socket& socket) const;

  Worker& worker_;
  DatagramSink& sink_;
  const Transport transport_;
  std::shared_ptr<DatagramIo> io_;
  DropCount drops_;
  bool dropped_ = false;   // and dropsCounted() has not been called yet
  std::size_t bytes_ = 0;  // read in this turn
  int settled_ = 0;        // the errno that told() was last given
};

}  // namespace sockbench::detail
