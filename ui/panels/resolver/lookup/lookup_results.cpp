#include "ui/panels/resolver/lookup/lookup_results.h"

#include <utility>

#include "ui/panels/resolver/lookup/lookup_rows.h"

namespace sockbench::ui {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTick{100};
constexpr milliseconds kPortionInterval{16};
constexpr milliseconds kPortion{4};  // of each interval, at most

}  // namespace

LookupResults::LookupResults(EngineBridge* bridge, QObject* parent)
    : QObject(parent),
      run_(new LookupRun(bridge, this)),
      addresses_(new GroupedRowsModel(addressTitles(), {5}, this)),
      hostInfo_(new GroupedRowsModel(hostInfoTitles(), {}, this)) {
  portion_.setInterval(kPortionInterval);
  ticker_.setInterval(kTick);
  connect(&portion_, &QTimer::timeout, this, &LookupResults::showMore);
  connect(&ticker_, &QTimer::timeout, this, &LookupResults::changed);
  connect(run_, &LookupRun::addressesAnswered, this,
          [this](int host, const auto& outcome) { settle(asked_[static_cast<std::size_t>(host)], outcome); });
  connect(run_, &LookupRun::hostAnswered, this, [this](int host, const auto& outcome) {
    due_.push_back({asked_[static_cast<std::size_t>(host)], outcome});
  });
}

void LookupResults::start(const QList<HostLine>& lines, const AddressQuery& common, milliseconds limit) {
  question_ = common;
  lines_ = lines;
  asked_.clear();
  due_.clear();
  faults_.clear();
  answered_.assign(static_cast<std::size_t>(lines_.size()), std::nullopt);
  answeredHosts_ = failed_ = found_ = 0;
  cancelled_ = false;
  running_ = true;
  emit began();
  std::vector<QList<TextRow>> waiting;
  QStringList names;
  for (int line = 0; line < lines_.size(); ++line) {
    waiting.push_back({waitingRow(lines_[line].host)});
    if (lines_[line].fault) {
      settle(line, {std::unexpected(*lines_[line].fault), {}});
      continue;
    }
    asked_.push_back(line);
    names += lines_[line].host;
  }
  addresses_->reset(std::move(waiting));
  hostInfo_->reset(hosts());
  run_->start(names, common, limit);
  emit changed();
  ticker_.start();
  portion_.start();
  showMore();
}

void LookupResults::cancel() {
  if (!running_) return;
  cancelled_ = cancelled_ || run_->isRunning();
  run_->cancel();
}

void LookupResults::settle(int line, LookupOutcome<AddressAnswer> outcome) {
  ++answeredHosts_;
  if (outcome.answer) {
    found_ += static_cast<int>(outcome.answer->results.size());
  } else {
    ++failed_;
    const QString symbol = toQString(outcome.answer.error().symbol());
    if (!faults_.contains(symbol)) faults_ += symbol;
  }
  answered_[static_cast<std::size_t>(line)] = {lines_[line].host, std::move(outcome)};
  due_.push_back({line, std::nullopt});
}

void LookupResults::showMore() {
  QElapsedTimer clock;
  clock.start();
  while (!due_.empty() && !clock.hasExpired(kPortion.count())) {
    show(due_.front());
    due_.pop_front();
  }
  endIfDone();
}

void LookupResults::show(const Due& due) {
  const QString host = lines_[due.line].host;
  if (due.host)
    hostInfo_->setGroup(due.line, hostInfoRows(host, *due.host));
  else
    addresses_->setGroup(due.line, addressRows(host, answered_[static_cast<std::size_t>(due.line)]->outcome));
}

void LookupResults::endIfDone() {
  if (!due_.empty() || run_->isRunning()) return;
  ticker_.stop();
  portion_.stop();
  running_ = false;
  emit changed();
  emit finished();
}

QList<LookedUpHost> LookupResults::results() const {
  QList<LookedUpHost> known;
  known.reserve(answeredHosts_);
  for (const std::optional<LookedUpHost>& host : answered_)
    if (host) known += *host;
  return known;
}

}  // namespace sockbench::ui
