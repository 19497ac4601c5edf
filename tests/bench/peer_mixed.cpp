#include <sys/socket.h>

#include <array>
#include <atomic>
#include <cstring>
#include <functional>
#include <thread>

#include "loopback.h"
#include "peer.h"
#include "report.h"

namespace bench::peer {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kMostWait{20'000};

struct Place {
  std::uint16_t echo = 0;
  std::uint16_t sink = 0;
  std::uint16_t udp = 0;
  std::string name;
};

struct Counts {
  std::atomic<std::uint64_t> connections{0};
  std::atomic<std::uint64_t> messages{0};
};

class Talk {
 public:
  Talk(Descriptor socket, Counts& counts) : socket_(std::move(socket)), counts_(counts) {
    limitWaits(socket_, kMostWait);
    ++counts_.connections;
  }

  void say(std::size_t size) {
    message_.assign(size, static_cast<char>('a' + counts_.messages++ % 26));
    sendAll(*socket_, message_.data(), message_.size());
  }
  // What was said last must come back, piece by piece as a peer of that pace reads.
  void hear(std::size_t piece = 65'536, milliseconds pace = milliseconds(0)) {
    std::vector<char> back(message_.size());
    for (std::size_t have = 0; have < back.size();) {
      const std::size_t now = std::min(piece, back.size() - have);
      if (!receiveAll(*socket_, back.data() + have, now)) fail("an echo hung up");
      have += now;
      if (pace.count() > 0) std::this_thread::sleep_for(pace);
    }
    if (back != message_) fail("an echo is another message");
  }
  // Of a datagram socket, where what was said may be lost: whatever has come.
  void hearSome() {
    std::array<char, 65'536> bytes{};
    while (::recv(*socket_, bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) ++counts_.messages;
  }
  void reset() {
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(*socket_, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
  }
  void waitUntilTaken() { peer::waitUntilTaken(*socket_); }

 private:
  Descriptor socket_;
  Counts& counts_;
  std::vector<char> message_;
};

struct Kind {
  milliseconds pause;  // between two turns
  std::function<void(const Place&, Counts&)> turn;
};

// Tiny and big messages on one connection.
void converse(const Place& place, Counts& counts) {
  Talk talk(connectTcp(place.echo), counts);
  for (const std::size_t size : {1UL, 64UL, 1UL, 1500UL, 65'536UL, 2UL, 300'000UL, 1UL}) {
    talk.say(size);
    talk.hear();
    std::this_thread::sleep_for(milliseconds(5));
  }
  talk.waitUntilTaken();
}

void stream(const Place& place, Counts& counts) {
  Talk talk(connectTcp(place.sink), counts);
  for (int i = 0; i < 40; ++i) {
    talk.say(1 << 20);
    std::this_thread::sleep_for(milliseconds(20));
  }
  talk.waitUntilTaken();
}

void comeAndGo(const Place& place, Counts& counts) {
  Talk talk(connectTcp(place.sink), counts);
  talk.say(20);
}

void comeAndReset(const Place& place, Counts& counts) {
  Talk talk(connectTcp(place.echo), counts);
  talk.say(2000);
  talk.reset();
}

void readSlowly(const Place& place, Counts& counts) {
  Talk talk(connectTcp(place.echo), counts);
  talk.say(400'000);
  talk.hear(2000, milliseconds(10));
  talk.waitUntilTaken();
}

// A socket of its own each turn: the engine knows a new peer.
void sendDatagrams(Talk& talk) {
  for (int i = 0; i < 300; ++i) {
    talk.say(i % 10 == 0 ? 8000 : 64);
    talk.hearSome();
    std::this_thread::sleep_for(milliseconds(1));
  }
}

void sendUdp(const Place& place, Counts& counts) {
  Talk talk(connectUdp(place.udp), counts);
  sendDatagrams(talk);
}

void converseLocally(const Place& place, Counts& counts) {
  Talk stream(connectUnix(SOCK_STREAM, place.name + "-stream"), counts);
  stream.say(10'000);
  stream.hear();
  Talk records(connectUnix(SOCK_SEQPACKET, place.name + "-seqpacket"), counts);
  records.say(3000);
  records.hear();
  Talk datagrams(connectUnix(SOCK_DGRAM, place.name + "-dgram"), counts);
  datagrams.say(500);
  datagrams.hear();
  stream.waitUntilTaken();
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {milliseconds(20), converse},     {milliseconds(500), stream},         {milliseconds(5), comeAndGo},
      {milliseconds(30), comeAndReset}, {milliseconds(100), readSlowly},     {milliseconds(100), readSlowly},
      {milliseconds(50), sendUdp},      {milliseconds(20), converseLocally},
  };
  return all;
}

}  // namespace

void mixed(const Arguments& arguments) {
  const auto port = [&](std::size_t i) { return static_cast<std::uint16_t>(std::stoi(arguments[i])); };
  const Place place{port(0), port(1), port(2), arguments[3]};
  const double seconds = std::stod(arguments[4]);
  Counts counts;
  const auto start = Clock::now();
  {
    std::vector<std::jthread> threads;
    for (const Kind& kind : kinds())
      threads.emplace_back([&, seconds] {
        for (; secondsSince(start) < seconds; std::this_thread::sleep_for(kind.pause))
          kind.turn(place, counts);
      });
  }
  print(static_cast<double>(counts.connections), static_cast<double>(counts.messages));
}

}  // namespace bench::peer
