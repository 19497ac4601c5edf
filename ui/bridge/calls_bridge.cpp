#include "ui/bridge/calls_bridge.h"

#include <QPointer>
#include <atomic>
#include <map>
#include <mutex>

#include "core/net/socket_options.h"

namespace sockbench::ui {

using Clock = std::chrono::steady_clock;

// The door that the bench's threads knock at: it stays when the bridge has gone, and then leads nowhere.
struct CallsBridge::Gate {
  std::mutex mutex;
  CallsBridge* bridge = nullptr;
  bool knocked = false;  // a wakeUp is queued already
  QList<CallNews> news;
  QList<CallRunEnd> ends;

  void tell(CallNews piece) {
    const std::lock_guard lock(mutex);
    news.append(std::move(piece));
    knock();
  }
  void tellEnd(CallRunEnd end) {
    const std::lock_guard lock(mutex);
    ends.append(end);
    knock();
  }

 private:
  void knock() {
    if (bridge == nullptr || std::exchange(knocked, true)) return;
    QMetaObject::invokeMethod(bridge, &CallsBridge::wakeUp, Qt::QueuedConnection);
  }
};

// Lines that are run one after another, each begun by the thread that ended the one before.
struct CallsBridge::Run {
  quint64 number = 0;
  Lines lines;
  EndsWith endsWith;
  std::shared_ptr<Gate> gate;
  std::atomic<bool> stopped = false;
  std::mutex mutex;  // of what follows; the desk is not destroyed while it is held
  CallDesk* desk = nullptr;
  std::size_t next = 0;
  quint64 key = 0;  // of the line under way, and its call
  CallId call;
};

CallsBridge::CallsBridge(CallBenchSettings settings, QObject* parent)
    : QObject(parent),
      gate_(std::make_shared<Gate>()),
      desk_(std::make_unique<CallDesk>(std::move(settings))),
      timer_(this) {
  gate_->bridge = this;
  timer_.setSingleShot(true);
  timer_.setTimerType(Qt::PreciseTimer);
  connect(&timer_, &QTimer::timeout, this, &CallsBridge::tell);
}

CallsBridge::~CallsBridge() {
  timer_.stop();
  {
    const std::lock_guard lock(gate_->mutex);
    gate_->bridge = nullptr;
  }
  for (const std::weak_ptr<Run>& weak : runs_) {
    const std::shared_ptr<Run> run = weak.lock();
    if (!run) continue;
    const std::lock_guard lock(run->mutex);
    run->desk = nullptr;
  }
}

quint64 CallsBridge::run(Lines lines, EndsWith endsWith) {
  std::erase_if(runs_, [](const std::weak_ptr<Run>& run) { return run.expired(); });
  const auto run = std::make_shared<Run>();
  run->number = ++lastRun_;
  run->lines = std::move(lines);
  run->endsWith = std::move(endsWith);
  run->gate = gate_;
  run->desk = desk_.get();
  runs_.push_back(run);
  go(run);
  return run->number;
}

void CallsBridge::go(const std::shared_ptr<Run>& run) {
  for (;;) {
    const std::lock_guard lock(run->mutex);
    if (run->desk == nullptr) return;
    if (run->stopped || run->next == run->lines.size()) return finish(*run);
    const auto& [key, text] = run->lines[run->next++];
    if (begin(run, key, text)) return;
  }
}

void CallsBridge::finish(Run& run) {
  const bool whole = !run.stopped && run.next == run.lines.size();
  run.gate->tellEnd({run.number, whole});
}

CallOutcome refusedOutcome(const Error& error) {
  CallFault fault;
  fault.kind = CallFaultKind::type;
  fault.message = error.message();
  CallOutcome outcome;
  outcome.result = std::unexpected(std::move(fault));
  return outcome;
}

// A failure may end the run, an interruption always does.
void CallsBridge::settle(Run& run, const CallLine& line, const CallOutcome& outcome) {
  if (outcome.result) return;
  if (outcome.result.error().interrupted || !run.endsWith || run.endsWith(line, outcome)) run.stopped = true;
}

// True: it is under way, and its end goes on with the run.
bool CallsBridge::begin(const std::shared_ptr<Run>& run, quint64 key, const std::string& text) {
  Gate& gate = *run->gate;
  const Result<CallLine> line = parseCallLine(text);
  const auto refuse = [&](const Error& error) {
    settle(*run, line ? *line : CallLine{}, refusedOutcome(error));
    gate.tell({key, CallNews::What::refused, Clock::now(), {}, std::make_shared<const Error>(error)});
    return false;
  };
  if (!line) return refuse(line.error());
  if (line->isBlank()) {
    gate.tell({key, CallNews::What::passed, Clock::now(), {}, {}});
    return false;
  }
  gate.tell({key, CallNews::What::began, Clock::now(), {}, {}});
  // The call may end before start() has returned, or after: whoever is second goes on.
  const auto half = std::make_shared<std::atomic<bool>>(false);
  const Result<CallId> started =
      run->desk->start(*line, [run, key, half](CallId, const CallLine& called, const CallOutcome& outcome) {
        settle(*run, called, outcome);
        run->gate->tell(
            {key, CallNews::What::ended, Clock::now(), std::make_shared<const CallOutcome>(outcome), {}});
        if (half->exchange(true)) go(run);
      });
  if (!started) return refuse(started.error());
  run->key = key;
  run->call = *started;
  return !half->exchange(true);
}

void CallsBridge::interrupt(quint64 key) {
  for (const std::weak_ptr<Run>& weak : runs_) {
    const std::shared_ptr<Run> run = weak.lock();
    if (!run) continue;
    std::unique_lock lock(run->mutex);
    if (run->key != key) continue;
    const CallId call = run->call;
    run->stopped = true;
    lock.unlock();  // a look-up that is abandoned ends here and now
    desk_->bench().interrupt(call);
  }
}

void CallsBridge::stopRuns() {
  for (const std::weak_ptr<Run>& weak : runs_)
    if (const std::shared_ptr<Run> run = weak.lock()) {
      const std::lock_guard lock(run->mutex);  // a line that is just being begun is begun before
      run->stopped = true;
    }
}

void CallsBridge::interruptAll() {
  stopRuns();
  desk_->bench().interruptAll();
}

void CallsBridge::clear() {
  stopRuns();
  desk_->clear();
  tell();
}

std::vector<CallVariable> CallsBridge::variables() const {
  return desk_->variables();
}

QList<OptionReading> CallsBridge::options(CallHandle handle) const {
  const std::optional<CallSocketFacts> facts = desk_->bench().socket(handle);
  if (!facts || facts->descriptor < 0) return {};
  const std::optional<Transport> transport = transportOf(facts->family, facts->type, facts->protocol);
  QList<OptionReading> readings;
  const Result<Socket> socket = desk_->bench().duplicate(handle);
  if (!socket) return {};
  for (const OptionInfo& option : socketOptions()) {
    const bool has = transport ? option.applies(facts->family, *transport) : option.level == SOL_SOCKET;
    if (has && !option.takesAway && option.readable)
      readings.append({&option, std::nullopt, readSocketOption(*socket, option)});
  }
  return readings;
}

void CallsBridge::wakeUp() {
  {
    const std::lock_guard lock(gate_->mutex);
    gate_->knocked = false;
  }
  if (timer_.isActive()) return;
  const qint64 passed = sinceTold_.isValid() ? sinceTold_.elapsed() : kTellInterval.count();
  if (passed >= kTellInterval.count())
    tell();
  else
    timer_.start(static_cast<int>(kTellInterval.count() - passed));
}

void CallsBridge::tell() {
  sinceTold_.start();
  QList<CallNews> news;
  QList<CallRunEnd> ends;
  {
    const std::lock_guard lock(gate_->mutex);
    news.swap(gate_->news);
    ends.swap(gate_->ends);
  }
  const QPointer<CallsBridge> alive(this);
  if (!news.isEmpty()) emit callsTold(news);
  if (alive && !ends.isEmpty()) emit runsEnded(ends);
}

}  // namespace sockbench::ui
