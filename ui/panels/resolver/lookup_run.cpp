#include "ui/panels/resolver/lookup_run.h"

#include "ui/bridge/engine_bridge.h"

namespace sockbench::ui {

LookupRun::LookupRun(EngineBridge* bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
  connect(bridge, &EngineBridge::addressesLookedUp, this, [this](LookupId id, const auto& outcome) {
    const int host = take(id);
    if (host < 0) return;
    emit addressesAnswered(host, outcome);
    countOne();
  });
  connect(bridge, &EngineBridge::hostLookedUp, this, [this](LookupId id, const auto& outcome) {
    const int host = take(id);
    if (host < 0) return;
    emit hostAnswered(host, outcome);
    countOne();
  });
}

void LookupRun::start(const QStringList& hosts, const AddressQuery& common, std::chrono::milliseconds limit) {
  cancel();
  pending_.clear();
  answered_ = 0;
  clock_.start();
  for (int host = 0; host < hosts.size(); ++host) {
    AddressQuery query = common;
    query.host = toUtf8(hosts[host]);
    pending_.insert(bridge_->lookUpAddresses(query, limit).value, host);
    if (query.host != "*") pending_.insert(bridge_->lookUpHost(hosts[host], limit).value, host);
  }
  asked_ = static_cast<int>(pending_.size());
}

void LookupRun::cancel() {
  const QList<quint64> ids = pending_.keys();
  for (const quint64 id : ids) bridge_->cancelLookup(LookupId{id});
}

int LookupRun::take(LookupId id) {
  const auto found = pending_.constFind(id.value);
  if (found == pending_.cend()) return -1;
  const int host = *found;
  pending_.erase(found);
  return host;
}

void LookupRun::countOne() {
  if (++answered_ == asked_) emit finished();
}

}  // namespace sockbench::ui
