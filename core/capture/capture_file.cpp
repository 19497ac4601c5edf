#include "core/capture/capture_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include "core/capture/read/byte_source.h"
#include "core/capture/read/capture_import.h"
#include "core/capture/read/imported_rows.h"
#include "core/capture/read/packet_source.h"

namespace sockbench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kNewsEvery{50};
// The first rows are shown at once; then so many packets go between two looks at the clock.
constexpr std::uint64_t kFirstPackets = 64;
constexpr std::uint64_t kPacketsAtOnce = 512;
constexpr std::size_t kMagicBytes = 4;

// A session takes a packet at least, and what the log charges for its flow: RecordRing::kFlowBytes, 400, and
// a place in each further piece on disk that names it.
constexpr std::uint64_t kSmallestPacket = 56;
constexpr std::size_t kFlowBytes = 512;

constexpr std::size_t flowRoomFor(std::uint64_t fileBytes) {
  return std::min<std::size_t>(fileBytes / kSmallestPacket, ImportedRows::kMostSessions) * kFlowBytes;
}

// A file's rows are smaller than the file, but for packets with hardly a byte: those have a record or two
// each.
constexpr std::uint64_t spillFor(std::uint64_t fileBytes) {
  return 2 * fileBytes + (std::uint64_t{64} << 20);
}

LogLimits limitsFor(const CaptureFileSettings& settings, std::uint64_t fileBytes) {
  if (settings.log) return *settings.log;
  LogLimits limits;
  if (fileBytes > limits.budgetBytes / 8) limits.spillBytes = spillFor(fileBytes);
  limits.spilledFlowBytes = flowRoomFor(fileBytes);
  limits.budgetBytes += limits.spilledFlowBytes;
  return limits;
}

struct OpenedFile {
  int descriptor = -1;
  bool isRegular = false;
  std::uint64_t bytes = 0;
};

// A pipe is opened without waiting for who writes into it.
Result<OpenedFile> openFile(const CaptureFileSettings& settings) {
  OpenedFile file{.descriptor = settings.descriptor};
  if (file.descriptor < 0)
    file.descriptor = ::open(settings.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file.descriptor < 0) return std::unexpected(Error::fromErrno(Operation::open, errno, settings.path));
  struct stat about {};
  const bool isKnown = ::fstat(file.descriptor, &about) == 0;
  if (isKnown && S_ISDIR(about.st_mode)) {
    ::close(file.descriptor);
    return std::unexpected(Error::fromErrno(Operation::open, EISDIR, settings.path));
  }
  file.isRegular = isKnown && S_ISREG(about.st_mode);
  if (file.isRegular) file.bytes = static_cast<std::uint64_t>(about.st_size);
  return file;
}

}  // namespace

struct CaptureFile::Impl {
  Impl(CaptureFileSettings given, const OpenedFile& file, std::function<void()> newsHook)
      : settings(std::move(given)),
        limits(limitsFor(settings, file.bytes)),
        news(std::move(newsHook)),
        log(TrafficLog::create(limits)),
        source(file.descriptor, settings.path, !file.isRegular) {
    status.bytesAll = file.bytes;
    if (settings.wake) log->setWakeHook(settings.wake);
    rows = std::make_unique<ImportedRows>(log, limits.blockBytes);
    import = std::make_unique<CaptureImport>(source, *rows);
    source.setWaitingHook([this] { tell(); });
    log->setRoomHook([this] {
      { const std::scoped_lock lock(mutex); }  // who has just looked is waiting by now
      room.notify_all();
    });
  }

  ~Impl() {
    thread = {};
    log->setRoomHook({});  // the log may live on
  }

  void read(const std::stop_token& stop) {
    const std::stop_callback wake(stop, [this] { source.stop(); });
    while (!stop.stop_requested() && import->step()) {
      if (!log->hasRoom()) waitForRoom(stop);
      const std::uint64_t packets = import->packets();
      if (packets % kPacketsAtOnce != 0 && packets != kFirstPackets) continue;
      if (packets == kFirstPackets || Clock::now() - told >= kNewsEvery) tell();
      if (settings.pace) {
        rows->publish();
        settings.pace(stop);
      }
    }
    finish(stop.stop_requested());
  }

  // What is to go to disk is not to be outrun.
  void waitForRoom(const std::stop_token& stop) {
    tell();
    std::unique_lock lock(mutex);
    room.wait(lock, stop, [this] { return log->hasRoom(); });
  }

  // Everything that has been read is to be seen.
  void tell() {
    rows->publish();
    told = Clock::now();
    setStatus();
    if (news) news();
  }

  void setStatus() {
    const std::scoped_lock lock(mutex);
    status.bytesRead = source.position();
    status.packets = import->packets();
    status.passedOver = import->passedOver();
    status.ours = import->isOurs();
  }

  void finish(bool isGivenUp) {
    rows->publish();
    setStatus();
    {
      const std::scoped_lock lock(mutex);
      if (!isGivenUp) status.error = import->error();
      status.reading = false;
    }
    isRead.notify_all();
    if (news) news();
  }

  const CaptureFileSettings settings;
  const LogLimits limits;
  const std::function<void()> news;
  const std::shared_ptr<TrafficLog> log;
  ByteSource source;
  std::unique_ptr<ImportedRows> rows;
  std::unique_ptr<CaptureImport> import;
  Clock::time_point told{};
  mutable std::mutex mutex;
  std::condition_variable isRead;
  std::condition_variable_any room;
  Status status;
  std::jthread thread;  // the last: it is joined before the rest goes
};

CaptureFile::CaptureFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Result<std::unique_ptr<CaptureFile>> CaptureFile::open(CaptureFileSettings settings,
                                                       std::function<void()> news) {
  const Result<OpenedFile> file = openFile(settings);
  if (!file) return std::unexpected(file.error());
  auto impl = std::make_unique<Impl>(std::move(settings), *file, std::move(news));
  if (file->isRegular) {
    const Result<ByteView> first = impl->source.peek(kMagicBytes);
    if (!first) return std::unexpected(first.error());
    if (!isCaptureMagic(*first)) return std::unexpected(noCaptureFile(impl->settings.path));
  }
  try {
    impl->thread = std::jthread([&impl = *impl](const std::stop_token& stop) { impl.read(stop); });
  } catch (const std::system_error& error) {
    return std::unexpected(Error::fromErrno(Operation::open, error.code().value(), impl->settings.path));
  }
  return std::unique_ptr<CaptureFile>(new CaptureFile(std::move(impl)));
}

CaptureFile::~CaptureFile() = default;

TrafficLog& CaptureFile::log() {
  return *impl_->log;
}

CaptureFile::Status CaptureFile::status() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->status;
}

void CaptureFile::waitUntilRead() {
  std::unique_lock lock(impl_->mutex);
  impl_->isRead.wait(lock, [this] { return !impl_->status.reading; });
}

std::vector<CapturedSession> CaptureFile::sessions() const {
  return impl_->rows->sessions();
}

std::optional<CapturedSession> CaptureFile::session(SessionId id) const {
  return impl_->rows->session(id);
}

const std::string& CaptureFile::path() const {
  return impl_->settings.path;
}

}  // namespace sockbench
