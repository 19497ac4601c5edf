// StreamSession: the files that it sends, and the pace of its writes.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include "core/engine/detail/shortage.h"
#include "core/engine/detail/stream_session.h"

namespace sockbench::detail {
namespace {

constexpr std::size_t kLeastKept = std::size_t{16} << 10;

// Errors of the file, of how it is read or of what one record holds; the others are the connection's.
bool isOfTheFile(const Error& error) {
  static constexpr std::array kCodes = {EIO,    EISDIR,  EOVERFLOW, ENXIO,   EACCES,
                                        ESTALE, EBADMSG, EUCLEAN,   EMSGSIZE};
  return error.op == Operation::read ||
         std::ranges::any_of(kCodes, [&](int code) { return error.isErrno(code); });
}

// What is in this file system, or this kind of socket, cannot be handed over by the kernel (sendfile(2)).
bool mustBeRead(const Error& error) {
  return error.op == Operation::sendfile &&
         (error.isErrno(EINVAL) || error.isErrno(ENOSYS) || error.isErrno(EOPNOTSUPP));
}

// A file that is shorter than it was.
Error endsEarly(const FileSend& file) {
  return Error::fromInput(InputFault::badPath, file.spec().path, std::nullopt,
                          "the file has become shorter while it was sent", Operation::sendfile);
}

std::string progress(const FileSend& file) {
  return std::to_string(file.sent()) + " of " + std::to_string(file.total()) + " bytes";
}

}  // namespace

bool StreamSession::cancelWanted() const {
  OutItem* front = journal_.session().queue.front();
  return front && front->file() && front->file()->file->isCancelled();
}

bool StreamSession::sendFilePart(OutItem& item) {
  OutFile& out = *item.file();
  FileSend& file = *out.file;
  const auto now = std::chrono::steady_clock::now();
  if (file.isCancelled() || atOnce_) {
    endFile(file, FileSend::State::cancelled);
    return true;
  }
  if (file.state() == FileSend::State::waiting) {
    file.begin(wallNow());
    out.bucket = TokenBucket(file.spec().bytesPerSecond, 1, now);
    journal_.automatic("sending " + std::to_string(file.total()) + " bytes of " + file.spec().path);
  }
  const std::uint64_t left = file.total() - file.sent();
  if (left == 0) {
    endFile(file, FileSend::State::done);
    return true;
  }
  const std::size_t most = static_cast<std::size_t>(std::min<std::uint64_t>(left, mostAtOnce()));
  const std::size_t least = std::min(most, std::max<std::size_t>(out.bucket.burst() / 2, 1));
  const std::size_t allowed = std::min(most, out.bucket.available(now));
  if (allowed < least) {
    waitForPace(out.bucket.readyAt(least));
    return false;
  }
  const WallNanos time = wallNow();
  const auto gone = filePart(out, allowed);
  if (!gone) return filePartFailed(out, gone.error());
  if (*gone == 0) {
    endFile(file, FileSend::State::failed, endsEarly(file));
    return true;
  }
  toldShortage_ = false;
  out.bucket.take(*gone, now);
  file.add(*gone);
  journal_.sentOfFile(*gone, file.spec().keepBytes, time);
  if (file.sent() == file.total()) endFile(file, FileSend::State::done);
  return true;
}

Result<std::size_t> StreamSession::filePart(OutFile& out, std::size_t most) {
  const FileSend& file = *out.file;
  const bool records = journal_.session().transport == Transport::unixSeqpacket;
  if (records || out.byHand || file.spec().keepBytes) return filePartByHand(file, most);
  const auto gone = socket_.sendFile(file.descriptor(), file.spec().offset + file.sent(), most);
  if (gone) return static_cast<std::size_t>(*gone);
  if (gone.error().bytesDone > 0) return static_cast<std::size_t>(gone.error().bytesDone);
  if (!mustBeRead(gone.error())) return std::unexpected(gone.error());
  out.byHand = true;
  return filePartByHand(file, most);
}

// Read to where it may stay: what the kernel does not take now is read again.
Result<std::size_t> StreamSession::filePartByHand(const FileSend& file, std::size_t most) {
  const std::size_t bound = journal_.session().transport == Transport::unixSeqpacket ? kFileRecord : most;
  const std::span<std::byte> room =
      file.spec().keepBytes ? worker().writer().space(std::min(most, kLeastKept)) : worker().scratch();
  const std::span<std::byte> into = room.first(std::min({room.size(), most, bound}));
  const auto place = static_cast<off_t>(file.spec().offset + file.sent());
  ssize_t got = 0;
  do {
    got = ::pread(file.descriptor(), into.data(), into.size(), place);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return std::unexpected(Error::fromErrno(Operation::read, errno, file.spec().path));
  if (got == 0) return 0;
  return socket_.send(into.first(static_cast<std::size_t>(got)));
}

bool StreamSession::filePartFailed(OutFile& out, Error error) {
  if (error.isErrno(EAGAIN)) return false;
  if (isOfTheFile(error)) {
    error.subject = out.file->spec().path;
    endFile(*out.file, FileSend::State::failed, std::move(error));
    return true;
  }
  isShortage(error) ? restFor(std::move(error)) : sendFailed(std::move(error));
  return false;
}

// It is the front of the queue.
void StreamSession::endFile(FileSend& file, FileSend::State state, std::optional<Error> error) {
  tellFileEnd(file, state, std::move(error));
  journal_.session().queue.pop();
}

void StreamSession::tellFileEnd(FileSend& file, FileSend::State state, std::optional<Error> error) {
  const char* word = state == FileSend::State::done        ? "sent "
                     : state == FileSend::State::cancelled ? "cancelled after "
                                                           : "failed after ";
  journal_.automatic(word + progress(file) + " of " + file.spec().path, error);
  file.end(state, wallNow(), std::move(error));
}

void StreamSession::endFiles() {
  for (const auto& file : journal_.session().queue.files()) {
    if (file->isCancelled() || atOnce_)
      tellFileEnd(*file, FileSend::State::cancelled, std::nullopt);
    else
      tellFileEnd(*file, FileSend::State::failed,
                  Error::fromErrno(Operation::sendfile, EPIPE, file->spec().path));
  }
}

void StreamSession::waitForPace(std::chrono::steady_clock::time_point when) {
  pacing_ = true;
  const auto now = std::chrono::steady_clock::now();
  startTimer(pace_, std::max(when - now, std::chrono::steady_clock::duration::zero()), &StreamSession::paced);
}

void StreamSession::paced() {
  pacing_ = false;
  flush();
}

}  // namespace sockbench::detail
