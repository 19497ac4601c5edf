#include "core/traffic/traffic_log.h"

#include <utility>

#include "core/traffic/log_state.h"

namespace sockbench {

std::shared_ptr<TrafficLog> TrafficLog::create(LogLimits limits) {
  return std::shared_ptr<TrafficLog>(new TrafficLog(limits));
}

TrafficLog::TrafficLog(LogLimits limits) : state_(std::make_unique<State>(*this, limits)) {
  if (limits.spillBytes > 0) setSpill(limits.spillBytes, std::move(limits.spillFolder));
}

TrafficLog::~TrafficLog() = default;

void TrafficLog::setWakeHook(std::function<void()> wake) {
  state_->setWakeHook(std::move(wake));
}

void TrafficLog::acknowledge() {
  state_->noticed.exchange(false, std::memory_order_acq_rel);
}

std::unique_ptr<TrafficWriter> TrafficLog::makeWriter() {
  return std::unique_ptr<TrafficWriter>(new TrafficWriter(shared_from_this()));
}

std::uint64_t TrafficLog::evicted() const {
  return state_->evicted.load(std::memory_order_relaxed);
}

std::uint64_t TrafficLog::bytesPublished() const {
  return state_->bytesPublished.load(std::memory_order_relaxed);
}

std::size_t TrafficLog::bytesUsed() const {
  return state_->pool->budget().used();
}

std::size_t TrafficLog::budget() const {
  return state_->wantedBudget.load(std::memory_order_relaxed);
}

void TrafficLog::setBudget(std::size_t bytes) {
  state_->setBudget(bytes);
}

void TrafficLog::setSpill(std::uint64_t bytes, std::string folder) {
  state_->setSpill(bytes, std::move(folder));
}

SpillStatus TrafficLog::spillStatus() const {
  return state_->spillStatus();
}

bool TrafficLog::hasRoom() const {
  return !state_->crowded.load(std::memory_order_relaxed);
}

void TrafficLog::setRoomHook(std::function<void()> room) {
  state_->setRoomHook(std::move(room));
}

std::optional<LogRow> TrafficLog::read(std::uint64_t number) const {
  std::vector<LogRow> rows;
  if (state_->read(number, 1, rows) == 0 || rows.front().number != number) return std::nullopt;
  return std::move(rows.front());
}

std::size_t TrafficLog::read(std::uint64_t from, std::size_t count, std::vector<LogRow>& out) const {
  return state_->read(from, count, out);
}

LogSlab TrafficLog::slab(std::uint64_t from, std::size_t most) const {
  return state_->slab(from, most);
}

void TrafficLog::clear() {
  state_->clear();
}

}  // namespace sockbench
