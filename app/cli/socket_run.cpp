#include "app/cli/socket_run.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "app/cli/json_output.h"

namespace sockbench::cli {
namespace {

using Clock = std::chrono::steady_clock;

// Longer than the engine's own patience with a peer that does not end.
constexpr std::chrono::seconds kCloseLimit{3};
// After a signal: whoever takes nothing of our output for so long has stopped reading.
constexpr std::chrono::seconds kReaderLimit{2};

}  // namespace

SocketRun::SocketRun(Context& context, RunSettings settings) : context_(context), begun_(Clock::now()) {
  if (settings.limit) deadline_ = begun_ + std::chrono::duration_cast<Clock::duration>(*settings.limit);
  EngineSettings engineSettings;
  engineSettings.wake = [this] {
    printerBell_.ring();
    wake();
  };
  engineSettings.mayReceive = [this] { return backlog_->hasRoom(); };
  stop_.watchReader(STDOUT_FILENO);
  engine_ = std::make_unique<Engine>(std::move(engineSettings));
  backlog_ = std::make_unique<Backlog>(engine_->log(), engine_->log().budget() / 4,
                                       [this] { return !capture_ || capture_->hasRoom(); });
  if (settings.outputPath) openOutput(*settings.outputPath);
  if (settings.capturePath) startCapture(*settings.capturePath, settings.filter);
  PrinterSettings printing;
  printing.format = makeRecordFormat(context.json, settings.payload);
  printing.lines = lines_ ? &*lines_ : &context.out;
  printing.received = received_ ? &*received_ : nullptr;
  if (settings.outputPath == "-") printing.received = &context.out;
  printing.forPeople = !context.json;
  printing.listeningFirst = context.json && settings.listeningFirst;
  printing.filter = settings.filter;
  printer_ = std::make_unique<TimelinePrinter>(
      engine_->log(), *backlog_, printerBell_, std::move(printing), [this] { wake(); },
      [this] { engine_->resumeReceiving(); });
}

SocketRun::~SocketRun() {
  // The engine's last rows still ring the bells; the printer reads the engine's log, and the capture calls
  // the engine.
  if (capture_) capture_->stop();
  printer_.reset();
  engine_.reset();
}

void SocketRun::openOutput(const std::string& path) {
  if (path == "-") {
    lines_.emplace(STDERR_FILENO);
    return;
  }
  outputFile_ = FileDescriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (outputFile_) {
    received_.emplace(outputFile_.number());
    return;
  }
  outputOpen_ = false;
  addError(Error::fromErrno(Operation::open, errno, path));
}

void SocketRun::startCapture(const std::string& path, const FilterPtr& filter) {
  CaptureSettings settings;
  settings.path = path;
  settings.replace = true;
  settings.filter = filter;
  if (path == "-") {
    if (!lines_) lines_.emplace(STDERR_FILENO);
    settings.path = "standard output";
    settings.descriptor = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  }
  Result<std::unique_ptr<Capture>> capture =
      Capture::start(engine_->log().shared_from_this(), std::move(settings), [this] { wake(); });
  if (!capture) {
    outputOpen_ = false;
    return addError(capture.error());
  }
  capture_ = std::move(*capture);
  capture_->setCaughtUpHook([this] {
    backlog_->othersCaughtUp();
    engine_->resumeReceiving();
  });
}

// Once: that it has stopped by itself, and why. Whoever closed standard output knows.
void SocketRun::lookAtCapture() {
  if (!capture_ || captureFailed_) return;
  const std::optional<Error> error = capture_->status().error;
  if (!error || (error->isErrno(EPIPE) && error->subject == "standard output")) return;
  captureFailed_ = true;
  addError(*error, "the capture stopped");
  if (context_.json)
    Output(STDERR_FILENO).write("sockbench-cli: the capture stopped: " + printable(error->line()) + '\n');
}

void SocketRun::wake() {
  stop_.notify();
  newsBell_.ring();
}

SocketRun::Woken SocketRun::waitFor(const std::function<bool()>& isOver,
                                    std::optional<Clock::time_point> until) {
  const auto deadline = until && deadline_ ? std::min(until, deadline_) : until ? until : deadline_;
  for (;;) {
    takeEvents();
    if (signalled_ || readerGone_ || printer_->isDead()) return Woken::stopped;
    if (isOver()) return Woken::over;
    // News may come faster than they are taken: the wait alone would then never see its deadline.
    if (deadline && Clock::now() >= *deadline) return Woken::timeUp;
    switch (stop_.wait(deadline)) {
      case StopSignals::Woken::signalled:
        signalled_ = true;
        return Woken::stopped;
      case StopSignals::Woken::readerGone:
        readerGone_ = true;
        return Woken::stopped;
      case StopSignals::Woken::timedOut:
        return Woken::timeUp;
      case StopSignals::Woken::notified:
        break;
    }
  }
}

void SocketRun::addError(const Error& error, std::string remark) {
  const auto writer = engine_->log().makeWriter();
  Record record;
  record.kind = RecordKind::error;
  writer->appendEvent(record, std::make_shared<Flow>(), EventDetail{std::move(remark), error});
}

void SocketRun::takeEvents() {
  lookAtCapture();
  for (const SessionEvent& event : engine_->events().drain()) {
    if (event.what != SessionEvent::What::changed) continue;
    const SessionSnapshot& session = event.session;
    if (session.isOpen()) {
      open_.insert(session.id);
      if (session.state == SessionState::connected) connected_.insert(session.id);
    } else if (session.state != SessionState::idle) {
      countClosed(session);
    }
    if (changed_) changed_(session);
  }
}

void SocketRun::countClosed(const SessionSnapshot& session) {
  const std::size_t id = session.id.value;
  open_.erase(session.id);
  const bool wasConnected = connected_.erase(session.id) > 0 || session.role == SessionRole::accepted;
  if (id < counted_.size() && counted_[id]) return;
  if (id >= counted_.size()) counted_.resize(id + 1);
  counted_[id] = true;
  if (session.role == SessionRole::accepted) ++gone_;
  totals_.dropped += session.dropped;
  if (session.role == SessionRole::listener) return;
  totals_.sessions += session.state != SessionState::failed || wasConnected ? 1 : 0;
  totals_.bytesIn += session.bytesIn;
  totals_.bytesOut += session.bytesOut;
}

// The last news of a session comes when its last rows are in the timeline.
void SocketRun::closeEverything() {
  engine_->closeAll();
  const auto limit = Clock::now() + kCloseLimit;
  const auto isAnyOpen = [this] {
    takeEvents();
    return !open_.empty() || std::ranges::any_of(engine_->snapshots(), &SessionSnapshot::isOpen);
  };
  while (isAnyOpen() && newsBell_.waitUntil(limit)) continue;
  for (const SessionSnapshot& session : engine_->snapshots()) countClosed(session);
}

void SocketRun::flushLines() {
  printer_->finish();
  // A reader that has gone makes the printer end by itself.
  while (!signalled_ && !readerGone_ && !printer_->isFinished()) {
    const StopSignals::Woken woken = stop_.wait();
    signalled_ = woken == StopSignals::Woken::signalled;
    readerGone_ = woken == StopSignals::Woken::readerGone;
  }
  std::uint64_t before = printer_->progress();
  while (!printer_->isFinished()) {
    if (newsBell_.waitUntil(Clock::now() + kReaderLimit)) continue;
    const std::uint64_t now = printer_->progress();
    if (now == before) leaveAtOnce();
    before = now;
  }
}

// The printer's thread cannot be called back from a write that nobody reads. The sockets are closed; nothing
// is left to be done but to go.
void SocketRun::leaveAtOnce() {
  std::_Exit(kDone);
}

int SocketRun::finish(int status) {
  closeEverything();
  if (capture_) totals_.capture = capture_->stop();
  lookAtCapture();
  flushLines();
  totals_.records = engine_->log().end();
  totals_.evicted = printer_->lost();
  totals_.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun_);
  printer_->print(totals_);
  if (totals_.evicted > 0) {
    Output(STDERR_FILENO)
        .write("sockbench-cli: " + std::to_string(totals_.evicted) +
               " records were evicted before they could be printed; read faster, or use --payload none\n");
  }
  if (received_ && received_->failure()) return context_.fail(*received_->failure());
  if (captureFailed_) return kSaidNo;
  return signalled_ ? kDone : status;
}

}  // namespace sockbench::cli
