#include <sys/socket.h>

#include <cstdio>

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

}  // namespace bench::peer
