#include "ui/panels/resolver/lookup/lookup_run.h"

#include <cerrno>
#include <utility>

#include "ui/bridge/engine_bridge.h"

namespace sockbench::ui {
namespace {

template <class Answer>
LookupOutcome<Answer> cancelled(Operation op, const QString& host) {
  return {std::unexpected(Error::fromErrno(op, ECANCELED, toUtf8(host))), {}};
}

}  // namespace

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
    ++entriesAnswered_;
    emit hostAnswered(host, outcome);
    countOne();
  });
}

void LookupRun::start(const QStringList& hosts, const AddressQuery& common, std::chrono::milliseconds limit) {
  const auto abandoned = std::exchange(pending_, {});
  for (auto look = abandoned.cbegin(); look != abandoned.cend(); ++look)
    bridge_->cancelLookup(LookupId{look.key()});
  hosts_ = hosts;
  common_ = common;
  limit_ = limit;
  next_ = 0;
  answered_ = 0;
  entriesAnswered_ = 0;
  named_.clear();
  for (int host = 0; host < hosts_.size(); ++host)
    if (hosts_[host] != QStringLiteral("*")) named_.push_back(host);
  clock_.start();
  askMore();
}

void LookupRun::askNext() {
  const auto count = static_cast<int>(hosts_.size());
  if (next_ < count) {
    AddressQuery query = common_;
    query.host = toUtf8(hosts_[next_]);
    pending_.insert(bridge_->lookUpAddresses(std::move(query), limit_).value, next_);
  } else {
    const int host = named_[static_cast<std::size_t>(next_ - count)];
    pending_.insert(bridge_->lookUpHost(hosts_[host], limit_).value, host);
  }
  ++next_;
}

void LookupRun::askMore() {
  while (next_ < asked() && pending_.size() < kAtOnce) askNext();
}

void LookupRun::cancel() {
  refuseRest();
  const QList<quint64> ids = pending_.keys();
  for (const quint64 id : ids) bridge_->cancelLookup(LookupId{id});
}

void LookupRun::refuseRest() {
  const auto count = static_cast<int>(hosts_.size());
  for (; next_ < asked(); ++next_, ++answered_) {
    if (next_ < count) {
      emit addressesAnswered(next_, cancelled<AddressAnswer>(Operation::getaddrinfo, hosts_[next_]));
      continue;
    }
    const int host = named_[static_cast<std::size_t>(next_ - count)];
    ++entriesAnswered_;
    emit hostAnswered(host, cancelled<HostInfo>(Operation::gethostbyname, hosts_[host]));
  }
}

int LookupRun::take(LookupId id) {
  const auto found = pending_.constFind(id.value);
  if (found == pending_.cend()) return -1;
  const int host = *found;
  pending_.erase(found);
  return host;
}

void LookupRun::countOne() {
  askMore();
  if (++answered_ == asked()) emit finished();
}

}  // namespace sockbench::ui
