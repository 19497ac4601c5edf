#include "core/resolve/resolver.h"

#include <netdb.h>
#include <pthread.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <new>
#include <optional>
#include <set>
#include <system_error>
#include <thread>

namespace sockbench {

namespace {

using Clock = std::chrono::steady_clock;

// For debuggers and ps(1); the kernel keeps 15 bytes.
void nameThread(const std::string& name) {
  ::pthread_setname_np(::pthread_self(), name.substr(0, 15).c_str());
}

bool isNumber(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool isAddress(std::string_view text) {
  return SocketAddress::fromIp(text, 0).has_value();
}

// Whether getaddrinfo may have to ask a name server or read a file.
bool blocks(const AddressQuery& query) {
  const bool numericHost =
      query.host.empty() || query.host == "*" || (query.flags & AI_NUMERICHOST) != 0 || isAddress(query.host);
  const bool numericService = isNumber(query.service) || (query.flags & AI_NUMERICSERV) != 0;
  return !(numericHost && numericService);
}

}  // namespace

// Shared by the Resolver, the thread that delivers answers, and the look-up threads, which may outlive both.
struct Resolver::State : std::enable_shared_from_this<State> {
  enum class Phase { waiting, running, ended };

  struct Lookup {
    Job job;
    Phase phase = Phase::waiting;
    std::optional<Error> instead{};  // of an answer
    Clock::time_point started{};
    Clock::time_point ended{};
    std::optional<Clock::time_point> deadline{};
  };
  // Ids rise, so that their order is that of the starts.
  using Lookups = std::map<std::uint64_t, Lookup>;

  explicit State(std::size_t most) : maxThreads(std::max<std::size_t>(most, 1)) {}

  LookupId add(Job job, Limit limit);
  void cancel(std::uint64_t id);
  void close();
  void deliver();
  void drain(std::unique_lock<std::mutex>& lock);
  void lookUp();

  void stop(Lookups::iterator lookup, int error);
  void end(Lookups::iterator lookup);
  void hire();
  void expire();
  bool finishWork(std::uint64_t id);

  const std::size_t maxThreads;
  std::thread delivery;
  mutable std::mutex mutex;  // guards all below
  std::condition_variable workWaits;
  std::condition_variable deliveryWaits;
  bool closed = false;
  std::uint64_t lastId = 0;
  std::size_t hired = 0;    // look-up threads begun so far
  std::size_t threads = 0;  // look-up threads, without those abandoned
  std::size_t idle = 0;     // of them, those without work
  Lookups lookups;
  std::set<std::uint64_t> waiting;
  std::deque<std::uint64_t> ended;
  std::set<std::pair<Clock::time_point, std::uint64_t>> deadlines;
};

LookupId Resolver::State::add(Job job, Limit limit) {
  const std::scoped_lock lock(mutex);
  if (closed) return {};
  const std::uint64_t id = ++lastId;
  const auto lookup = lookups.emplace(id, Lookup{.job = std::move(job), .started = Clock::now()}).first;
  if (!lookup->second.job.blocks) {
    end(lookup);
    return {id};
  }
  // A limit that the clock cannot reach is none.
  if (limit > Limit::zero() && limit < Clock::time_point::max() - lookup->second.started) {
    lookup->second.deadline = lookup->second.started + limit;
    deadlines.emplace(*lookup->second.deadline, id);
    deliveryWaits.notify_one();
  }
  waiting.insert(id);
  hire();
  return {id};
}

// Sees to it that somebody takes up what waits.
void Resolver::State::hire() {
  if (waiting.empty()) return;
  workWaits.notify_one();
  if (idle >= waiting.size() || threads == maxThreads) return;
  try {
    std::thread([self = shared_from_this(), number = ++hired] {
      nameThread("resolve-" + std::to_string(number));
      self->lookUp();
    }).detach();
    ++threads;
  } catch (const std::system_error&) {
    // With another thread alive the look-ups wait for that one.
    while (threads == 0 && !waiting.empty()) stop(lookups.find(*waiting.begin()), EAGAIN);
  }
}

void Resolver::State::lookUp() {
  std::unique_lock lock(mutex);
  for (;;) {
    ++idle;
    workWaits.wait(lock, [this] { return closed || !waiting.empty(); });
    --idle;
    if (closed) return;
    const std::uint64_t id = waiting.extract(waiting.begin()).value();
    Lookup& lookup = lookups.at(id);
    lookup.phase = Phase::running;
    // From here on this thread touches nothing of the look-up's but the work, which owns what it uses.
    std::function<void()> work = std::move(lookup.job.work);
    lock.unlock();
    try {
      work();
    } catch (const std::bad_alloc&) {
      // The answer says so already.
    }
    work = nullptr;
    lock.lock();
    if (!finishWork(id)) return;
  }
}

// False: the look-up was abandoned, and this thread with it.
bool Resolver::State::finishWork(std::uint64_t id) {
  const auto lookup = lookups.find(id);
  if (lookup == lookups.end() || lookup->second.phase != Phase::running) return false;
  end(lookup);
  return true;
}

void Resolver::State::end(Lookups::iterator lookup) {
  auto& [id, state] = *lookup;
  if (state.deadline) deadlines.erase({*state.deadline, id});
  state.phase = Phase::ended;
  state.ended = Clock::now();
  ended.push_back(id);
  deliveryWaits.notify_one();
}

// Ends a look-up with an errno instead of its answer, also when the answer has come but was not delivered
// yet.
void Resolver::State::stop(Lookups::iterator lookup, int error) {
  auto& [id, state] = *lookup;
  state.instead = Error::fromErrno(state.job.op, error, state.job.subject);
  if (state.phase == Phase::ended) return;
  const bool abandoned = state.phase == Phase::running;
  waiting.erase(id);
  end(lookup);
  if (!abandoned) return;
  --threads;
  if (!closed) hire();
}

void Resolver::State::cancel(std::uint64_t id) {
  const std::scoped_lock lock(mutex);
  if (const auto lookup = lookups.find(id); lookup != lookups.end()) stop(lookup, ECANCELED);
}

void Resolver::State::close() {
  const std::scoped_lock lock(mutex);
  closed = true;
  for (auto lookup = lookups.begin(); lookup != lookups.end(); ++lookup) stop(lookup, ECANCELED);
  workWaits.notify_all();
  deliveryWaits.notify_one();
}

void Resolver::State::expire() {
  const Clock::time_point now = Clock::now();
  while (!deadlines.empty() && deadlines.begin()->first <= now) {
    stop(lookups.find(deadlines.begin()->second), ETIMEDOUT);
  }
}

// Delivers what has ended. The lock is open while a callback runs and while it is destroyed.
void Resolver::State::drain(std::unique_lock<std::mutex>& lock) {
  while (!ended.empty()) {
    auto node = lookups.extract(ended.front());
    ended.pop_front();
    lock.unlock();
    Lookup& lookup = node.mapped();
    const Error* instead = lookup.instead ? &*lookup.instead : nullptr;
    if (!lookup.job.blocks && instead == nullptr) {
      try {
        lookup.job.work();
      } catch (const std::bad_alloc&) {
        // The answer says so already.
      }
      lookup.ended = Clock::now();
    }
    lookup.job.deliver(instead, lookup.ended - lookup.started);
    node = {};
    lock.lock();
  }
}

void Resolver::State::deliver() {
  std::unique_lock lock(mutex);
  for (;;) {
    expire();
    drain(lock);
    if (closed) return;
    if (deadlines.empty()) {
      deliveryWaits.wait(lock);
    } else {
      // A copy: the deadline may be erased during the wait, which reads it again at its end.
      const Clock::time_point next = deadlines.begin()->first;
      deliveryWaits.wait_until(lock, next);
    }
  }
}

Resolver::Resolver(std::size_t maxThreads) : state_(std::make_shared<State>(maxThreads)) {
  state_->delivery = std::thread([state = state_] {
    nameThread("resolve");
    state->deliver();
  });
}

Resolver::~Resolver() {
  state_->close();
  if (state_->delivery.get_id() != std::this_thread::get_id()) {
    state_->delivery.join();
    return;
  }
  // Inside a callback: what is still due is delivered here; the thread ends when that callback returns.
  std::unique_lock lock(state_->mutex);
  state_->drain(lock);
  state_->delivery.detach();
}

LookupId Resolver::addresses(AddressQuery query, Limit limit,
                             std::function<void(LookupOutcome<AddressAnswer>)> done) {
  const bool mayBlock = blocks(query);
  std::string subject = query.host.empty() ? "*" : query.host;
  std::function<Result<AddressAnswer>()> ask = [query = std::move(query)] { return getAddressInfo(query); };
  Job job = makeJob(Operation::getaddrinfo, std::move(subject), std::move(ask), std::move(done));
  job.blocks = mayBlock;
  return start(std::move(job), limit);
}

LookupId Resolver::name(SocketAddress address, int flags, Limit limit,
                        std::function<void(LookupOutcome<NameInfo>)> done) {
  std::function<Result<NameInfo>()> ask = [address, flags] { return getNameInfo(address, flags); };
  return start(makeJob(Operation::getnameinfo, address.text(), std::move(ask), std::move(done)), limit);
}

LookupId Resolver::host(std::string nameOrAddress, Limit limit,
                        std::function<void(LookupOutcome<HostInfo>)> done) {
  const bool reverse = isAddress(nameOrAddress);
  std::function<Result<HostInfo>()> ask = [nameOrAddress, reverse] {
    return reverse ? getHostByAddress(nameOrAddress) : getHostByName(nameOrAddress);
  };
  const Operation op = reverse ? Operation::gethostbyaddr : Operation::gethostbyname;
  return start(makeJob(op, std::move(nameOrAddress), std::move(ask), std::move(done)), limit);
}

LookupId Resolver::start(Job job, Limit limit) {
  return state_->add(std::move(job), limit);
}

void Resolver::cancel(LookupId id) {
  state_->cancel(id.value);
}

std::size_t Resolver::pending() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->lookups.size();
}

}  // namespace sockbench
