#include "app/cli/feeder.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

namespace sockbench::cli {
namespace {

// How long standard input may be silent once the rest of the run is over.
constexpr int kInputPatienceMs = 200;

// read(2) until `most` bytes are there or the end is; fewer when `once`. Empty: the end.
Result<Bytes> readPiece(int descriptor, std::size_t most, bool once, const std::string& name) {
  Bytes piece(most);
  std::size_t length = 0;
  while (length < most) {
    const ssize_t got = ::read(descriptor, piece.data() + length, most - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN && once) break;
    if (got < 0) return std::unexpected(Error::fromErrno(Operation::read, errno, name));
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
    if (once) break;
  }
  piece.resize(length);
  return piece;
}

}  // namespace

SendSource SendSource::ofBytes(Bytes bytes) {
  SendSource source;
  source.bytes = std::move(bytes);
  return source;
}

Result<SendSource> SendSource::ofFile(const std::string& path) {
  SendSource source;
  source.kind = Kind::file;
  source.path = path;
  source.file = FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!source.file) return std::unexpected(Error::fromErrno(Operation::open, errno, path));
  struct stat about {};
  if (::fstat(source.file.number(), &about) == 0 && S_ISDIR(about.st_mode)) {
    return std::unexpected(Error::fromErrno(Operation::open, EISDIR, path));
  }
  return source;
}

SendSource SendSource::ofStandardInput() {
  SendSource source;
  source.kind = Kind::standardInput;
  return source;
}

Feeder::Feeder(Engine& engine, Backlog& backlog, std::vector<SendSource> sources, bool asMessages,
               bool halfClose, std::function<void()> done)
    : engine_(engine),
      backlog_(backlog),
      sources_(std::move(sources)),
      asMessages_(asMessages),
      halfClose_(halfClose),
      whenDone_(std::move(done)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Feeder::~Feeder() {
  thread_.request_stop();
  finishSoon();
}

void Feeder::start(SessionId id) {
  done_ = false;
  thread_ = std::jthread([this, id](const std::stop_token& stop) { run(stop, id); });
}

void Feeder::finishSoon() {
  hurry_ = true;
  const std::uint64_t one = 1;
  static_cast<void>(!::write(wake_.number(), &one, sizeof one));
}

void Feeder::run(const std::stop_token& stop, SessionId id) {
  id_ = id;
  stop_ = stop;
  for (const SendSource& source : sources_) {
    if (const Result<void> sent = send(source); !sent) {
      error_ = sent.error();
      break;
    }
  }
  if (!error_ && halfClose_ && !stop.stop_requested()) engine_.halfClose(id);
  done_ = true;
  whenDone_();
}

Result<void> Feeder::send(const SendSource& source) {
  switch (source.kind) {
    case SendSource::Kind::bytes:
      return sendBytes(source.bytes);
    case SendSource::Kind::file:
      return sendFile(source);
    case SendSource::Kind::standardInput:
      break;
  }
  return sendStandardInput();
}

Result<void> Feeder::sendBytes(const Bytes& bytes) {
  if (asMessages_) return sendPiece(bytes);
  ByteView rest = bytes;
  while (!rest.empty()) {
    const ByteView piece = rest.first(std::min(rest.size(), SendSource::kPieceBytes));
    if (const Result<void> sent = sendPiece({piece.begin(), piece.end()}); !sent) return sent;
    rest = rest.subspan(piece.size());
  }
  return {};
}

Result<void> Feeder::sendFile(const SendSource& source) {
  const std::size_t most = asMessages_ ? SendSource::kMessageBytes : SendSource::kPieceBytes;
  while (!stop_.stop_requested()) {
    Result<Bytes> piece = readPiece(source.file.number(), most, false, source.path);
    if (!piece) return std::unexpected(piece.error());
    if (piece->empty()) break;
    if (const Result<void> sent = sendPiece(std::move(*piece)); !sent) return sent;
  }
  return {};
}

Result<void> Feeder::sendStandardInput() {
  Bytes pending;
  while (waitForInput()) {
    Result<Bytes> piece = readPiece(STDIN_FILENO, SendSource::kPieceBytes, true, "standard input");
    // A standard input that was closed by the parent has nothing to say.
    if (!piece && piece.error().isErrno(EBADF)) break;
    if (!piece) return std::unexpected(piece.error());
    if (piece->empty()) break;
    if (!asMessages_) {
      if (const Result<void> sent = sendPiece(std::move(*piece)); !sent) return sent;
      continue;
    }
    pending.insert(pending.end(), piece->begin(), piece->end());
    if (const Result<void> sent = sendLines(pending, false); !sent) return sent;
  }
  return sendLines(pending, true);
}

// Sends the whole lines in `pending` and takes them off; at the end also what has no new line.
Result<void> Feeder::sendLines(Bytes& pending, bool atEnd) {
  auto begin = pending.begin();
  while (begin != pending.end()) {
    const auto most = begin + std::min<std::ptrdiff_t>(pending.end() - begin, SendSource::kMessageBytes);
    const auto newLine = std::find(begin, most, std::byte{'\n'});
    const bool isLong = most - begin == static_cast<std::ptrdiff_t>(SendSource::kMessageBytes);
    if (newLine == most && !isLong && !atEnd) break;
    const auto end = newLine == most ? most : newLine + 1;
    if (const Result<void> sent = sendPiece({begin, end}); !sent) return sent;
    begin = end;
  }
  pending.erase(pending.begin(), begin);
  return {};
}

Result<void> Feeder::sendPiece(Bytes bytes) {
  backlog_.waitForRoom(stop_);
  return engine_.sendWhenRoom(id_, std::move(bytes), stop_);
}

// False: there is no point in reading on.
bool Feeder::waitForInput() {
  std::array<pollfd, 2> wait = {pollfd{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0},
                                pollfd{.fd = wake_.number(), .events = POLLIN, .revents = 0}};
  while (!stop_.stop_requested()) {
    const bool hurry = hurry_;
    const int ready = ::poll(wait.data(), hurry ? 1 : 2, hurry ? kInputPatienceMs : -1);
    if (ready == 0) return false;
    if (ready > 0 && wait[0].revents != 0) return true;
  }
  return false;
}

}  // namespace sockbench::cli
