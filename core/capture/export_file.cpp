#include "core/capture/export_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <memory>
#include <utility>

namespace sockbench {
namespace {

constexpr int kTries = 100;

std::string folderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Where symbolic links lead. What is not there yet stays as it is.
std::string resolved(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : path;
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

void syncFolder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

ExportFile::ExportFile(std::string path, std::string target, std::string temporary, int descriptor)
    : path_(std::move(path)),
      target_(std::move(target)),
      temporary_(std::move(temporary)),
      descriptor_(descriptor) {}

ExportFile::ExportFile(ExportFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      bytes_(other.bytes_) {}

ExportFile::~ExportFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::unexpected<Error> ExportFile::failure(Operation op) const {
  return std::unexpected(Error::fromErrno(op, errno, path_));
}

Result<ExportFile> ExportFile::create(const std::string& path) {
  const auto refused = [&](int code) {
    return std::unexpected(Error::fromErrno(Operation::open, code, path));
  };
  struct stat old {};
  const bool exists = ::stat(path.c_str(), &old) == 0;
  if (exists && S_ISDIR(old.st_mode)) return refused(EISDIR);
  if (exists && !S_ISREG(old.st_mode)) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return refused(errno);
    return ExportFile(path, path, {}, descriptor);
  }
  // Moving another file over it would pass by its own permissions.
  if (exists && ::access(path.c_str(), W_OK) != 0) return refused(errno);
  std::string target = resolved(path);
  std::string temporary;
  const int descriptor = openBeside(target, temporary);
  if (descriptor < 0) return refused(errno);
  if (exists) static_cast<void>(::fchmod(descriptor, old.st_mode & 07777));
  return ExportFile(path, std::move(target), std::move(temporary), descriptor);
}

Result<void> ExportFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return failure(Operation::write);
    if (written <= 0) continue;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    bytes_ += static_cast<std::uint64_t>(written);
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
