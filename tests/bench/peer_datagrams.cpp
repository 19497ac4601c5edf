#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <thread>

#include "loopback.h"
#include "peer.h"
#include "report.h"

namespace bench::peer {
namespace {

constexpr std::size_t kDatagramBytes = 64;
constexpr std::size_t kAtOnce = 64;

// Datagrams of which each begins with its own number.
class Batch {
 public:
  Batch() {
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      parts_[i] = {bytes_[i].data(), bytes_[i].size()};
      messages_[i].msg_hdr.msg_iov = &parts_[i];
      messages_[i].msg_hdr.msg_iovlen = 1;
    }
  }
  // Up to `most` of them; how many have gone.
  std::uint64_t send(int socket, std::uint64_t number, std::uint64_t most) {
    const auto count = static_cast<unsigned>(std::min<std::uint64_t>(most, kAtOnce));
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t own = number + i;
      std::copy_n(reinterpret_cast<const char*>(&own), sizeof own, bytes_[i].begin());
    }
    const int sent = ::sendmmsg(socket, messages_.data(), count, MSG_NOSIGNAL);
    if (sent < 0 && errno != EINTR) fail("sendmmsg", errno);
    return static_cast<std::uint64_t>(std::max(sent, 0));
  }

 private:
  std::array<std::array<char, kDatagramBytes>, kAtOnce> bytes_{};
  std::array<iovec, kAtOnce> parts_{};
  std::array<mmsghdr, kAtOnce> messages_{};
};

// How many should have gone by now.
std::uint64_t due(std::uint64_t count, double rate, double seconds) {
  return rate <= 0 ? count : std::min(count, static_cast<std::uint64_t>(rate * seconds));
}

}  // namespace

void datagrams(const Arguments& arguments) {
  const Descriptor socket = connectUdp(static_cast<std::uint16_t>(std::stoi(arguments[0])));
  const std::uint64_t count = std::stoull(arguments[1]);
  const double rate = std::stod(arguments[2]);
  Batch batch;
  const auto start = Clock::now();
  for (std::uint64_t sent = 0; sent < count;) {
    const std::uint64_t wanted = due(count, rate, secondsSince(start));
    if (wanted > sent)
      sent += batch.send(*socket, sent, wanted - sent);
    else
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  print(static_cast<double>(count), secondsSince(start));
}

}  // namespace bench::peer
