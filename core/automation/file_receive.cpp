#include "core/automation/file_receive.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "core/engine/session_snapshot.h"
#include "core/payload/hex.h"

namespace sockbench {
namespace {

// As much may wait for the disk as it writes in a moment; the kernel holds the peer up beyond that.
constexpr std::size_t kMostWaiting = std::size_t{8} << 20;
constexpr std::size_t kFewWaiting = std::size_t{2} << 20;
// Whoever cannot be held up (a datagram listener's peer) has so much until it is given up.
constexpr std::size_t kTooMuchWaiting = std::size_t{64} << 20;
constexpr std::chrono::milliseconds kLookAgain{10};

std::unique_ptr<Checksum> sumOf(std::string_view name) {
  const ChecksumInfo* info = findChecksum(name);
  return info ? makeChecksum(*info) : nullptr;
}

int create(const FileReceive::Spec& spec) {
  const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | (spec.overwrite ? 0 : O_EXCL);
  int descriptor = -1;
  do {
    descriptor = ::open(spec.path.c_str(), flags, 0666);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

// Emptied only when it is known to be a regular file.
std::optional<Error> makeEmpty(int descriptor, const std::string& path) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return Error::fromErrno(Operation::open, errno, path);
  if (!S_ISREG(status.st_mode))
    return Error::fromInput(InputFault::badPath, path, std::nullopt, "it is not a regular file",
                            Operation::open);
  if (::ftruncate(descriptor, 0) != 0) return Error::fromErrno(Operation::write, errno, path);
  return std::nullopt;
}

}  // namespace

Result<std::shared_ptr<FileReceive>> FileReceive::open(Spec spec) {
  const int descriptor = create(spec);
  if (descriptor < 0) return std::unexpected(Error::fromErrno(Operation::open, errno, spec.path));
  if (auto error = makeEmpty(descriptor, spec.path)) {
    ::close(descriptor);
    return std::unexpected(std::move(*error));
  }
  return std::shared_ptr<FileReceive>(new FileReceive(std::move(spec), descriptor));
}

FileReceive::FileReceive(Spec spec, int descriptor)
    : spec_(std::move(spec)), descriptor_(descriptor), sha256_(sumOf("SHA-256")), md5_(sumOf("MD5")) {}

FileReceive::~FileReceive() {
  finish(State::stopped);
  if (thread_.joinable()) thread_.join();
  closeFile();
}

FileReceive::Progress FileReceive::progress() const {
  Progress now;
  {
    const std::scoped_lock lock(mutex_);
    now = progress_;
  }
  const std::scoped_lock lock(sums_);
  if (sha256_) now.sha256 = toHex(sha256_->value());
  if (md5_) now.md5 = toHex(md5_->value());
  return now;
}

void FileReceive::stop() {
  finish(State::stopped);
}

// Begun on the worker, the thread has its signal mask: a limit of file sizes is told by EFBIG, not by
// SIGXFSZ.
void FileReceive::attached(AgentSession& session) {
  std::optional<Error> failure;
  {
    const std::scoped_lock lock(mutex_);
    if (last_ || thread_.joinable()) return session.leave();
    progress_.began = wallNow();
    progress_.state = State::receiving;
    try {
      thread_ = std::thread([this] { write(); });
    } catch (const std::system_error& error) {
      failure = Error::fromErrno(Operation::write, error.code().value(), spec_.path);
    }
  }
  if (failure) {
    finish(State::failed, std::move(failure));
    return letGo(session);
  }
  session.note("receiving to " + spec_.path);
}

void FileReceive::received(AgentSession& session, ByteView bytes, WallNanos) {
  take(bytes);
  bool full = false;
  bool tooMuch = false;
  {
    const std::scoped_lock lock(mutex_);
    full = waitingBytes_ >= kMostWaiting;
    tooMuch = waitingBytes_ >= kTooMuchWaiting;
    if (spec_.most > 0 && progress_.received >= spec_.most && !last_) last_ = State::done;
  }
  more_.notify_one();
  if (tooMuch) finish(State::failed, Error::fromErrno(Operation::write, ENOBUFS, spec_.path));
  if (full && !std::exchange(holds_, true)) session.setReading(false);
  woke(session);
}

void FileReceive::take(ByteView bytes) {
  const std::scoped_lock lock(mutex_);
  if (last_) return;
  const std::uint64_t room = spec_.most == 0 ? bytes.size() : spec_.most - progress_.received;
  const ByteView part = bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), room)));
  if (part.empty()) return;
  waiting_.emplace_back(part.begin(), part.end());
  waitingBytes_ += part.size();
  progress_.received += part.size();
}

void FileReceive::peerFinished(AgentSession& session) {
  finish(State::done);
  letGo(session);
}

void FileReceive::woke(AgentSession& session) {
  bool over = false;
  std::size_t left = 0;
  {
    const std::scoped_lock lock(mutex_);
    over = last_.has_value();
    left = waitingBytes_;
  }
  if (over) return letGo(session);
  if (left <= kFewWaiting && std::exchange(holds_, false)) session.setReading(true);
  if (left > 0) session.wakeAt(AgentSession::Clock::now() + kLookAgain);
}

void FileReceive::letGo(AgentSession& session) {
  std::string text;
  std::optional<Error> error;
  {
    const std::scoped_lock lock(mutex_);
    text = std::to_string(progress_.received) + " bytes were received to " + spec_.path;
    error = progress_.error;
  }
  session.note(std::move(text), std::move(error));
  session.leave();
}

void FileReceive::ended(const SessionSnapshot& last) {
  if (last.state != SessionState::closed) return finish(State::failed, last.error);
  // Without peerFinished() before it: who was closed by us may have had more to send.
  finish(last.by == Party::peer ? State::done : State::stopped);
}

void FileReceive::finish(State state, std::optional<Error> error) {
  {
    const std::scoped_lock lock(mutex_);
    if (last_) return;
    last_ = state;
    progress_.error = std::move(error);
    if (!thread_.joinable()) {
      progress_.state = state;
      progress_.ended = wallNow();
    }
  }
  more_.notify_one();
}

void FileReceive::write() {
  std::unique_lock lock(mutex_);
  while (true) {
    more_.wait(lock, [this] { return last_ || !waiting_.empty(); });
    if (waiting_.empty()) break;
    const Bytes next = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    const bool written = writeOut(next);
    lock.lock();
    waitingBytes_ -= next.size();
    if (!written) waiting_.clear();
  }
  lock.unlock();
  closeFile();
  lock.lock();
  progress_.state = *last_;
  progress_.ended = wallNow();
}

bool FileReceive::writeOut(const Bytes& bytes) {
  ByteView rest = bytes;
  while (!rest.empty()) {
    const ssize_t done = ::write(descriptor_, rest.data(), rest.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) {
      const std::scoped_lock lock(mutex_);
      last_ = State::failed;
      progress_.error = Error::fromErrno(Operation::write, errno, spec_.path);
      return false;
    }
    const ByteView part = rest.first(static_cast<std::size_t>(done));
    rest = rest.subspan(part.size());
    {
      const std::scoped_lock lock(sums_);
      if (sha256_) sha256_->update(part);
      if (md5_) md5_->update(part);
    }
    const std::scoped_lock lock(mutex_);
    progress_.written += part.size();
  }
  return true;
}

// What was written late may be refused only now (NFS, quotas).
void FileReceive::closeFile() {
  if (descriptor_ < 0) return;
  const int result = ::close(std::exchange(descriptor_, -1));
  const int code = result < 0 ? errno : 0;
  if (code == 0 || code == EINTR) return;
  const std::scoped_lock lock(mutex_);
  last_ = State::failed;
  progress_.error = Error::fromErrno(Operation::close, code, spec_.path);
}

}  // namespace sockbench
