#include "ui/panels/resolver/race/address_race.h"

#include <algorithm>
#include <utility>

#include "ui/bridge/engine_bridge.h"

namespace sockbench::ui {

namespace {

Endpoint endpointOf(const SocketAddress& address) {
  return {.transport = Transport::tcp,
          .host = address.ip(),
          .service = std::to_string(address.port()),
          .path = {}};
}

// Idle: its worker has not begun with it yet.
bool hasEnded(const SessionSnapshot& session) {
  return !session.isOpen() && session.state != SessionState::idle;
}

}  // namespace

AddressRace::AddressRace(EngineBridge* bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
  connect(bridge, &EngineBridge::sessionsChanged, this, [this](const QList<SessionSnapshot>& sessions) {
    for (const SessionSnapshot& session : sessions) look(session);
  });
  connect(bridge, &EngineBridge::trafficChanged, this, &AddressRace::lookAtOpen);
  connect(bridge, &EngineBridge::sessionsForgotten, this, [this](const QList<SessionId>& ids) {
    for (const SessionId id : ids) {
      if (open_.contains(id.value)) end(open_.value(id.value), RaceEntry::Stage::cancelled);
      closed(id);
    }
  });
}

AddressRace::~AddressRace() {
  for (const quint32 id : open_.keys()) leave(SessionId{id}, true);
}

void AddressRace::start(std::vector<RaceEntry> entries, Rules rules) {
  cancel();
  entries_ = std::move(entries);
  rules_ = std::move(rules);
  next_ = 0;
  over_ = 0;
  began_ = wallNow();
  for (RaceEntry& entry : entries_) entry.stage = RaceEntry::Stage::queued;
  fill();
}

void AddressRace::cancel() {
  if (!isRunning()) return;
  next_ = entries_.size();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!entries_[i].isOver()) end(static_cast<int>(i), RaceEntry::Stage::cancelled);
  }
}

std::chrono::nanoseconds AddressRace::elapsed() const {
  return std::chrono::nanoseconds(began_ == 0 ? 0 : wallNow() - began_);
}

void AddressRace::fill() {
  while (next_ < entries_.size() && open_.size() + closing_.size() < kAtOnce)
    begin(static_cast<int>(next_++));
}

void AddressRace::begin(int place) {
  RaceEntry& entry = entries_[static_cast<std::size_t>(place)];
  entry.began = elapsed();
  entry.stage = RaceEntry::Stage::connecting;
  ConnectSpec spec;
  spec.endpoint = endpointOf(entry.address);
  spec.timeout = rules_.limit;
  entry.session = bridge_->connectTo(std::move(spec));
  open_.insert(entry.session.value, place);
  emit entryChanged(place);
}

void AddressRace::look(const SessionSnapshot& session) {
  if (hasEnded(session) && closing_.contains(session.id.value)) {
    bridge_->forget(session.id);
    return closed(session.id);
  }
  const auto found = open_.constFind(session.id.value);
  if (found == open_.cend()) return;
  const int place = *found;
  RaceEntry& entry = entries_[static_cast<std::size_t>(place)];
  if (session.connecting == 0 && !hasEnded(session)) return;
  const WallNanos began = session.connecting != 0 ? session.connecting : session.since;
  entry.began = std::chrono::nanoseconds(began - began_);
  entry.lasted = std::chrono::nanoseconds((hasEnded(session) ? session.changed : wallNow()) - began);
  if (session.connected != 0 && !entry.connected) {
    entry.connected = std::chrono::nanoseconds(session.connected - began);
    entry.stage = RaceEntry::Stage::listening;
    if (session.isOpen()) sendFirst(entry);
    waitForByte(session.id);
    emit entryChanged(place);
  }
  if (session.firstReceived != 0) {
    entry.firstByte = std::chrono::nanoseconds(session.firstReceived - began);
    return end(place, RaceEntry::Stage::answered);
  }
  if (!hasEnded(session)) return;
  entry.error = session.error;
  end(place, session.error               ? RaceEntry::Stage::failed
             : session.by == Party::peer ? RaceEntry::Stage::ended
                                         : RaceEntry::Stage::cancelled);
}

void AddressRace::lookAtOpen() {
  for (const quint32 id : open_.keys()) {
    if (const auto session = bridge_->snapshot(SessionId{id})) look(*session);
  }
}

void AddressRace::sendFirst(RaceEntry& entry) {
  if (rules_.send.empty()) return;
  entry.error = bridge_->send(entry.session, rules_.send);
  if (!entry.error) entry.asked = elapsed() - entry.began;
}

void AddressRace::waitForByte(SessionId id) {
  QTimer::singleShot(rules_.limit, Qt::PreciseTimer, this, [this, id] {
    if (!open_.contains(id.value)) return;
    lookAtOpen();
    const auto found = open_.constFind(id.value);
    if (found != open_.cend()) end(*found, RaceEntry::Stage::silent);
  });
}

void AddressRace::end(int place, RaceEntry::Stage stage) {
  RaceEntry& entry = entries_[static_cast<std::size_t>(place)];
  if (entry.isUnderWay() && stage != RaceEntry::Stage::failed) entry.lasted = elapsed() - entry.began;
  entry.stage = stage;
  ++over_;
  if (open_.remove(entry.session.value) > 0)
    leave(entry.session, stage == RaceEntry::Stage::cancelled || next_ < entries_.size());
  emit entryChanged(place);
  fill();
  if (!isRunning()) emit finished();
}

// In good order the peer says what it still has to; at once where others wait for the place.
void AddressRace::leave(SessionId id, bool atOnce) {
  const auto session = bridge_->snapshot(id);
  if (!session) return;
  if (hasEnded(*session)) return bridge_->forget(id);
  closing_.insert(id.value);
  bridge_->close(id);
  if (atOnce) bridge_->close(id);
}

void AddressRace::closed(SessionId id) {
  closing_.remove(id.value);
  fill();
}

}  // namespace sockbench::ui
