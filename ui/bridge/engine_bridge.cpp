#include "ui/bridge/engine_bridge.h"

#include <QPointer>
#include <atomic>
#include <mutex>
#include <set>
#include <utility>

namespace sockbench::ui {

struct EngineBridge::Gate {
  std::mutex mutex;
  EngineBridge* bridge = nullptr;
  bool knocked = false;  // a wakeUp is queued already

  void knock() {
    const std::lock_guard lock(mutex);
    if (bridge == nullptr || std::exchange(knocked, true)) {
      return;
    }
    QMetaObject::invokeMethod(bridge, &EngineBridge::wakeUp, Qt::QueuedConnection);
  }

  template <class Function>
  void post(Function function) {
    const std::lock_guard lock(mutex);
    if (bridge != nullptr) {
      QMetaObject::invokeMethod(bridge, std::move(function), Qt::QueuedConnection);
    }
  }
};

// What workers ask before they receive. Mostly nobody minds: that costs them one atomic load.
struct EngineBridge::Intake {
  std::atomic<bool> minded{false};
  std::mutex mutex;
  std::function<bool()> mayReceive;

  bool isOpen() {
    if (!minded.load(std::memory_order_acquire)) return true;
    const std::lock_guard lock(mutex);
    return !mayReceive || mayReceive();
  }
  void set(std::function<bool()> wanted) {
    const std::lock_guard lock(mutex);
    mayReceive = std::move(wanted);
    minded.store(static_cast<bool>(mayReceive), std::memory_order_release);
  }
};

EngineBridge::EngineBridge(EngineSettings settings, QObject* parent)
    : QObject(parent),
      gate_(std::make_shared<Gate>()),
      intake_(std::make_shared<Intake>()),
      drainTimer_(this) {
  gate_->bridge = this;
  drainTimer_.setSingleShot(true);
  drainTimer_.setTimerType(Qt::PreciseTimer);
  connect(&drainTimer_, &QTimer::timeout, this, &EngineBridge::drain);
  settings.wake = [gate = gate_] { gate->knock(); };
  settings.mayReceive = [intake = intake_, own = std::move(settings.mayReceive)] {
    return (!own || own()) && intake->isOpen();
  };
  engine_ = std::make_unique<Engine>(std::move(settings));
}

EngineBridge::~EngineBridge() {
  drainTimer_.stop();
  const std::lock_guard lock(gate_->mutex);
  gate_->bridge = nullptr;
}

SessionId EngineBridge::listen(ListenSpec spec) {
  return engine_->listen(std::move(spec));
}

SessionId EngineBridge::connectTo(ConnectSpec spec) {
  return engine_->connect(std::move(spec));
}

std::optional<Error> EngineBridge::send(SessionId id, Bytes data) {
  Result<void> queued = engine_->send(id, std::move(data));
  return queued ? std::nullopt : std::optional(std::move(queued.error()));
}

void EngineBridge::halfClose(SessionId id) {
  engine_->halfClose(id);
}
void EngineBridge::close(SessionId id) {
  engine_->close(id);
}
void EngineBridge::reset(SessionId id) {
  engine_->reset(id);
}
void EngineBridge::setRules(SessionId id, SessionRules rules) {
  engine_->setRules(id, std::move(rules));
}
void EngineBridge::setManners(SessionId id, Manners manners) {
  engine_->setManners(id, manners);
}
void EngineBridge::attach(SessionId id, std::shared_ptr<SessionAgent> agent) {
  engine_->attach(id, std::move(agent));
}
void EngineBridge::detach(SessionId id, const std::shared_ptr<SessionAgent>& agent) {
  engine_->detach(id, agent);
}
void EngineBridge::sendUrgent(SessionId id, std::byte data) {
  engine_->sendUrgent(id, data);
}

std::optional<Error> EngineBridge::sendFile(SessionId id, std::shared_ptr<FileSend> file) {
  Result<void> queued = engine_->sendFile(id, std::move(file));
  return queued ? std::nullopt : std::optional(std::move(queued.error()));
}

void EngineBridge::setOption(SessionId id, OptionSetting setting) {
  engine_->setOption(id, std::move(setting));
}

void EngineBridge::readOptions(SessionId id) {
  engine_->readOptions(id);
}

void EngineBridge::sample(QList<SessionId> ids) {
  engine_->sample({ids.cbegin(), ids.cend()});
}

Result<std::unique_ptr<ClientSwarm>> EngineBridge::startSwarm(SwarmSpec spec, std::function<void()> over) {
  return ClientSwarm::start(*engine_, std::move(spec), std::move(over));
}

void EngineBridge::forget(SessionId id) {
  engine_->forget(id);
}

void EngineBridge::setMayReceive(std::function<bool()> mayReceive) {
  intake_->set(std::move(mayReceive));
}

void EngineBridge::resumeReceiving() {
  engine_->resumeReceiving();
}

void EngineBridge::clearTraffic() {
  engine_->log().clear();
  wakeUp();
}

std::optional<SessionSnapshot> EngineBridge::snapshot(SessionId id) const {
  return engine_->snapshot(id);
}

QList<SessionSnapshot> EngineBridge::snapshots() const {
  const std::vector<SessionSnapshot> all = engine_->snapshots();
  return {all.cbegin(), all.cend()};
}

TrafficLog& EngineBridge::log() const {
  return engine_->log();
}

SessionId EngineBridge::newSessionId() {
  return engine_->newSessionId();
}

// The id is known only once the look-up has been asked for; the answer reads it later, on this same thread.
template <class Answer, class Signal>
std::function<void(LookupOutcome<Answer>)> EngineBridge::answerBy(Signal signal,
                                                                  std::shared_ptr<LookupId> id) {
  return [gate = gate_, bridge = this, signal, id = std::move(id)](LookupOutcome<Answer> outcome) {
    gate->post([bridge, signal, id, outcome = std::move(outcome)] { emit(bridge->*signal)(*id, outcome); });
  };
}

LookupId EngineBridge::lookUpAddresses(AddressQuery query, std::chrono::milliseconds limit) {
  const auto id = std::make_shared<LookupId>();
  *id = engine_->resolver().addresses(std::move(query), limit,
                                      answerBy<AddressAnswer>(&EngineBridge::addressesLookedUp, id));
  return *id;
}

LookupId EngineBridge::lookUpHost(QString nameOrAddress, std::chrono::milliseconds limit) {
  const auto id = std::make_shared<LookupId>();
  *id = engine_->resolver().host(toUtf8(nameOrAddress), limit,
                                 answerBy<HostInfo>(&EngineBridge::hostLookedUp, id));
  return *id;
}

LookupId EngineBridge::lookUpName(SocketAddress address, int flags, std::chrono::milliseconds limit) {
  const auto id = std::make_shared<LookupId>();
  *id = engine_->resolver().name(address, flags, limit, answerBy<NameInfo>(&EngineBridge::nameLookedUp, id));
  return *id;
}

void EngineBridge::cancelLookup(LookupId id) {
  engine_->resolver().cancel(id);
}

LookupId EngineBridge::lookUpDns(DnsQuery query) {
  const auto id = std::make_shared<LookupId>();
  *id = engine_->dns().ask(std::move(query), answerBy<DnsAnswer>(&EngineBridge::dnsLookedUp, id));
  return *id;
}

void EngineBridge::cancelDnsLookup(LookupId id) {
  engine_->dns().cancel(id);
}

std::unique_ptr<ScenarioRun> EngineBridge::makeScenarioRun(ScenarioPtr scenario, ScenarioSettings settings,
                                                           ScenarioObserver* observer) {
  return std::make_unique<ScenarioRun>(*engine_, std::move(scenario), std::move(settings), observer);
}

void EngineBridge::wakeUp() {
  {
    const std::lock_guard lock(gate_->mutex);
    gate_->knocked = false;
  }
  if (drainTimer_.isActive()) {
    return;
  }
  const qint64 passed = sinceDrain_.isValid() ? sinceDrain_.elapsed() : kDrainInterval.count();
  if (passed >= kDrainInterval.count()) {
    drain();
  } else {
    drainTimer_.start(static_cast<int>(kDrainInterval.count() - passed));
  }
}

void EngineBridge::drain() {
  sinceDrain_.start();
  const QPointer<EngineBridge> alive(this);
  const std::vector<SessionEvent> events = engine_->events().drain();
  announceTraffic();
  if (alive && !events.empty()) {
    announceSessions(events);
  }
}

void EngineBridge::announceTraffic() {
  TrafficLog& log = engine_->log();
  log.acknowledge();  // before end() is read: a row published in between wakes us again
  const std::uint64_t first = log.first();
  const std::uint64_t end = log.end();
  if (first == firstSeen_ && end == endSeen_) {
    return;
  }
  firstSeen_ = first;
  endSeen_ = end;
  emit trafficChanged();
}

void EngineBridge::announceSessions(const std::vector<SessionEvent>& events) {
  const QPointer<EngineBridge> alive(this);
  std::set<SessionId> touched;
  QList<SessionId> forgotten;
  for (const SessionEvent& event : events) {
    touched.insert(event.session.id);
    if (event.session.parent) {
      touched.insert(event.session.parent);
    }
    if (event.what == SessionEvent::What::forgotten) {
      forgotten.append(event.session.id);
    }
  }
  QList<SessionSnapshot> changed;
  for (const SessionId id : touched) {
    if (std::optional<SessionSnapshot> now = engine_->snapshot(id)) {  // else forgotten meanwhile
      changed.append(*std::move(now));
    }
  }
  if (!changed.isEmpty()) {
    emit sessionsChanged(changed);
  }
  if (alive && !forgotten.isEmpty()) {
    emit sessionsForgotten(forgotten);
  }
  for (const SessionEvent& event : events) {
    if (alive) {
      announceAnswer(event);
    }
  }
}

void EngineBridge::announceAnswer(const SessionEvent& event) {
  const SessionId id = event.session.id;
  if (event.what == SessionEvent::What::sendRefused && event.error) {
    emit sendRefused(id, *event.error);
  } else if (event.what == SessionEvent::What::sendDrained) {
    emit sendDrained(id);
  } else if (event.what == SessionEvent::What::optionsRead) {
    emit optionsRead(id, {event.options.cbegin(), event.options.cend()});
  } else if (event.error && event.error->op == Operation::setsockopt) {
    emit optionRefused(id, *event.error);
  }
}

}  // namespace sockbench::ui
