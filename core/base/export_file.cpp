#include "core/base/export_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>
#include <utility>

namespace sockbench {
namespace {

constexpr int kTries = 100;
constexpr int kMostLinks = 40;    // as path_resolution(7)
constexpr int kLookForStop = 50;  // milliseconds

std::string folderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Where symbolic links lead, also where nothing is there yet. nullopt: in a circle.
std::optional<std::string> resolved(std::string path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  if (real) return std::string(real.get());
  std::array<char, PATH_MAX> text;
  for (int i = 0; i <= kMostLinks; ++i) {
    const ssize_t length = ::readlink(path.c_str(), text.data(), text.size());
    if (length < 0) return path;
    const std::string next(text.data(), static_cast<std::size_t>(length));
    path = next.starts_with('/') ? next : folderOf(path) + '/' + next;
  }
  return std::nullopt;
}

// Names a new file beside `target`; -1: errno.
int openBeside(const std::string& target, std::string& name) {
  for (int i = 0; i < kTries; ++i) {
    name = folderOf(target) + "/.sockbench-" + std::to_string(::getpid()) + '-' + std::to_string(i) + ".tmp";
    const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
  return -1;
}

// The process that a name of openBeside()'s belongs to. 0: it is no such name.
pid_t ownerOf(std::string_view name) {
  constexpr std::string_view begin = ".sockbench-";
  pid_t pid = 0;
  if (!name.starts_with(begin) || !name.ends_with(".tmp")) return 0;
  name.remove_prefix(begin.size());
  const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), pid);
  return fault == std::errc() && *end == '-' ? pid : 0;
}

// What a process that was killed has left behind. Not what is young: it may be another machine's.
void removeLeftovers(const std::string& folder) {
  constexpr time_t young = 60;  // seconds
  const auto shut = [](DIR* opened) { ::closedir(opened); };
  const std::unique_ptr<DIR, decltype(shut)> names(::opendir(folder.c_str()), shut);
  if (!names) return;
  const int place = ::dirfd(names.get());
  while (const dirent* entry = ::readdir(names.get())) {
    const pid_t owner = ownerOf(entry->d_name);
    struct stat about {};
    if (owner <= 0 || ::kill(owner, 0) == 0 || errno != ESRCH) continue;
    if (::fstatat(place, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(about.st_mode))
      continue;
    if (about.st_uid == ::geteuid() && about.st_mtime + young < ::time(nullptr))
      ::unlinkat(place, entry->d_name, 0);
  }
}

void syncFolder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

ExportFile::ExportFile(std::string path, std::string target, std::string temporary, int descriptor,
                       std::stop_token stop)
    : path_(std::move(path)),
      target_(std::move(target)),
      temporary_(std::move(temporary)),
      descriptor_(descriptor),
      stop_(std::move(stop)) {}

ExportFile::ExportFile(ExportFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      stop_(std::move(other.stop_)),
      bytes_(other.bytes_) {}

ExportFile::~ExportFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::unexpected<Error> ExportFile::failure(Operation op) const {
  return std::unexpected(Error::fromErrno(op, errno, path_));
}

Result<ExportFile> ExportFile::create(const std::string& path, std::stop_token stop) {
  const auto refused = [&](int code) {
    return std::unexpected(Error::fromErrno(Operation::open, code, path));
  };
  struct stat old {};
  const bool exists = ::stat(path.c_str(), &old) == 0;
  if (exists && S_ISDIR(old.st_mode)) return refused(EISDIR);
  if (exists && !S_ISREG(old.st_mode)) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) return refused(errno);
    return ExportFile(path, path, {}, descriptor, std::move(stop));
  }
  // Moving another file over it would pass by its own permissions.
  if (exists && ::access(path.c_str(), W_OK) != 0) return refused(errno);
  std::optional<std::string> target = resolved(path);
  if (!target) return refused(ELOOP);
  removeLeftovers(folderOf(*target));
  std::string temporary;
  const int descriptor = openBeside(*target, temporary);
  if (descriptor < 0) return refused(errno);
  if (exists) static_cast<void>(::fchmod(descriptor, old.st_mode & 07777));
  return ExportFile(path, *std::move(target), std::move(temporary), descriptor, std::move(stop));
}

Result<void> ExportFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (stop_.stop_requested()) {
      errno = ECANCELED;
      return failure(Operation::write);
    }
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
      bytes_ += static_cast<std::uint64_t>(written);
    } else if (written < 0 && errno == EAGAIN) {
      pollfd room{descriptor_, POLLOUT, 0};
      ::poll(&room, 1, kLookForStop);
    } else if (written < 0 && errno != EINTR) {
      return failure(Operation::write);
    }
  }
  return {};
}

Result<void> ExportFile::finish() {
  if (temporary_.empty()) return {};
  if (::fsync(descriptor_) != 0) return failure(Operation::fsync);
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) return failure(Operation::rename);
  temporary_.clear();
  syncFolder(folderOf(target_));
  return {};
}

}  // namespace sockbench
