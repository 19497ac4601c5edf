#include "core/traffic/spill_segment.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

namespace sockbench {
namespace {

// Where the file system has no files without a name, one is made with a name that it loses at once.
Result<int> openNameless(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd >= 0) return fd;
  if (errno != EOPNOTSUPP && errno != EISDIR)
    return std::unexpected(Error::fromErrno(Operation::open, errno, folder));
  std::string path = folder + "/.sockbench-XXXXXX";
  const int named = ::mkostemp(path.data(), O_CLOEXEC);
  if (named < 0) return std::unexpected(Error::fromErrno(Operation::open, errno, folder));
  if (::unlink(path.c_str()) == 0) return named;
  const int error = errno;
  ::close(named);
  return std::unexpected(Error::fromErrno(Operation::unlink, error, path));
}

}  // namespace

std::string spillFolder(const std::string& folder) {
  if (!folder.empty()) return folder;
  const char* const chosen = std::getenv("TMPDIR");
  return chosen != nullptr && *chosen != '\0' ? chosen : "/var/tmp";
}

// Mapped beyond its end from the beginning: only what has been written is ever looked at.
Result<std::shared_ptr<SpillSegment>> SpillSegment::create(const std::string& folder, std::size_t room) {
  const std::string place = spillFolder(folder);
  const Result<int> fd = openNameless(place);
  if (!fd) return std::unexpected(fd.error());
  void* const memory = ::mmap(nullptr, room, PROT_READ, MAP_SHARED, *fd, 0);
  if (memory == MAP_FAILED) {
    const int error = errno;
    ::close(*fd);
    return std::unexpected(Error::fromErrno(Operation::mmap, error, place));
  }
  return std::shared_ptr<SpillSegment>(
      new SpillSegment(place, *fd, static_cast<const std::byte*>(memory), room));
}

SpillSegment::~SpillSegment() {
  finish();
  ::munmap(const_cast<std::byte*>(memory_), room_);
}

Result<void> SpillSegment::append(ByteView bytes) {
  const std::size_t begin = used_;
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(used_));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      used_ = begin;
      return std::unexpected(Error::fromErrno(Operation::write, written < 0 ? errno : EIO, folder_));
    }
    used_ += static_cast<std::size_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

void SpillSegment::align() {
  used_ = std::min((used_ + kAlignment - 1) / kAlignment * kAlignment, room_);
}

void SpillSegment::finish() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

void SpillSegment::forget(std::size_t offset, std::size_t length) const {
  const std::size_t begin = (offset + kAlignment - 1) / kAlignment * kAlignment;
  const std::size_t end = (offset + length) / kAlignment * kAlignment;
  if (begin < end) ::madvise(const_cast<std::byte*>(memory_) + begin, end - begin, MADV_DONTNEED);
}

}  // namespace sockbench
