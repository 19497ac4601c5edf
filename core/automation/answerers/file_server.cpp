#include "core/automation/answerers/file_server.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace sockbench {
namespace {

// So much is read and queued at once; a record must fit into the socket's buffer.
constexpr std::size_t kPiece = std::size_t{16} << 10;
constexpr std::size_t kMostQueued = std::size_t{256} << 10;

}  // namespace

void FileServer::attached(AgentSession& session) {
  if (isDatagramTransport(session.transport())) {
    session.note("serves no file: datagrams have no connection to send it to");
    return session.leave();
  }
  auto file = FileSend::open({.path = path_});
  if (!file) return end(session, std::move(file.error()));
  file_ = std::move(*file);
  session.note("sends " + path_ + ", " + std::to_string(file_->total()) + " bytes");
  file_->begin(wallNow());
  sendMore(session);
}

void FileServer::sendMore(AgentSession& session) {
  while (file_ && session.queuedBytes() < kMostQueued) {
    Bytes piece(static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, file_->total() - file_->sent())));
    const ssize_t got = piece.empty() ? 0
                                      : ::pread(file_->descriptor(), piece.data(), piece.size(),
                                                static_cast<off_t>(file_->spec().offset + file_->sent()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return end(session, Error::fromErrno(Operation::read, errno, path_));
    if (got == 0) return end(session, std::nullopt);  // its end, also where it has become shorter
    piece.resize(static_cast<std::size_t>(got));
    if (auto sent = session.send(std::move(piece)); !sent) return end(session, std::move(sent.error()));
    file_->add(static_cast<std::uint64_t>(got));
  }
}

void FileServer::end(AgentSession& session, std::optional<Error> error) {
  const std::uint64_t sent = file_ ? file_->sent() : 0;
  file_.reset();
  session.note((error ? "could not send " : "has sent ") + path_ + ": " + std::to_string(sent) + " bytes",
               std::move(error));
  session.close();
  session.leave();
}

}  // namespace sockbench
