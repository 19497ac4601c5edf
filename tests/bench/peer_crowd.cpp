#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <sstream>

#include "loopback.h"
#include "peer.h"
#include "report.h"

namespace bench::peer {
namespace {

constexpr std::size_t kMessageBytes = 64;
constexpr double kPatienceSeconds = 10;  // for the last echoes

struct Message {
  std::uint64_t session = 0;
  std::uint64_t number = 0;
  std::array<char, kMessageBytes - 16> rest{};
};
static_assert(sizeof(Message) == kMessageBytes);

struct Member {
  Descriptor socket;
  std::uint64_t sent = 0;
  std::uint64_t echoed = 0;
  Clock::time_point lastSent{};
  std::array<char, kMessageBytes> bytes{};  // of the echo that is coming
  std::size_t have = 0;
};

class Crowd {
 public:
  Crowd(std::uint16_t port, std::size_t count) : loop_(::epoll_create1(EPOLL_CLOEXEC)) {
    raiseDescriptorLimit();
    members_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      members_[i].socket = connectTcp(port);
      setBlocking(members_[i].socket, false);
      epoll_event event{EPOLLIN, {.u64 = i}};
      ::epoll_ctl(*loop_, EPOLL_CTL_ADD, *members_[i].socket, &event);
    }
  }

  void echo(double seconds) {
    const auto rounds = static_cast<std::uint64_t>(seconds);
    const std::uint64_t toSend = rounds * members_.size();
    const std::uint64_t before = echoed_;
    slowest_ = 0;
    std::uint64_t sent = 0;
    for (const auto start = Clock::now(); echoed_ - before < toSend;) {
      const double now = secondsSince(start);
      if (now > seconds + kPatienceSeconds) break;
      // The members take turns, evenly spread over each second.
      const auto due =
          std::min(toSend, static_cast<std::uint64_t>(now * static_cast<double>(members_.size())));
      for (; sent < due; ++sent) send(sent % members_.size());
      receive();
    }
    std::printf("%llu %llu %.6f\n", static_cast<unsigned long long>(sent),
                static_cast<unsigned long long>(echoed_ - before), slowest_);
    std::fflush(stdout);
  }

  void resetAll() {
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    for (const Member& member : members_)
      ::setsockopt(*member.socket, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    members_.clear();
  }

 private:
  void send(std::size_t i) {
    Member& member = members_[i];
    const Message message{.session = i, .number = member.sent++};
    member.lastSent = Clock::now();
    sendAll(*member.socket, &message, sizeof message);
  }

  void receive() {
    std::array<epoll_event, 256> events{};
    const int count = ::epoll_wait(*loop_, events.data(), static_cast<int>(events.size()), 1);
    for (int e = 0; e < count; ++e) take(events[static_cast<std::size_t>(e)].data.u64);
  }

  void take(std::size_t i) {
    Member& member = members_[i];
    const ssize_t got =
        ::recv(*member.socket, member.bytes.data() + member.have, kMessageBytes - member.have, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) fail("a session ended by itself", got < 0 ? errno : 0);
    member.have += static_cast<std::size_t>(got);
    if (member.have < kMessageBytes) return;
    member.have = 0;
    Message message;
    std::memcpy(&message, member.bytes.data(), sizeof message);
    if (message.session != i || message.number != member.echoed++) fail("an echo is another message");
    slowest_ = std::max(slowest_, secondsSince(member.lastSent));
    ++echoed_;
  }

  Descriptor loop_;
  std::vector<Member> members_;
  std::uint64_t echoed_ = 0;
  double slowest_ = 0;
};

}  // namespace

void crowd(const Arguments& arguments) {
  const std::size_t count = std::stoul(arguments[1]);
  const auto start = Clock::now();
  Crowd all(static_cast<std::uint16_t>(std::stoi(arguments[0])), count);
  print(static_cast<double>(count), secondsSince(start));
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string verb;
    double seconds = 0;
    words >> verb >> seconds;
    if (verb == "end") break;
    all.echo(seconds);
  }
  all.resetAll();
}

}  // namespace bench::peer
