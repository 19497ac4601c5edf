#include "core/capture/capture.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/file_signals.h"
#include "core/capture/capture_output.h"
#include "core/capture/synth/packet_maker.h"

namespace sockbench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kFewRows = 8;
constexpr std::size_t kManyRows = 16 << 10;
constexpr std::size_t kSlabBytes = std::size_t{4} << 20;  // a slab holds its rows' blocks in the log
constexpr std::size_t kWriteBytes = std::size_t{512} << 10;
constexpr std::uint64_t kNudgeBytes = 1 << 20;  // that far behind, the thread is woken
constexpr std::chrono::milliseconds kNewsEvery{100};
constexpr std::chrono::milliseconds kLookEvery{500};  // whether the file is still there

}  // namespace

struct Capture::Impl {
  Impl(std::shared_ptr<TrafficLog> log, CaptureSettings settings, CaptureOutput output,
       std::function<void()> news, std::thread thread);
  ~Impl();

  void nudge();
  void nudgeIfFar();
  std::uint64_t behind() const;  // bytes of the log that are not written
  std::uint64_t most() const;    // that may be, before others wait
  bool hasRoom();
  void run();
  bool waitForWork();
  void writePublished();
  bool writeSlab(std::uint64_t until);
  void writeRows(const LogSlab& slab);
  void skipTo(std::uint64_t row, WallNanos time);
  void flush();
  void fail(Error error);
  void lookForFile();
  void advance(std::uint64_t bytes);
  void tellNews(bool atOnce);
  Status stop();

  const std::shared_ptr<TrafficLog> log_;
  const CaptureSettings settings_;
  const std::function<void()> news_;

  // Of the thread.
  CaptureOutput output_;
  std::string buffer_;
  synth::PacketMaker maker_;
  struct Mark {
    std::size_t end = 0;  // of the buffer: what comes before is whole
    bool isRow = false;
    std::size_t packets = 0;
  };
  std::vector<Mark> marks_;
  std::uint64_t next_ = 0;
  std::uint64_t skipped_ = 0;  // lost, of `next_` rows
  std::size_t batch_ = kFewRows;
  WallNanos previousTime_ = 0;
  std::vector<std::uint32_t> selected_;
  Clock::time_point lastNews_{};
  Clock::time_point lastLook_ = Clock::now();
  Status told_;

  std::atomic<std::uint64_t> written_{0};  // bytes, as TrafficLog::bytesPublished() counts them
  std::atomic<bool> refused_{false};
  std::atomic<bool> running_{true};
  std::atomic<bool> nudged_{false};

  mutable std::mutex mutex_;
  std::condition_variable work_;
  bool stopping_ = false;
  Status status_;

  std::mutex hookMutex_;  // held while the hook runs
  std::function<void()> caughtUp_;

  std::mutex stopMutex_;
  std::thread thread_;
};

Capture::Impl::Impl(std::shared_ptr<TrafficLog> log, CaptureSettings settings, CaptureOutput output,
                    std::function<void()> news, std::thread thread)
    : log_(std::move(log)),
      settings_(std::move(settings)),
      news_(std::move(news)),
      output_(std::move(output)),
      maker_(buffer_),
      next_(std::max(settings_.from, log_->first())),
      written_(next_ < log_->end() ? 0 : log_->bytesPublished()),
      thread_(std::move(thread)) {
  marks_.push_back({buffer_.size(), false, 0});
  status_.running = true;
  status_.nextRow = next_;
}

Capture::Impl::~Impl() {
  stop();
}

void Capture::Impl::nudge() {
  if (nudged_.exchange(true)) return;
  { const std::scoped_lock lock(mutex_); }
  work_.notify_one();
}

std::uint64_t Capture::Impl::behind() const {
  const std::uint64_t published = log_->bytesPublished();
  const std::uint64_t written = written_;
  return published > written ? published - written : 0;
}

// Of the budget as it is now: it may be changed at any time.
std::uint64_t Capture::Impl::most() const {
  return log_->budget() / 4;
}

void Capture::Impl::nudgeIfFar() {
  if (running_ && behind() > kNudgeBytes) nudge();
}

bool Capture::Impl::hasRoom() {
  if (!running_) return true;
  const std::uint64_t now = behind();
  if (now > kNudgeBytes) nudge();
  if (output_.hasReader() || now <= most()) return true;
  refused_ = true;
  // It may have caught up, or ended, before it could see that somebody waits.
  if (!running_ || behind() <= most()) return true;
  nudge();
  return false;
}

void Capture::Impl::run() {
  const FileSignals quiet;
  flush();  // the head: a reader shows at once that it is there
  bool last = false;
  while (!last && running_) {
    last = waitForWork();
    writePublished();
    lookForFile();
    tellNews(false);
    nudgeIfFar();
  }
  if (running_) {
    if (std::optional<Error> error = output_.sync()) fail(std::move(*error));
  }
  running_ = false;
  {
    const std::scoped_lock lock(mutex_);
    status_.running = false;
  }
  advance(written_);
  tellNews(true);
}

// True: it is to end, after what the log holds by now. It wakes by itself, too: whoever owns the log's wake
// may be late with logChanged().
bool Capture::Impl::waitForWork() {
  std::unique_lock lock(mutex_);
  work_.wait_for(lock, settings_.flushEvery, [this] { return stopping_ || nudged_; });
  nudged_ = false;
  return stopping_;
}

// A round ends where the log ended when it began: else there would be no last one while traffic goes on.
void Capture::Impl::writePublished() {
  const std::uint64_t published = log_->bytesPublished();
  const std::uint64_t until = log_->end();
  while (running_ && next_ < until && writeSlab(until)) {
    lookForFile();
    tellNews(false);
  }
  if (!running_) return;
  flush();
  advance(published);  // with what was lost on the way
}

// False: there is no row left.
bool Capture::Impl::writeSlab(std::uint64_t until) {
  const LogSlab slab = log_->slab(next_, std::min<std::uint64_t>(batch_, until - next_));
  if (slab.empty()) {
    const std::uint64_t first = log_->first();
    if (first <= next_) return false;
    skipTo(first, previousTime_);
    return true;
  }
  if (slab.first() > next_) skipTo(slab.first(), slab.records().front().time);
  std::uint64_t bytes = 0;
  for (const Record& record : slab.records()) bytes += record.length + sizeof(Record);
  writeRows(slab);
  batch_ = bytes > kSlabBytes ? std::max(batch_ / 2, kFewRows) : std::min(batch_ * 2, kManyRows);
  advance(written_ + bytes);
  return true;
}

void Capture::Impl::writeRows(const LogSlab& slab) {
  const FilterContext context{.notes = &log_->notes(), .previousTime = previousTime_};
  selected_.clear();
  if (settings_.filter) settings_.filter->select(slab, context, selected_);
  const auto notes = log_->notes().notes(slab.first(), slab.end());
  auto note = notes.begin();
  const RowNotes::Note none;
  const std::size_t count = settings_.filter ? selected_.size() : slab.size();
  for (std::size_t i = 0; i < count && running_; ++i) {
    const std::size_t at = settings_.filter ? selected_[i] : i;
    const Record& record = slab.records()[at];
    while (note != notes.end() && note->first < slab.first() + at) ++note;
    const bool isNoted = note != notes.end() && note->first == slab.first() + at;
    const std::size_t packets =
        maker_.add({record, slab.flow(record).get(), slab.payload(record), isNoted ? note->second : none});
    marks_.push_back({buffer_.size(), true, packets});
    next_ = slab.first() + at + 1;
    if (buffer_.size() >= kWriteBytes) flush();
  }
  if (!running_) return;
  next_ = slab.end();
  previousTime_ = slab.records().back().time;
}

void Capture::Impl::skipTo(std::uint64_t row, WallNanos time) {
  const std::uint64_t lost = row - next_;
  next_ = row;
  skipped_ += lost;
  maker_.addLost(lost, time);
  marks_.push_back({buffer_.size(), false, 1});
}

void Capture::Impl::flush() {
  const CaptureOutput::Written written = output_.write(buffer_);
  std::size_t whole = 0;
  std::uint64_t rows = 0;
  std::uint64_t packets = 0;
  for (const Mark& mark : marks_) {
    if (mark.end > written.bytes) break;
    whole = mark.end;
    rows += mark.isRow ? 1 : 0;
    packets += mark.packets;
  }
  std::uint64_t bytes = 0;
  {
    const std::scoped_lock lock(mutex_);
    status_.rows += rows;
    status_.packets += packets;
    status_.bytes += whole;
    status_.lost = skipped_;
    if (!written.error) status_.nextRow = next_;
    bytes = status_.bytes;
  }
  buffer_.clear();
  marks_.clear();
  if (!written.error) return;
  if (written.bytes > whole) output_.cut(bytes);
  fail(*written.error);
}

void Capture::Impl::fail(Error error) {
  running_ = false;
  const std::scoped_lock lock(mutex_);
  status_.error = std::move(error);
}

void Capture::Impl::lookForFile() {
  if (!running_ || Clock::now() - lastLook_ < kLookEvery) return;
  lastLook_ = Clock::now();
  if (std::optional<Error> error = output_.missing()) fail(std::move(*error));
}

// So much of the log has been seen to; those that were refused may go on once half of the room is free again.
void Capture::Impl::advance(std::uint64_t bytes) {
  written_ = bytes;
  if (running_ && behind() > most() / 2) return;
  if (!refused_.exchange(false)) return;
  const std::scoped_lock lock(hookMutex_);
  if (caughtUp_) caughtUp_();
}

void Capture::Impl::tellNews(bool atOnce) {
  if (!news_) return;
  const auto now = Clock::now();
  if (!atOnce && now - lastNews_ < kNewsEvery) return;
  Status status;
  {
    const std::scoped_lock lock(mutex_);
    status = status_;
  }
  const bool isSame = status.rows == told_.rows && status.lost == told_.lost &&
                      status.nextRow == told_.nextRow && status.running == told_.running &&
                      status.error == told_.error;
  if (isSame) return;
  told_ = std::move(status);
  lastNews_ = now;
  news_();
}

Capture::Status Capture::Impl::stop() {
  const std::scoped_lock once(stopMutex_);
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  output_.hurry();
  if (thread_.joinable()) thread_.join();
  const std::scoped_lock lock(mutex_);
  return status_;
}

Result<std::unique_ptr<Capture>> Capture::start(std::shared_ptr<TrafficLog> log, CaptureSettings settings,
                                                std::function<void()> news) {
  const bool isTaken = settings.descriptor >= 0;
  const std::string name = isTaken && settings.path.empty() ? "the pipe" : settings.path;
  // The thread comes first: where there can be none, no file has been made or emptied.
  std::promise<Impl*> work;
  std::thread thread;
  try {
    thread = std::thread([given = work.get_future()]() mutable {
      if (Impl* const impl = given.get()) impl->run();
    });
  } catch (const std::system_error& error) {
    if (isTaken) ::close(settings.descriptor);
    return std::unexpected(Error::fromErrno(Operation::open, error.code().value(), name));
  }
  Result<CaptureOutput> output = isTaken ? CaptureOutput::take(settings.descriptor, name)
                                         : CaptureOutput::create(name, settings.replace);
  if (!output) {
    work.set_value(nullptr);
    thread.join();
    return std::unexpected(output.error());
  }
  auto impl = std::make_unique<Impl>(std::move(log), std::move(settings), std::move(*output), std::move(news),
                                     std::move(thread));
  work.set_value(impl.get());
  return std::unique_ptr<Capture>(new Capture(std::move(impl)));
}

Capture::Capture(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Capture::~Capture() = default;

void Capture::logChanged() {
  impl_->nudgeIfFar();
}

bool Capture::hasRoom() {
  return impl_->hasRoom();
}

void Capture::setCaughtUpHook(std::function<void()> caughtUp) {
  const std::scoped_lock lock(impl_->hookMutex_);
  impl_->caughtUp_ = std::move(caughtUp);
}

Capture::Status Capture::stop() {
  return impl_->stop();
}

Capture::Status Capture::status() const {
  const std::scoped_lock lock(impl_->mutex_);
  return impl_->status_;
}

const std::string& Capture::path() const {
  return impl_->settings_.path;
}

}  // namespace sockbench
