// Datagrams by the batch: recvmmsg(2) and sendmmsg(2), over memory that is allocated once.
//
// Timeouts are those of Socket: a socket with timeout() 0 answers EAGAIN, others wait for the first datagram
// (or for room). EINTR is retried. Thread: one at a time.
#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/net/packet_info.h"
#include "core/net/socket.h"
#include "core/net/socket_address.h"

namespace sockbench {

// One datagram as it came. What the socket was not asked to tell stays empty.
struct Datagram {
  ByteView bytes;              // what there was room for
  std::size_t realLength = 0;  // above bytes.size(): the rest was cut off (MSG_TRUNC)
  SocketAddress from;          // empty or unnamed: a UNIX socket without a name
  WallNanos kernelTime =
      0;  // when the kernel received it, by the system's clock: SO_TIMESTAMPNS; 0: not told
  // How many datagrams this socket had dropped, modulo 2^32, when this one was queued: SO_RXQ_OVFL. The
  // kernel says nothing as long as it is none.
  std::optional<std::uint32_t> drops;
  PacketInfo arrival;  // IP_PKTINFO, IPV6_RECVPKTINFO
};

// Receives. Its memory is `most` times a little more than `bytesEach`; pages that no datagram has touched
// cost nothing.
class DatagramReceiver {
 public:
  // At most `most` datagrams a call (1 to 1024), of at most `bytesEach` bytes; a UDP datagram has at most
  // 65,527.
  DatagramReceiver(std::size_t most, std::size_t bytesEach);
  ~DatagramReceiver();

  std::size_t most() const { return headers_.size(); }
  // What waits in the socket's queue, oldest first, at least one and at most most(); fewer: the queue was
  // empty then. Valid until the next call. `flags` beside MSG_TRUNC, which is always asked for. Errors:
  // recvmmsg(2)'s; also what an earlier send met with (ECONNREFUSED), which no datagram is lost for.
  Result<std::span<const Datagram>> receive(const Socket& socket, int flags = 0);

 private:
  // Room for every control message named above, and for some that a person may have asked for.
  static constexpr std::size_t kControlBytes = 256;
  struct Slot;

  void prepare(std::size_t slot);
  void read(std::size_t slot, Datagram& datagram) const;

  std::size_t bytesEach_;
  std::size_t used_;  // headers from 0 on that the last call has written to
  std::unique_ptr<std::byte[]> memory_;
  std::vector<Slot> slots_;
  std::vector<mmsghdr> headers_;
  std::vector<Datagram> datagrams_;
};

// Sends.
class DatagramSender {
 public:
  explicit DatagramSender(std::size_t most);  // datagrams a call, 1 to 1024
  ~DatagramSender();

  // Views and addresses are held by reference until send() or clear(). `to` empty: the socket is connected.
  // `from` empty: the kernel chooses the address that the datagram leaves from. Not when isFull().
  void add(ByteView datagram, const SocketAddress& to, const PacketInfo& from = {});
  std::size_t size() const { return size_; }
  bool isFull() const { return size_ == headers_.size(); }
  void clear() { size_ = 0; }

  struct Outcome {
    std::size_t taken = 0;       // so many, from the first on, are the kernel's now
    std::optional<Error> error;  // why the next one is not; what was added behind it has not been tried
  };
  // Sends what was added, in order, until all is gone or one fails, and is empty then. MSG_NOSIGNAL is added.
  Outcome send(const Socket& socket, int flags = 0);

 private:
  struct Slot;

  std::size_t size_ = 0;
  std::vector<Slot> slots_;
  std::vector<mmsghdr> headers_;
};

}  // namespace sockbench
