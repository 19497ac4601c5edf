// EngineBridge: the one door between core and Qt. It owns the Engine.
//
// Its calls go to core and return at once; core's news comes back as past-tense signals on the GUI thread,
// batched, at most one batch in kDrainInterval. No payload rides in a signal: readers take the rows they
// paint from log(). Idle, it runs no timer. Thread: gui, for everything here.
#pragma once

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/automation/many/client_swarm.h"
#include "core/automation/scenario/scenario_run.h"
#include "core/engine/engine.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {

class EngineBridge : public QObject {
  Q_OBJECT
 public:
  static constexpr std::chrono::milliseconds kDrainInterval{33};

  explicit EngineBridge(EngineSettings settings = {},
                        QObject* parent = nullptr);  // settings.wake is the bridge's own
  ~EngineBridge() override;                          // no signal arrives once it has begun

  // See core/engine/engine.h for each.
  SessionId listen(ListenSpec spec);
  SessionId connectTo(ConnectSpec spec);
  std::optional<Error> send(SessionId id, Bytes data);  // nullopt: queued
  void halfClose(SessionId id);
  void close(SessionId id);
  void reset(SessionId id);
  void setRules(SessionId id, SessionRules rules);
  void setManners(SessionId id, Manners manners);
  void attach(SessionId id, std::shared_ptr<SessionAgent> agent);
  void detach(SessionId id, const std::shared_ptr<SessionAgent>& agent);
  void sendUrgent(SessionId id, std::byte data);                                // where it fails: sendRefused
  std::optional<Error> sendFile(SessionId id, std::shared_ptr<FileSend> file);  // nullopt: queued
  void setOption(SessionId id, OptionSetting setting);  // where it fails: optionRefused
  void readOptions(SessionId id);                       // answered by optionsRead, if it has a socket
  void sample(QList<SessionId> ids);
  void forget(SessionId id);
  // Many clients at once; see ClientSwarm. `over` runs in a thread of the swarm's. It must go before the
  // bridge.
  Result<std::unique_ptr<ClientSwarm>> startSwarm(SwarmSpec spec, std::function<void()> over);
  // Asked by workers before they receive, see EngineSettings::mayReceive. Empty (the beginning): always true.
  void setMayReceive(std::function<bool()> mayReceive);
  void resumeReceiving();  // thread: any
  void clearTraffic();     // log().clear(), and trafficChanged for its readers

  std::optional<SessionSnapshot> snapshot(SessionId id) const;
  QList<SessionSnapshot> snapshots() const;
  TrafficLog& log() const;
  SessionId newSessionId();  // thread: any

  // Look-ups; each answers once by the signal of the same name. `limit` 0: none.
  LookupId lookUpAddresses(AddressQuery query, std::chrono::milliseconds limit);
  LookupId lookUpHost(QString nameOrAddress, std::chrono::milliseconds limit);
  LookupId lookUpName(SocketAddress address, int flags, std::chrono::milliseconds limit);
  void cancelLookup(LookupId id);
  // A question to a name server, answered once by dnsLookedUp. Its ids are a row of their own.
  LookupId lookUpDns(DnsQuery query);
  void cancelDnsLookup(LookupId id);

  // A scenario on this engine; see ScenarioRun. It and `observer` must go before the bridge.
  std::unique_ptr<ScenarioRun> makeScenarioRun(ScenarioPtr scenario, ScenarioSettings settings,
                                               ScenarioObserver* observer);

 signals:
  // Each session that changed since the last batch, once, as it stands now; a listener also when one of its
  // sessions did. By id.
  void sessionsChanged(const QList<sockbench::SessionSnapshot>& sessions);
  // Closed sessions that snapshots() has lost, by forget() or since the engine keeps a bounded number of
  // closed ones. They are never named by sessionsChanged again.
  void sessionsForgotten(const QList<sockbench::SessionId>& ids);
  void sendRefused(sockbench::SessionId id, const sockbench::Error& error);
  void sendDrained(sockbench::SessionId id);
  void optionsRead(sockbench::SessionId id, const QList<sockbench::OptionReading>& options);
  // setsockopt(2) failed, on demand or as the session began; the error's subject is "NAME=VALUE".
  void optionRefused(sockbench::SessionId id, const sockbench::Error& error);
  // Rows were published (or evicted, or cleared): log().first() and log().end() tell which are there.
  void trafficChanged();
  void addressesLookedUp(sockbench::LookupId id,
                         const sockbench::LookupOutcome<sockbench::AddressAnswer>& outcome);
  void hostLookedUp(sockbench::LookupId id, const sockbench::LookupOutcome<sockbench::HostInfo>& outcome);
  void nameLookedUp(sockbench::LookupId id, const sockbench::LookupOutcome<sockbench::NameInfo>& outcome);
  void dnsLookedUp(sockbench::LookupId id, const sockbench::LookupOutcome<sockbench::DnsAnswer>& outcome);

 private:
  // The door that other threads knock at: it stays when the bridge has gone, and then leads nowhere.
  struct Gate;
  struct Intake;

  void wakeUp();
  void drain();
  void announceTraffic();
  void announceSessions(const std::vector<SessionEvent>& events);
  void announceAnswer(const SessionEvent& event);
  template <class Answer, class Signal>
  std::function<void(LookupOutcome<Answer>)> answerBy(Signal signal, std::shared_ptr<LookupId> id);

  std::shared_ptr<Gate> gate_;
  std::shared_ptr<Intake> intake_;
  std::unique_ptr<Engine> engine_;
  QTimer drainTimer_;
  QElapsedTimer sinceDrain_;
  std::uint64_t firstSeen_ = 0;
  std::uint64_t endSeen_ = 0;
};

}  // namespace sockbench::ui
