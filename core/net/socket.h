// Socket: one descriptor, owned. Each member is one system call (or, where it says so, a loop of one call)
// and returns what the kernel returned, or its errno. Move-only. Thread: one at a time.
//
// Blocking follows Python's socket module, which is what people have read:
//   timeout()  nullopt: blocking, the call waits for ever
//              0: non-blocking, EAGAIN (EINPROGRESS for connect)
//              > 0: the call waits that long, then fails with ETIMEDOUT. sendAll has that long for all of its
//              bytes, sendFile for each step. A UNIX connect to a full backlog is EAGAIN at once, as there.
// EINTR is retried with the time that is left, unless a KernelWitness of the thread ends the wait with it.
// MSG_NOSIGNAL is added to every send; descriptors are CLOEXEC.
#pragma once

#include <sys/socket.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/net/socket_address.h"

namespace sockbench {

using Timeout = std::optional<std::chrono::nanoseconds>;

// A control message of sendmsg/recvmsg (cmsg(3)): raw, in the kernel's layout.
struct ControlMessage {
  int level = 0;
  int type = 0;
  Bytes data;
};

// What recvfrom and recvmsg gave besides the bytes.
struct Received {
  std::size_t bytes = 0;  // as the call returned it: with MSG_TRUNC asked for, the datagram's real length
  SocketAddress from;     // empty for a connected stream
  int flags = 0;          // msg_flags: MSG_TRUNC, MSG_CTRUNC, MSG_OOB, MSG_ERRQUEUE, MSG_EOR (recvmsg only)
  std::vector<ControlMessage> control;
};

struct Accepted;
enum class ShutdownHow : int { read = SHUT_RD, write = SHUT_WR, both = SHUT_RDWR };

class Socket {
 public:
  Socket() = default;  // owns nothing: isOpen() is false and every call answers EBADF
  ~Socket();           // closes; use close() to learn of errors
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) noexcept;

  static Result<Socket> open(int family, int type, int protocol = 0);  // socket(2); default timeout
  static Result<std::pair<Socket, Socket>> pair(int family, int type, int protocol = 0);  // socketpair(2)
  // Takes ownership: Python's socket(fileno=...). timeout() is 0 if O_NONBLOCK is set, else nullopt.
  static Socket adopt(int descriptor);
  // No system call: `timeout` is what the descriptor has already. Who borrows detaches before the end.
  static Socket borrow(int descriptor, Timeout timeout);
  static Result<Socket> duplicate(int descriptor);  // dup(2) with FD_CLOEXEC: Python's fromfd; see adopt

  static Timeout defaultTimeout();  // what open() and accept() give; nullopt at first. Thread: any
  static void setDefaultTimeout(Timeout timeout);  // a negative one is ignored. Thread: any

  int fileno() const { return descriptor_; }  // -1 when closed
  bool isOpen() const { return descriptor_ >= 0; }
  int detach();          // gives the descriptor away unclosed
  Result<void> close();  // close(2); a second close is EBADF

  Result<void> bind(const SocketAddress& address);  // bind(2)
  Result<void> listen(int backlog);                 // listen(2); the kernel caps it at net.core.somaxconn
  Result<Accepted> accept(Timeout timeout = defaultTimeout());  // accept4(2); the accepted one's timeout()
  Result<void> connect(const SocketAddress& address);  // connect(2), then SO_ERROR when it had to wait
  int connectEx(const SocketAddress& address);         // connect, answering errno; 0 when connected
  Result<void> shutdown(ShutdownHow how);              // shutdown(2)

  Result<std::size_t> send(ByteView data, int flags = 0);  // send(2); may be short
  Result<void> sendAll(ByteView data, int flags = 0);      // send(2) until done; Error::bytesDone on failure
  Result<std::size_t> sendTo(ByteView data, const SocketAddress& to, int flags = 0);  // sendto(2)
  // sendmsg(2), gathering; `to` empty: none is given.
  Result<std::size_t> sendMessage(std::span<const ByteView> parts, std::span<const ControlMessage> control,
                                  const SocketAddress& to, int flags = 0);
  // sendfile(2) until `count` bytes (nullopt: to the end of the file) have gone; Error::bytesDone on failure.
  Result<std::uint64_t> sendFile(int file, std::uint64_t offset, std::optional<std::uint64_t> count);

  Result<std::size_t> recv(std::span<std::byte> into, int flags = 0);   // recv(2); 0 = peer's end
  Result<Received> recvFrom(std::span<std::byte> into, int flags = 0);  // recvfrom(2)
  // recvmsg(2). Descriptors that come over AF_UNIX are closed on exec with MSG_CMSG_CLOEXEC, which is not
  // told in Received::flags; sockets of some other families know no such flag (EINVAL).
  Result<Received> recvMessage(std::span<const std::span<std::byte>> into, std::size_t controlBytes,
                               int flags = 0);

  Result<SocketAddress> localAddress() const;  // getsockname(2)
  Result<SocketAddress> peerAddress() const;   // getpeername(2); ENOTCONN when not connected

  Result<int> intOption(int level, int name) const;           // getsockopt(2)
  Result<void> setIntOption(int level, int name, int value);  // setsockopt(2)
  Result<Bytes> rawOption(int level, int name, std::size_t maxBytes) const;
  Result<void> setRawOption(int level, int name, ByteView value);
  Result<int> takeError();            // SO_ERROR: read and cleared; 0 when there is none
  Result<int> bytesReadable() const;  // ioctl FIONREAD
  Result<int> bytesUnsent() const;    // ioctl SIOCOUTQ

  Result<void> setBlocking(bool blocking);  // same as setTimeout(nullopt) / setTimeout(0)
  bool blocking() const { return timeout_ != Timeout(std::chrono::nanoseconds(0)); }
  Result<void> setTimeout(Timeout timeout);  // a negative one is EINVAL
  Timeout timeout() const { return timeout_; }

 private:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
  Timeout timeout_;
};

struct Accepted {
  Socket socket;
  SocketAddress peer;
};

}  // namespace sockbench
