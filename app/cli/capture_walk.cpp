#include "app/cli/capture_walk.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace sockbench::cli {
namespace {

// A slab holds its rows in memory; the rest may be written meanwhile.
constexpr std::size_t kRowsAtOnce = 4096;

// Of the log's budget, so much may be unseen. A row that brings a flow of its own takes some ten times of it
// what the backlog counts.
constexpr std::size_t kUnseenShare = 16;

std::size_t bytesOf(const LogSlab& slab) {
  std::size_t bytes = slab.size() * sizeof(Record);
  for (const Record& record : slab.records()) bytes += slab.payload(record).size();
  return bytes;
}

}  // namespace

CaptureFileSettings captureSettings(const std::string& path) {
  CaptureFileSettings settings;
  settings.path = path == "-" ? "standard input" : path;
  if (path == "-") settings.descriptor = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
  return settings;
}

Result<std::unique_ptr<CaptureWalk>> CaptureWalk::open(const std::string& path) {
  std::unique_ptr<CaptureWalk> walk(new CaptureWalk);
  walk->stop_.watchReader(STDOUT_FILENO);
  CaptureFileSettings settings = captureSettings(path);
  settings.log = LogLimits{};
  const auto wake = [self = walk.get()] { self->stop_.notify(); };
  settings.wake = wake;
  settings.pace = [backlog = walk->backlogPromise_.get_future().share()](const std::stop_token& stop) {
    backlog.get()->waitForRoom(stop);
  };
  Result<std::unique_ptr<CaptureFile>> file = CaptureFile::open(std::move(settings), wake);
  if (!file) return std::unexpected(file.error());
  walk->file_ = std::move(*file);
  TrafficLog& log = walk->file_->log();
  walk->backlog_ = std::make_unique<Backlog>(log, log.budget() / kUnseenShare, [] { return true; });
  walk->backlogPromise_.set_value(walk->backlog_.get());
  return walk;
}

// The file's thread asks the backlog until it has ended.
CaptureWalk::~CaptureWalk() {
  file_.reset();
}

bool CaptureWalk::write(Context& context, std::string_view text) {
  return stop_.write(context.out, text) && !stop_.hasSignal();
}

void CaptureWalk::skipTo(std::uint64_t row) {
  if (row <= next_) return;
  lost_ += row - next_;
  next_ = row;
}

// False: `see` has enough, or a signal has come.
bool CaptureWalk::seeAll(const std::function<bool(const LogSlab& slab, WallNanos before)>& see) {
  for (;;) {
    const std::uint64_t published = file_->log().bytesPublished();
    const LogSlab slab = file_->log().slab(next_, kRowsAtOnce);
    if (slab.empty()) {
      skipTo(file_->log().first());
      seenBytes_ = std::max(seenBytes_, published);
      backlog_->printed(seenBytes_);
      return true;
    }
    skipTo(slab.first());
    if (!see(slab, before_) || stop_.hasSignal()) return false;
    next_ = slab.end();
    before_ = slab.records().back().time;
    seenBytes_ += bytesOf(slab);
    backlog_->printed(seenBytes_);
  }
}

CaptureWalk::End CaptureWalk::walk(const std::function<bool(const LogSlab& slab, WallNanos before)>& see) {
  for (;;) {
    file_->log().acknowledge();
    const bool wasReading = file_->status().reading;
    if (!seeAll(see)) return End::stopped;
    if (!wasReading) return End::read;
    const StopSignals::Woken woken = stop_.wait();
    if (woken == StopSignals::Woken::signalled || woken == StopSignals::Woken::readerGone)
      return End::stopped;
  }
}

int CaptureWalk::finish(Context& context, End end) {
  if (lost_ > 0)
    Output(STDERR_FILENO)
        .write("sockbench-cli: " + std::to_string(lost_) +
               " records were evicted before they could be printed\n");
  if (end == End::stopped) return kDone;
  const CaptureFile::Status status = file_->status();
  if (status.error) return context.fail(*status.error);
  return lost_ > 0 ? kSaidNo : kDone;
}

}  // namespace sockbench::cli
