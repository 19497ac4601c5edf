#include "core/system/process_sockets.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <memory>
#include <string_view>
#include <thread>
#include <tuple>

namespace sockbench {
namespace {

constexpr unsigned kMostThreads = 4;

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

template <class Number>
std::optional<Number> wholeNumber(std::string_view text) {
  Number number{};
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

// The inode of "socket:[12345]"; nullopt: the descriptor is something else, or has been closed.
std::optional<std::uint64_t> socketInode(int folder, const char* descriptor) {
  constexpr std::string_view kPrefix = "socket:[";
  std::array<char, 64> link;
  const ssize_t length = ::readlinkat(folder, descriptor, link.data(), link.size());
  if (length <= 0) return std::nullopt;
  std::string_view text(link.data(), static_cast<std::size_t>(length));
  if (!text.starts_with(kPrefix) || !text.ends_with(']')) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  text.remove_suffix(1);
  return wholeNumber<std::uint64_t>(text);
}

std::string processName(const std::string& process) {
  std::array<char, 64> name;
  const int file = ::open((process + "/comm").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  const ssize_t length = ::read(file, name.data(), name.size());
  ::close(file);
  std::string_view text(name.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
  if (text.ends_with('\n')) text.remove_suffix(1);
  return std::string(text);
}

// What one thread finds.
class Finder {
 public:
  void look(pid_t pid) {
    const std::string process = "/proc/" + std::to_string(pid);
    const Folder folder(::opendir((process + "/fd").c_str()));
    if (!folder) {
      if (errno == EACCES || errno == EPERM) ++found_.unreadable;
      return;
    }
    const std::size_t before = found_.owners.size();
    const auto index = static_cast<std::uint32_t>(found_.processes.size());
    while (const dirent* entry = ::readdir(folder.get())) {
      const std::optional<int> descriptor = wholeNumber<int>(entry->d_name);
      if (!descriptor) continue;
      if (const auto inode = socketInode(::dirfd(folder.get()), entry->d_name))
        found_.owners.push_back({*inode, pid, *descriptor, index});
    }
    if (found_.owners.size() > before) found_.processes.push_back(processName(process));
  }

  void addTo(ProcessSockets& all) {
    const auto shift = static_cast<std::uint32_t>(all.processes.size());
    for (SocketOwner& owner : found_.owners) owner.process += shift;
    all.owners.insert(all.owners.end(), found_.owners.begin(), found_.owners.end());
    std::ranges::move(found_.processes, std::back_inserter(all.processes));
    all.unreadable += found_.unreadable;
  }

 private:
  ProcessSockets found_;
};

Result<std::vector<pid_t>> runningProcesses() {
  const Folder folder(::opendir("/proc"));
  if (!folder) return std::unexpected(Error::fromErrno(Operation::open, errno, "/proc"));
  std::vector<pid_t> pids;
  while (const dirent* entry = ::readdir(folder.get())) {
    if (const auto pid = wholeNumber<pid_t>(entry->d_name)) pids.push_back(*pid);
  }
  return pids;
}

}  // namespace

ProcessSockets readProcessSockets() {
  ProcessSockets all;
  const Result<std::vector<pid_t>> pids = runningProcesses();
  if (!pids) {
    all.fault = pids.error();
    return all;
  }
  std::vector<Finder> finders(std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads));
  std::atomic<std::size_t> next = 0;
  const auto work = [&](Finder& finder) {
    for (std::size_t i = next++; i < pids->size(); i = next++) finder.look((*pids)[i]);
  };
  {
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < finders.size(); ++i) helpers.emplace_back(work, std::ref(finders[i]));
    work(finders.front());
  }
  for (Finder& finder : finders) finder.addTo(all);
  std::ranges::sort(all.owners, {}, [](const SocketOwner& owner) {
    return std::tuple(owner.inode, owner.pid, owner.descriptor);
  });
  return all;
}

}  // namespace sockbench
