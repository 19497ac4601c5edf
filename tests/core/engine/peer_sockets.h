// What the engine's tests share: plain sockets at the other end.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "core/net/socket.h"

namespace sockbench::test {

// A TCP connection to a port of 127.0.0.1, whose calls wait up to 20 s; a closed socket when it failed.
inline Socket connectedTo(std::uint16_t port) {
  auto socket = Socket::open(AF_INET, SOCK_STREAM);
  if (!socket || !socket->connect(SocketAddress::fromIpv4(INADDR_LOOPBACK, port))) return {};
  if (!socket->setTimeout(std::chrono::seconds(20))) return {};
  return std::move(*socket);
}

// Exactly `count` bytes; fewer when the stream ended or an error was met.
inline std::string readBytes(Socket& socket, std::size_t count) {
  std::string all;
  Bytes into(64 << 10);
  while (all.size() < count) {
    const auto got = socket.recv(std::span(into).first(std::min(into.size(), count - all.size())));
    if (!got || *got == 0) break;
    all += asChars(ByteView(into).first(*got));
  }
  return all;
}

// Closes with a reset (RST).
inline bool resetNow(Socket& socket) {
  const linger now{.l_onoff = 1, .l_linger = 0};
  return socket.setRawOption(SOL_SOCKET, SO_LINGER, std::as_bytes(std::span(&now, 1))) && socket.close();
}

}  // namespace sockbench::test
