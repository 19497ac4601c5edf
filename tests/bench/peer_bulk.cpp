#include <sys/socket.h>

#include <cerrno>
#include <cstdio>
#include <vector>

#include "loopback.h"
#include "peer.h"
#include "report.h"

namespace bench::peer {

Streamed streamFor(int socket, double seconds, std::size_t chunk) {
  std::vector<char> piece(chunk);
  for (std::size_t i = 0; i < chunk; ++i) piece[i] = static_cast<char>(i * 7);
  Streamed streamed;
  const auto start = Clock::now();
  while (secondsSince(start) < seconds) {
    sendAll(socket, piece.data(), piece.size());
    streamed.bytes += piece.size();
  }
  streamed.seconds = secondsSince(start);
  return streamed;
}

void waitUntilTaken(int socket) {
  ::shutdown(socket, SHUT_WR);
  char byte = 0;
  while (receiveAll(socket, &byte, 1)) {
  }
}

void print(double done, double seconds) {
  std::printf("%.0f %.9f\n", done, seconds);
  std::fflush(stdout);
}

void bulk(const Arguments& arguments) {
  const Descriptor socket = connectTcp(static_cast<std::uint16_t>(std::stoi(arguments[0])));
  const auto start = Clock::now();
  const Streamed streamed = streamFor(*socket, std::stod(arguments[1]), std::stoul(arguments[2]));
  waitUntilTaken(*socket);
  print(static_cast<double>(streamed.bytes), secondsSince(start));
}

void take(const Arguments& arguments) {
  const Descriptor socket = connectTcp(static_cast<std::uint16_t>(std::stoi(arguments[0])));
  std::vector<char> into(std::size_t{256} << 10);
  double bytes = 0;
  Clock::time_point start{};
  for (;;) {
    const ssize_t got = ::recv(*socket, into.data(), into.size(), 0);
    if (got < 0) fail("recv", errno);
    if (got == 0) break;
    if (bytes == 0) start = Clock::now();
    bytes += static_cast<double>(got);
  }
  print(bytes, secondsSince(start));
}

}  // namespace bench::peer
