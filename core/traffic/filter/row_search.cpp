#include "core/traffic/filter/row_search.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace sockbench {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kNewsApart{30};
constexpr std::size_t kFewestRows = 64;
constexpr std::size_t kMostRows = std::size_t{64} << 10;
constexpr std::size_t kFirstRows = std::size_t{4} << 10;

// How many rows the next slab may have, so that a search is given up soon: from 4 to 16 ms a slab.
std::size_t nextSize(std::size_t size, Clock::duration took) {
  if (took > milliseconds(16)) return std::max(size / 2, kFewestRows);
  if (took < milliseconds(4)) return std::min(size * 2, kMostRows);
  return size;
}

}  // namespace

struct RowSearch::Impl {
  Impl(std::shared_ptr<TrafficLog> searched, std::function<void()> tell)
      : log(std::move(searched)), news(std::move(tell)), thread([this] { run(); }) {}
  ~Impl() {
    {
      const std::lock_guard lock(mutex);
      ends = true;
    }
    wake.notify_one();
    thread.join();
  }

  void restart(FilterPtr with);
  Found take(std::size_t most);
  void run();

  const std::shared_ptr<TrafficLog> log;
  const std::function<void()> news;
  std::mutex mutex;  // over all that follows
  std::condition_variable wake;
  bool ends = false;
  FilterPtr filter;              // nullptr: no search
  std::uint64_t generation = 0;  // of the filter
  bool changed = false;          // the log, since it was last looked at
  std::deque<std::uint64_t> found;
  std::uint64_t lookedTo = 0;
  WallNanos previousTime = 0;  // of the row before lookedTo; 0: there is none
  bool upToDate = false;
  bool hasNews = false;  // that take() has not told yet
  bool told = false;     // and news() has been called for
  Clock::time_point lastTold{};

 private:
  using Lock = std::unique_lock<std::mutex>;
  bool mayTell() const { return hasNews && !told; }
  bool mayLook() const { return filter && (changed || !upToDate); }
  void sleep(Lock& lock);
  void tellWhenDue(Lock& lock);
  void look(Lock& lock);
  void keep(const LogSlab& slab, const std::vector<std::uint32_t>& places, std::uint64_t end);

  std::size_t slabRows = kFirstRows;
  std::thread thread;  // the last member: it begins when all others are there
};

void RowSearch::Impl::restart(FilterPtr with) {
  const std::uint64_t first = log->first();
  const std::lock_guard lock(mutex);
  filter = std::move(with);
  ++generation;
  found.clear();
  lookedTo = filter ? first : 0;
  previousTime = 0;
  upToDate = false;
  hasNews = false;
  changed = false;
  wake.notify_one();
}

RowSearch::Found RowSearch::Impl::take(std::size_t most) {
  const std::uint64_t first = log->first();
  const std::lock_guard lock(mutex);
  while (!found.empty() && found.front() < first) found.pop_front();
  Found taken;
  const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(most, found.size()));
  taken.rows.assign(found.begin(), end);
  found.erase(found.begin(), end);
  taken.lookedTo = lookedTo;
  taken.upToDate = upToDate && found.empty();
  told = false;
  hasNews = !found.empty();
  if (hasNews) wake.notify_one();
  return taken;
}

void RowSearch::Impl::run() {
  Lock lock(mutex);
  while (!ends) {
    tellWhenDue(lock);
    if (ends) return;
    if (mayLook()) {
      look(lock);
    } else {
      sleep(lock);
    }
  }
}

void RowSearch::Impl::sleep(Lock& lock) {
  const auto awake = [this] { return ends || mayLook(); };
  if (mayTell()) {
    wake.wait_until(lock, lastTold + kNewsApart, awake);
  } else {
    wake.wait(lock, [&] { return awake() || mayTell(); });
  }
}

void RowSearch::Impl::tellWhenDue(Lock& lock) {
  const Clock::time_point now = Clock::now();
  if (!mayTell() || now < lastTold + kNewsApart) return;
  told = true;
  lastTold = now;
  lock.unlock();
  news();
  lock.lock();
}

// One slab, without the lock: what it finds counts only if no other search has begun meanwhile.
void RowSearch::Impl::look(Lock& lock) {
  const FilterPtr with = filter;
  const std::uint64_t of = generation;
  const std::uint64_t from = lookedTo;
  FilterContext context{&log->notes(), previousTime};
  changed = false;
  lock.unlock();
  const Clock::time_point start = Clock::now();
  const LogSlab slab = log->slab(from, slabRows);
  std::vector<std::uint32_t> places;
  if (!slab.empty() && slab.first() != from) context.previousTime = 0;
  with->select(slab, context, places);
  const std::uint64_t first = log->first();
  const std::uint64_t end = log->end();
  if (!slab.empty()) slabRows = nextSize(slabRows, Clock::now() - start);
  lock.lock();
  if (generation != of) return;
  while (!found.empty() && found.front() < first) found.pop_front();
  if (!slab.empty()) return keep(slab, places, end);
  hasNews = hasNews || !upToDate || lookedTo < first;
  if (lookedTo < first) previousTime = 0;
  lookedTo = std::max(lookedTo, first);
  upToDate = true;
}

void RowSearch::Impl::keep(const LogSlab& slab, const std::vector<std::uint32_t>& places, std::uint64_t end) {
  for (const std::uint32_t place : places) found.push_back(slab.first() + place);
  lookedTo = slab.end();
  previousTime = slab.records().back().time;
  upToDate = lookedTo >= end;
  hasNews = true;
}

RowSearch::RowSearch(std::shared_ptr<TrafficLog> log, std::function<void()> news)
    : impl_(std::make_unique<Impl>(std::move(log), std::move(news))) {}

RowSearch::~RowSearch() = default;

void RowSearch::start(FilterPtr filter) {
  impl_->restart(std::move(filter));
}

void RowSearch::stop() {
  impl_->restart(nullptr);
}

void RowSearch::logChanged() {
  const std::lock_guard lock(impl_->mutex);
  impl_->changed = true;
  impl_->wake.notify_one();
}

RowSearch::Found RowSearch::take(std::size_t most) {
  return impl_->take(most);
}

}  // namespace sockbench
