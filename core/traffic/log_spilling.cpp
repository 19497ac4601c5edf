// The part of TrafficLog::State that log-io does: what it writes, when, and what comes of it.
#include <pthread.h>

#include <csignal>
#include <system_error>
#include <utility>

#include "core/traffic/log_state.h"

namespace sockbench {

void TrafficLog::State::setSpill(std::uint64_t bytes, std::string folder) {
  Aftermath aftermath;
  bool writes = true;
  {
    const std::lock_guard lock(mutex_);
    spill_.configure(bytes, std::move(folder), firstInMemory_, graveyard_);
    tellFirst();
    probing_ = spill_.isOn();
    if (spill_.isOn()) writes = startIo();
    aftermath = settle();
  }
  finish(std::move(aftermath));
  if (!writes) tellReader();
}

bool TrafficLog::State::startIo() {
  if (ioThread_.joinable()) return true;
  try {
    ioThread_ = std::thread([this] { runIo(); });
  } catch (const std::system_error& error) {
    spill_.fail(Error::fromErrno(Operation::open, error.code().value(), spill_.status().folder));
    return false;
  }
  return true;
}

SpillStatus TrafficLog::State::spillStatus() const {
  const std::lock_guard lock(mutex_);
  return spill_.status();
}

void TrafficLog::State::setRoomHook(std::function<void()> room) {
  const std::lock_guard lock(hookMutex_);
  room_ = std::move(room);
}

// Rows go to the disk until half of those in memory are there, from when half of the budget is spent. Not for
// a handful at a time.
bool TrafficLog::State::wantsToSpill() const {
  if (!spill_.writes() || pool->budget().used() <= wantedBudget.load(std::memory_order_relaxed) / 2)
    return false;
  return spill_.next() + rows() / 16 < firstInMemory_ + rows() / 2;
}

void TrafficLog::State::runIo() {
  ::pthread_setname_np(::pthread_self(), "log-io");
  sigset_t all;  // signals are for the program's own threads, and SIGXFSZ is told by write as EFBIG
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
  SpillWriter writer(pool->sharedBudget());
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    // What others let go may have made room without the lock: nobody else would tell of it.
    if (!hasIoWork() && crowded.exchange(false, std::memory_order_relaxed)) {
      lock.unlock();
      finish({.dead = {}, .notesBelow = 0, .roomy = true});
      lock.lock();
    }
    ioSleeps_ = true;
    if (!hasIoWork()) io_.wait(lock);
    ioSleeps_ = false;
    // What left the disk first, so that there is room on it for what comes.
    if (SpillStore::Dead dead = std::exchange(graveyard_, {}); !dead.empty()) {
      lock.unlock();
      dead.clear();
      lock.lock();
    } else if (probing_) {
      probe(lock, writer);
    } else if (!stopping_ && wantsToSpill()) {
      spillOnce(lock, writer);
    }
  }
}

// A folder that will not do is told at once, not when memory is spent.
void TrafficLog::State::probe(std::unique_lock<std::mutex>& lock, SpillWriter& writer) {
  probing_ = false;
  const SpillStore::Job job = spill_.beginJob(graveyard_);
  tellFirst();
  Aftermath told = settle();
  writer.finishSegment();
  const bool isOn = spill_.isOn();
  lock.unlock();
  finish(std::move(told));
  Result<void> ready;
  if (isOn) ready = writer.prepare(job.folder, job.segmentBytes);
  lock.lock();
  if (ready) return;
  spill_.finishJob(job, std::unexpected(ready.error()), graveyard_);
  Aftermath aftermath = settle();
  lock.unlock();
  finish(std::move(aftermath));
  tellReader();
  lock.lock();
}

void TrafficLog::State::spillOnce(std::unique_lock<std::mutex>& lock, SpillWriter& writer) {
  const SpillStore::Job job = spill_.beginJob(graveyard_);
  tellFirst();
  SpillStore::Dead dead = std::exchange(graveyard_, {});
  lock.unlock();
  dead.clear();
  Result<SpilledPtr> written;
  if (const LogSlab slab = this->slab(job.from, std::size_t{64} << 10);
      slab.first() == job.from && !slab.empty())
    written = writer.write(slab, job.folder, job.segmentBytes);
  lock.lock();
  spill_.finishJob(job, written, graveyard_);
  tellFirst();
  if (job.generation != spill_.generation()) writer.finishSegment();
  Aftermath aftermath = settle();
  lock.unlock();
  finish(std::move(aftermath));
  if (!written) tellReader();
  lock.lock();
}

}  // namespace sockbench
