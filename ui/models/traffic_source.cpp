#include "ui/models/traffic_source.h"

#include "ui/bridge/engine_bridge.h"
#include "ui/models/session_text.h"

namespace sockbench::ui {

LiveTraffic::LiveTraffic(EngineBridge* bridge, QObject* parent) : TrafficSource(parent), bridge_(bridge) {
  connect(bridge, &EngineBridge::trafficChanged, this, &TrafficSource::trafficChanged);
  connect(bridge, &EngineBridge::sessionsChanged, this, &TrafficSource::sessionsChanged);
}

TrafficLog& LiveTraffic::log() const {
  return bridge_->log();
}

QString LiveTraffic::sessionName(SessionId id) const {
  const auto session = id ? bridge_->snapshot(id) : std::nullopt;
  return session ? sessionNameText(*session) : QString();
}

void LiveTraffic::clear() {
  bridge_->clearTraffic();
}

}  // namespace sockbench::ui
