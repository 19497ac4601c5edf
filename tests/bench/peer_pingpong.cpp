#include <algorithm>
#include <array>
#include <cstring>

#include "loopback.h"
#include "peer.h"
#include "report.h"

namespace bench::peer {
namespace {

constexpr std::size_t kMessageBytes = 64;

double onceNanos(const Descriptor& socket, std::uint64_t number) {
  std::array<char, kMessageBytes> there{};
  std::array<char, kMessageBytes> back{};
  std::memcpy(there.data(), &number, sizeof number);
  const auto start = Clock::now();
  sendAll(*socket, there.data(), there.size());
  if (!receiveAll(*socket, back.data(), back.size())) fail("the echo hung up");
  const double nanos = secondsSince(start) * 1e9;
  if (back != there) fail("the echo is another message");
  return nanos;
}

}  // namespace

void pingpong(const Arguments& arguments) {
  const Descriptor socket = connectTcp(static_cast<std::uint16_t>(std::stoi(arguments[0])));
  const std::uint64_t rounds = std::stoull(arguments[1]);
  for (std::uint64_t i = 0; i < rounds / 20; ++i) onceNanos(socket, i);  // warms both sides
  std::vector<double> times;
  times.reserve(rounds);
  for (std::uint64_t i = 0; i < rounds; ++i) times.push_back(onceNanos(socket, i));
  std::ranges::sort(times);
  waitUntilTaken(*socket);
  print(times[times.size() / 2], times[times.size() * 99 / 100]);
}

}  // namespace bench::peer
