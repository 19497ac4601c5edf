#include "ui/panels/traffic/stream/stream_save.h"

#include <QSaveFile>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

#include "ui/bridge/core_types.h"
#include "ui/bridge/in_background.h"
#include "ui/models/save_file.h"
#include "ui/panels/traffic/stream/stream_document.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;
constexpr int kTick = 100;  // milliseconds
constexpr std::chrono::milliseconds kPause{20};

int percentOf(std::uint64_t done, std::uint64_t all) {
  return all == 0 ? 100 : static_cast<int>(std::min<std::uint64_t>(100, done * 100 / all));
}

// What the log holds by now is to be in the file, however far the conversation has been read.
void waitUntilRead(const TrafficLog& log, const Conversation& conversation,
                   const std::atomic<bool>& cancelled) {
  const std::uint64_t end = log.end();
  while (conversation.state().lookedTo < end && !cancelled) std::this_thread::sleep_for(kPause);
}

// From the first byte that is there on; `write` answers false to stop. What was evicted meanwhile is counted.
template <class Write>
bool eachChunk(const Conversation& conversation, Direction direction, std::atomic<std::uint64_t>& missing,
               Write write) {
  const Conversation::State state = conversation.state();
  const std::uint64_t end = direction == Direction::out ? state.bytesOut : state.bytesIn;
  const auto first = conversation.piece(state.firstPiece);
  std::uint64_t offset = first ? (direction == Direction::out ? first->outBefore : first->inBefore) : end;
  while (offset < end) {
    const Bytes bytes = conversation.bytes(direction, offset, kChunk);
    if (bytes.empty()) {
      // Evicted meanwhile.
      const auto now = conversation.piece(conversation.state().firstPiece);
      const std::uint64_t next = now ? (direction == Direction::out ? now->outBefore : now->inBefore) : end;
      const std::uint64_t from = std::min(std::max(next, offset), end);
      if (from == offset) return true;
      missing += from - offset;
      offset = from;
      continue;
    }
    offset += bytes.size();
    if (!write(bytes, percentOf(offset, end))) return false;
  }
  return true;
}

template <class Write>
bool eachLine(std::shared_ptr<const TrafficLog> log, std::shared_ptr<const Conversation> conversation,
              StreamStyle style, Write write) {
  style.measure = nullptr;
  StreamDocument document(std::move(log), conversation);
  document.update(conversation->state());
  document.setStyle(style);
  const StreamSpot end = document.end();
  auto place = document.first();
  while (place && place->frame <= end.frame) {
    const StreamShownLine line = document.line(*place);
    const std::string utf8 = toUtf8(document.lineText(line)) + "\n";
    if (!write(asBytes(utf8), percentOf(place->frame, end.frame + 1))) return false;
    if (!document.next(*place)) break;
  }
  return true;
}

}  // namespace

StreamSave::StreamSave(QObject* parent) : QObject(parent) {
  tick_.setInterval(kTick);
  connect(&tick_, &QTimer::timeout, this, [this] {
    if (job_) emit progressed(job_->percent);
  });
}

StreamSave::~StreamSave() {
  cancel();
}

void StreamSave::cancel() {
  if (job_) job_->cancelled = true;
}

void StreamSave::start(const QString& path, What what, std::shared_ptr<const TrafficLog> log,
                       std::shared_ptr<const Conversation> conversation, StreamStyle style) {
  if (job_) return;
  job_ = std::make_shared<Job>();
  tick_.start();
  auto work = [job = job_, path, what, log = std::move(log), conversation = std::move(conversation),
               style]() -> Result<std::uint64_t> {
    waitUntilRead(*log, *conversation, job->cancelled);
    QSaveFile file(path);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly)) return std::unexpected(saveError(file, errno));
    std::uint64_t written = 0;
    bool wrote = true;
    const auto write = [&](ByteView bytes, int percent) {
      const auto size = static_cast<qint64>(bytes.size());
      errno = 0;
      wrote = file.write(reinterpret_cast<const char*>(bytes.data()), size) == size;
      written += bytes.size();
      job->percent = percent;
      return wrote && !job->cancelled;
    };
    if (what == What::bothAsText)
      eachLine(log, conversation, style, write);
    else
      eachChunk(*conversation, what == What::sent ? Direction::out : Direction::in, job->missing, write);
    if (job->cancelled) return 0;
    if (!wrote || !file.commit()) return std::unexpected(saveError(file, errno));
    return written;
  };
  inBackground(this, std::move(work), [this, path](const Result<std::uint64_t>& bytes) {
    const bool wasCancelled = job_->cancelled;
    const std::uint64_t missing = job_->missing;
    job_.reset();
    tick_.stop();
    if (wasCancelled) return emit cancelled();
    if (!bytes) return emit failed(bytes.error());
    emit saved(path, *bytes, missing);
  });
}

}  // namespace sockbench::ui
