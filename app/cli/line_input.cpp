#include "app/cli/line_input.h"

#include <unistd.h>

#include <cerrno>
#include <string>

#include "app/cli/stop_signals.h"

namespace sockbench::cli {
namespace {

// Cuts what comes in pieces into lines.
class LineCutter {
 public:
  LineCutter(const LineHandler& handler, std::size_t mostBytes) : handler_(handler), mostBytes_(mostBytes) {}

  bool take(std::string_view piece) {
    for (;;) {
      const std::size_t end = piece.find('\n');
      keep(piece.substr(0, end));
      if (end == std::string_view::npos) return true;
      if (!finish()) return false;
      piece.remove_prefix(end + 1);
    }
  }

  bool takeEnd() { return line_.empty() || finish(); }

 private:
  void keep(std::string_view part) {
    const std::size_t room = mostBytes_ - line_.size();
    cut_ = cut_ || part.size() > room;
    line_ += part.substr(0, room);
  }

  bool finish() {
    if (!cut_ && line_.ends_with('\r')) line_.pop_back();
    const bool goOn = handler_.line(line_, cut_);
    line_.clear();
    cut_ = false;
    return goOn;
  }

  const LineHandler& handler_;
  std::size_t mostBytes_;
  std::string line_;
  bool cut_ = false;
};

}  // namespace

Result<void> readLines(int descriptor, const LineHandler& handler, LineReading how) {
  constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
  StopSignals signals;
  if (how.reader >= 0) signals.watchReader(how.reader);
  LineCutter cutter(handler, how.mostBytes);
  std::string piece(kPieceBytes, '\0');
  while (handler.pause() && signals.waitForInput(descriptor)) {
    const ssize_t got = ::read(descriptor, piece.data(), piece.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) return std::unexpected(Error::fromErrno(Operation::read, errno, "standard input"));
    if (got == 0) {
      if (cutter.takeEnd()) handler.pause();
      return {};
    }
    if (!cutter.take(std::string_view(piece).substr(0, static_cast<std::size_t>(got)))) return {};
  }
  return {};
}

}  // namespace sockbench::cli
