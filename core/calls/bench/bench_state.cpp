#include "core/calls/bench/bench_state.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace sockbench {
namespace {

// Nobody waits for what a socket that everybody leaves still has to send.
void forgoLinger(int descriptor) {
  linger now{};
  socklen_t length = sizeof now;
  if (getsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, &length) != 0) return;
  if (now.l_onoff == 0 || now.l_linger == 0) return;
  const linger none{};
  setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

}  // namespace

BenchState::BenchState(CallBenchSettings settings)
    : journal_(std::move(settings.log), std::move(settings.newSession)),
      sockets_(settings.mostSockets, !settings.closedHandlesFail),
      order_([this](CallHandle handle) {
        const auto socket = sockets_.find(handle);
        return socket ? socket->timeout() : Timeout(std::chrono::nanoseconds(0));
      }) {}

void BenchState::finish() {
  closeAll();
  Lock lock(mutex_);
  changed_.wait(lock, [this] { return endings_.empty() && telling_ == 0; });
  isOver_ = true;
  wakeKeeper();
  const std::size_t abandoned = abandoned_.size();
  lock.unlock();
  if (keeper_.joinable()) keeper_.join();
  threads_.finish(abandoned);
}

std::shared_ptr<CallSocket> BenchState::find(CallRun& run, CallHandle handle) {
  const Lock lock(mutex_);
  if (run.notes.stage != Stage::running) return nullptr;
  auto found = sockets_.find(handle);
  if (found) run.notes.uses.insert(handle);
  return found;
}

std::shared_ptr<CallSocket> BenchState::known(CallHandle handle) const {
  const Lock lock(mutex_);
  return sockets_.known(handle);
}

Timeout BenchState::defaultTimeout() const {
  const Lock lock(mutex_);
  return defaultTimeout_;
}

void BenchState::setDefaultTimeout(Timeout timeout) {
  const Lock lock(mutex_);
  defaultTimeout_ = timeout;
}

CallHandle BenchState::add(CallRun& run, Socket socket, int family, int type, int protocol) {
  Lock lock(mutex_);
  if (run.notes.closesWhatItMakes) return sockets_.unusedHandle();
  const auto added = sockets_.add(std::move(socket), family, type, protocol);
  if (!added) {
    run.notes.tooManySockets = true;
    return {};
  }
  run.notes.added.push_back(added->handle());
  lock.unlock();
  const bool isAccepted = run.request().name.starts_with("accept");
  journal_.add(*added, isAccepted ? run.request().on.value_or(CallHandle()) : CallHandle());
  return added->handle();
}

void BenchState::endUsersOf(Lock& lock, const CallRun& closer, CallHandle handle) {
  std::vector<CallRunPtr> users;
  for (const auto& [id, run] : runs_) {
    if (run.get() == &closer || run->notes.stage != Stage::running || !run->notes.uses.contains(handle))
      continue;
    run->isClosedUnder = true;
    interruptRun(run);
    users.push_back(run);
  }
  changed_.wait(lock, [&] {
    return std::ranges::none_of(users, [](const auto& run) { return run->notes.stage == Stage::running; });
  });
}

int BenchState::take(CallHandle handle, std::string remark) {
  journal_.closed(handle, std::move(remark));
  return sockets_.take(handle);
}

int BenchState::release(CallRun& run, CallHandle handle) {
  Lock lock(mutex_);
  if (!sockets_.hide(handle)) return -1;
  endUsersOf(lock, run, handle);
  const int descriptor = take(handle, "detached: the descriptor stays open");
  sockets_.keep(descriptor);
  return descriptor;
}

Result<void> BenchState::close(CallRun& run, CallHandle handle) {
  Lock lock(mutex_);
  if (!sockets_.hide(handle)) return std::unexpected(Error::fromErrno(Operation::close, EBADF));
  endUsersOf(lock, run, handle);
  const int code = closeDescriptor(lock, handle, take(handle, {}));
  if (code != 0) return std::unexpected(Error::fromErrno(Operation::close, code));
  return {};
}

bool BenchState::isReserved(CallHandle handle) const {
  return std::ranges::any_of(abandoned_, [&](const auto& run) { return run->notes.uses.contains(handle); });
}

int BenchState::closeDescriptor(Lock& lock, CallHandle handle, int descriptor) {
  if (isReserved(handle)) {
    // Under the lock: whoever ends closes the number, and must find what it stands for.
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0 || dup3(null, descriptor, O_CLOEXEC) < 0) ::shutdown(descriptor, SHUT_RDWR);
    if (null >= 0) ::close(null);
    reserved_.push_back({descriptor, handle});
    return 0;
  }
  lock.unlock();
  const Result<void> closed = Socket::borrow(descriptor, std::nullopt).close();
  lock.lock();
  return closed ? 0 : closed.error().code;
}

void BenchState::keep(CallRun& run, int descriptor) {
  const Lock lock(mutex_);
  if (run.notes.closesWhatItMakes)
    ::close(descriptor);
  else
    sockets_.keep(descriptor);
}

std::vector<CallHandle> BenchState::hideAll() {
  std::vector<CallHandle> handles = sockets_.open();
  for (const CallHandle handle : handles) sockets_.hide(handle);
  return handles;
}

void BenchState::closeSockets(Lock& lock, const std::vector<CallHandle>& handles) {
  for (const CallHandle handle : handles) {
    const int descriptor = take(handle, {});
    if (descriptor < 0) continue;
    forgoLinger(descriptor);
    closeDescriptor(lock, handle, descriptor);
  }
}

void BenchState::closeAll() {
  Lock lock(mutex_);
  std::vector<CallRunPtr> running;
  for (const auto& [id, run] : std::map(runs_)) {
    run->notes.closesWhatItMakes = true;
    interruptRun(run);
    if (run->notes.stage == Stage::running) running.push_back(run);
  }
  const std::vector<CallHandle> handles = hideAll();
  changed_.wait(lock, [&] {
    const bool allTold = endings_.empty() && telling_ == 0;
    return allTold &&
           std::ranges::none_of(running, [](const auto& run) { return run->notes.stage == Stage::running; });
  });
  closeSockets(lock, handles);
  sockets_.closeKept();
}

std::optional<CallSocketFacts> BenchState::socket(CallHandle handle) const {
  const Lock lock(mutex_);
  std::optional<CallSocketFacts> facts = sockets_.facts(handle);
  if (facts) facts->session = journal_.sessionOf(handle);
  return facts;
}

std::vector<CallSocketFacts> BenchState::sockets() const {
  std::vector<CallSocketFacts> all;
  const Lock lock(mutex_);
  for (const CallHandle handle : sockets_.open()) {
    all.push_back(*sockets_.facts(handle));
    all.back().session = journal_.sessionOf(handle);
  }
  return all;
}

Result<Socket> BenchState::duplicate(CallHandle handle) const {
  const Lock lock(mutex_);
  const std::shared_ptr<CallSocket> socket = sockets_.find(handle);
  return Socket::duplicate(socket ? socket->descriptor() : -1);
}

std::size_t BenchState::waiting() const {
  const Lock lock(mutex_);
  return runs_.size();
}

}  // namespace sockbench
