#include "core/system/user_name.h"

#include <pwd.h>

#include <cerrno>
#include <vector>

namespace sockbench {

std::string userName(uid_t uid) {
  constexpr std::size_t kLargestEntry = std::size_t{1} << 20;
  passwd entry{};
  passwd* found = nullptr;
  std::vector<char> buffer(1024);
  while (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == ERANGE &&
         buffer.size() < kLargestEntry) {
    buffer.resize(buffer.size() * 4);
  }
  return found != nullptr ? found->pw_name : std::to_string(uid);
}

}  // namespace sockbench
