#include "core/net/descriptor_limit.h"

#include <sys/resource.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace sockbench {
namespace {

std::size_t openDescriptors() {
  std::error_code ec;
  std::size_t count = 0;
  for (auto at = std::filesystem::directory_iterator("/proc/self/fd", ec);
       !ec && at != std::filesystem::directory_iterator(); at.increment(ec))
    ++count;
  return count > 0 ? count - 1 : 0;  // without the one that reads the folder
}

Error tooMany(std::size_t more, const DescriptorLimit& now) {
  Error error = Error::fromErrno(Operation::socket, EMFILE);
  error.detail = std::to_string(more) + " more descriptors are needed, " + std::to_string(now.open) +
                 " are open, and this process may have " + std::to_string(now.hard) + " (ulimit -Hn)";
  return error;
}

}  // namespace

DescriptorLimit descriptorLimit() {
  DescriptorLimit now;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    now.soft = static_cast<std::size_t>(limit.rlim_cur);
    now.hard = static_cast<std::size_t>(limit.rlim_max);
  }
  now.open = openDescriptors();
  return now;
}

Result<void> makeRoomForDescriptors(std::size_t more) {
  const DescriptorLimit now = descriptorLimit();
  if (now.open + more <= now.soft) return {};
  if (now.open + more > now.hard) return std::unexpected(tooMany(more, now));
  const rlimit raised{.rlim_cur = now.hard, .rlim_max = now.hard};
  if (::setrlimit(RLIMIT_NOFILE, &raised) != 0) return std::unexpected(tooMany(more, now));
  return {};
}

}  // namespace sockbench
