#include "core/base/regular_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

namespace sockbench {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;

class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      // A pipe that nobody writes to does not hold it up.
      : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

std::optional<Error> unreadable(int descriptor, const std::string& path) {
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) return Error::fromErrno(Operation::read, errno, path);
  if (S_ISDIR(facts.st_mode)) return Error::fromErrno(Operation::read, EISDIR, path);
  if (S_ISREG(facts.st_mode)) return std::nullopt;
  return Error::fromInput(InputFault::badPath, path, std::nullopt, "it is no regular file", Operation::read);
}

Error tooLarge(const std::string& path, std::size_t most) {
  return Error::fromInput(InputFault::tooLarge, path, std::nullopt,
                          "the file has more than " + std::to_string(most) + " bytes", Operation::read);
}

// No more than one byte beyond `most`.
Result<void> readAll(int descriptor, const std::string& path, std::size_t most, Bytes& bytes) {
  for (std::size_t used = 0;;) {
    bytes.resize(std::min(std::max(kPiece, used * 2), most + 1));
    const ssize_t count = ::read(descriptor, bytes.data() + used, bytes.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::unexpected(Error::fromErrno(Operation::read, errno, path));
    used += static_cast<std::size_t>(count);
    if (used > most) return std::unexpected(tooLarge(path, most));
    if (count > 0) continue;
    bytes.resize(used);
    return {};
  }
}

}  // namespace

Result<Bytes> readRegularFile(const std::string& path, std::size_t most) {
  // open(2) would see the path only as far as its NUL.
  if (path.contains('\0'))
    return std::unexpected(
        Error::fromInput(InputFault::badPath, path, std::nullopt, "a path has no NUL", Operation::open));
  const Descriptor file(path);
  if (file.number() < 0) return std::unexpected(Error::fromErrno(Operation::open, errno, path));
  if (auto fault = unreadable(file.number(), path)) return std::unexpected(*std::move(fault));
  Bytes bytes;
  if (const auto read = readAll(file.number(), path, most, bytes); !read)
    return std::unexpected(read.error());
  return bytes;
}

}  // namespace sockbench
