// What the tests of Socket share: loopback sockets and a look at descriptors from outside.
#pragma once

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <QByteArray>
#include <string_view>
#include <utility>

#include "core/net/socket.h"

namespace fixture {

inline QByteArray bytes(std::string_view text) {
  return {text.data(), static_cast<qsizetype>(text.size())};
}
inline QByteArray bytes(sockbench::ByteView view) {
  return bytes(sockbench::asChars(view));
}

inline sockbench::SocketAddress loopback(std::uint16_t port = 0) {
  return sockbench::SocketAddress::fromIpv4(INADDR_LOOPBACK, port);
}

inline bool isOpenDescriptor(int descriptor) {
  return fcntl(descriptor, F_GETFD) >= 0;
}
inline bool isCloseOnExec(int descriptor) {
  return (fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0;
}
inline bool isNonBlocking(int descriptor) {
  return (fcntl(descriptor, F_GETFL) & O_NONBLOCK) != 0;
}

// A socket bound to a free port of 127.0.0.1; listening when it is a stream.
inline sockbench::Socket bound(int type, int backlog = 8) {
  sockbench::Socket socket = sockbench::Socket::open(AF_INET, type).value();
  socket.bind(loopback()).value();
  if (type == SOCK_STREAM) socket.listen(backlog).value();
  return socket;
}

// Both ends of one TCP connection.
inline std::pair<sockbench::Socket, sockbench::Socket> tcpPair() {
  sockbench::Socket listener = bound(SOCK_STREAM);
  sockbench::Socket client = sockbench::Socket::open(AF_INET, SOCK_STREAM).value();
  client.connect(listener.localAddress().value()).value();
  return {std::move(client), std::move(listener.accept().value().socket)};
}

// Exactly `count` bytes, or fewer when the peer ends.
inline QByteArray receive(sockbench::Socket& socket, qsizetype count) {
  QByteArray got(count, '\0');
  qsizetype done = 0;
  while (done < count) {
    const auto rest =
        std::as_writable_bytes(std::span(got.data() + done, static_cast<std::size_t>(count - done)));
    const std::size_t step = socket.recv(rest).value();
    if (step == 0) break;
    done += static_cast<qsizetype>(step);
  }
  return got.first(done);
}

}  // namespace fixture
