#include "core/base/right_hints.h"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace sockbench {
namespace {

// `path` as a shell takes it for one word.
std::string shellWord(std::string_view path) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,:@%=";
  if (path.find_first_not_of(plain) == std::string_view::npos) return std::string(path);
  std::string word = "'";
  for (const char c : path) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string ownProgram() {
  std::array<char, 4096> path{};
  const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
  if (length <= 0) return "PROGRAM";
  return shellWord(std::string_view(path.data(), static_cast<std::size_t>(length)));
}

}  // namespace

std::string rawRightHint() {
  const std::string right = "raw and packet sockets need the capability CAP_NET_RAW";
  if (prctl(PR_CAPBSET_READ, CAP_NET_RAW, 0, 0, 0) == 0)
    return right +
           ", which was taken away from everything in this container or service; start that with it "
           "(docker run --cap-add=NET_RAW), then run this as root or grant it: "
           "sudo setcap cap_net_raw+ep " +
           ownProgram();
  return right + "; grant it: sudo setcap cap_net_raw+ep " + ownProgram() + ", or run it as root";
}

std::string pingRightHint() {
  return "ICMP sockets of type SOCK_DGRAM are for the groups in net.ipv4.ping_group_range; let everybody: "
         "sudo sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"; or take SOCK_RAW, which needs the "
         "capability CAP_NET_RAW";
}

}  // namespace sockbench
