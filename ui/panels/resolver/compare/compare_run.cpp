#include "ui/panels/resolver/compare/compare_run.h"

#include <cerrno>
#include <utility>

#include "ui/bridge/engine_bridge.h"

namespace sockbench::ui {

CompareRun::CompareRun(EngineBridge* bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
  connect(bridge, &EngineBridge::dnsLookedUp, this, [this](LookupId id, const auto& outcome) {
    const auto found = pending_.constFind(id.value);
    if (found == pending_.cend()) return;
    const int name = *found;
    pending_.erase(found);
    askMore();
    take(name, outcome);
  });
}

void CompareRun::abandon() {
  const auto abandoned = std::exchange(pending_, {});
  for (auto question = abandoned.cbegin(); question != abandoned.cend(); ++question)
    bridge_->cancelDnsLookup(LookupId{question.key()});
}

void CompareRun::start(const QStringList& names, const QList<std::uint16_t>& types, const DnsQuery& common) {
  abandon();
  names_ = names;
  types_ = types;
  common_ = common;
  next_ = 0;
  answered_ = 0;
  outcomes_.assign(static_cast<std::size_t>(names.size()), {});
  askMore();
}

void CompareRun::askMore() {
  const auto all = static_cast<int>(names_.size() * types_.size());
  for (; next_ < all && pending_.size() < kAtOnce; ++next_) {
    const int name = next_ / static_cast<int>(types_.size());
    DnsQuery query = common_;
    query.name = toUtf8(names_[name]);
    query.type = types_[next_ % types_.size()];
    pending_.insert(bridge_->lookUpDns(std::move(query)).value, name);
  }
}

void CompareRun::cancel() {
  for (const auto all = static_cast<int>(names_.size() * types_.size()); next_ < all;) {
    const int name = next_++ / static_cast<int>(types_.size());
    take(name, {std::unexpected(Error::fromErrno(Operation::dns, ECANCELED, toUtf8(names_[name]))), {}});
  }
  const QList<quint64> ids = pending_.keys();
  for (const quint64 id : ids) bridge_->cancelDnsLookup(LookupId{id});
}

void CompareRun::take(int name, const LookupOutcome<DnsAnswer>& outcome) {
  Outcomes& outcomes = outcomes_[static_cast<std::size_t>(name)];
  outcomes.push_back(outcome);
  if (outcomes.size() < static_cast<std::size_t>(types_.size())) return;
  const Outcomes whole = std::exchange(outcomes, {});
  ++answered_;
  emit nameAnswered(name, whole);
  if (!isRunning()) emit finished();
}

}  // namespace sockbench::ui
