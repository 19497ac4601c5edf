#include "core/resolve/dns_client.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <limits>
#include <map>
#include <mutex>
#include <span>
#include <thread>
#include <utility>

#include "core/resolve/dns/exchange.h"
#include "core/resolve/lookup_thread.h"

namespace sockbench {

namespace {

// Each holds a descriptor or more, and servers have their limits, too.
constexpr std::size_t kMostUnderWay = 64;

std::atomic<std::uint64_t> lastId = 0;

}  // namespace

struct DnsClient::State {
  using Clock = std::chrono::steady_clock;
  using Done = std::function<void(LookupOutcome<DnsAnswer>)>;

  struct Pending {
    DnsQuery query;
    Done done;
  };
  struct Running {
    std::unique_ptr<dns::Exchange> exchange;
    Clock::time_point since;
    std::size_t polls = 0;
  };

  ~State() {
    if (wake >= 0) ::close(wake);
  }

  // Thread: any.
  LookupId add(DnsQuery query, Done done);
  void cancel(std::uint64_t id);
  void close();

  // The thread's.
  void run();
  bool takeUp();
  void begin(std::uint64_t id, DnsQuery query);
  void wait();
  void collect();
  void finish(std::uint64_t id, Result<DnsAnswer> answer);
  void rouse();  // with the mutex held

  std::thread thread;
  const int wake = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  mutable std::mutex mutex;  // guards what follows
  std::condition_variable work;
  std::map<std::uint64_t, Pending> pending;
  std::deque<std::uint64_t> waiting;
  std::vector<std::uint64_t> cancelled;
  bool closed = false;
  bool polling = false;

  std::map<std::uint64_t, Running> running;  // the thread's own
  std::vector<pollfd> polls;                 // its own, too
};

LookupId DnsClient::State::add(DnsQuery query, Done done) {
  const std::scoped_lock lock(mutex);
  if (closed) return {};
  const std::uint64_t id = ++lastId;
  pending.emplace(id, Pending{.query = std::move(query), .done = std::move(done)});
  waiting.push_back(id);
  rouse();
  return {id};
}

void DnsClient::State::cancel(std::uint64_t id) {
  const std::scoped_lock lock(mutex);
  if (!pending.contains(id)) return;
  cancelled.push_back(id);
  rouse();
}

void DnsClient::State::close() {
  const std::scoped_lock lock(mutex);
  closed = true;
  for (const auto& [id, question] : pending) cancelled.push_back(id);
  rouse();
}

void DnsClient::State::rouse() {
  work.notify_one();
  const std::uint64_t one = 1;
  // It fails only when it has been written to so often that the thread wakes anyway.
  if (polling && ::write(wake, &one, sizeof(one)) < 0) return;
}

void DnsClient::State::run() {
  beginThread("dns");
  while (takeUp()) {
    wait();
    collect();
  }
}

// Ends what was cancelled and begins what waits; sleeps while there is neither nor anything under way. False:
// the client is being destroyed, and all has been answered.
bool DnsClient::State::takeUp() {
  std::unique_lock lock(mutex);
  for (;;) {
    if (!cancelled.empty()) {
      const std::vector<std::uint64_t> ids = std::exchange(cancelled, {});
      lock.unlock();
      for (const std::uint64_t id : ids)
        finish(id, std::unexpected(Error::fromErrno(Operation::dns, ECANCELED)));
      lock.lock();
    } else if (closed) {
      return false;
    } else if (!waiting.empty() && running.size() < kMostUnderWay) {
      const std::uint64_t id = waiting.front();
      waiting.pop_front();
      const auto question = pending.find(id);
      if (question == pending.end()) continue;  // cancelled while it waited
      DnsQuery query = question->second.query;
      lock.unlock();
      begin(id, std::move(query));
      lock.lock();
    } else if (running.empty()) {
      work.wait(lock);
    } else {
      polling = true;
      return true;
    }
  }
}

void DnsClient::State::begin(std::uint64_t id, DnsQuery query) {
  const auto since = Clock::now();
  auto exchange = std::make_unique<dns::Exchange>(std::move(query));
  const bool isOver = exchange->outcome().has_value();
  running.emplace(id, Running{.exchange = std::move(exchange), .since = since});
  if (isOver) finish(id, *std::move(running.at(id).exchange->outcome()));
}

// Until something has come, somebody calls, or a question's time is over.
void DnsClient::State::wait() {
  // Without an eventfd, as where descriptors are short, it looks up now and then.
  constexpr std::chrono::milliseconds kWithoutEventfd{20};
  std::chrono::milliseconds left = wake >= 0 ? std::chrono::milliseconds::max() : kWithoutEventfd;
  polls.assign(1, {.fd = wake, .events = POLLIN, .revents = 0});
  for (auto& [id, question] : running) {
    question.polls = question.exchange->appendPolls(polls);
    left = std::min(left, question.exchange->timeLeft().value_or(left));
  }
  constexpr std::chrono::milliseconds kLongest{std::numeric_limits<int>::max()};
  const int limit = static_cast<int>(std::min(left, kLongest).count());
  if (::poll(polls.data(), polls.size(), limit) < 0)
    for (pollfd& one : polls) one.revents = 0;
  const std::scoped_lock lock(mutex);
  polling = false;
  std::uint64_t times = 0;
  if (polls.front().revents != 0 && ::read(wake, &times, sizeof(times)) < 0) return;
}

void DnsClient::State::collect() {
  std::span<const pollfd> events = std::span(polls).subspan(1);
  std::vector<std::uint64_t> over;
  for (auto& [id, question] : running) {
    question.exchange->process(events.first(question.polls));
    events = events.subspan(question.polls);
    if (question.exchange->outcome()) over.push_back(id);
  }
  for (const std::uint64_t id : over) finish(id, *std::move(running.at(id).exchange->outcome()));
}

void DnsClient::State::finish(std::uint64_t id, Result<DnsAnswer> answer) {
  const auto question = running.find(id);
  const auto elapsed =
      question == running.end() ? Clock::duration::zero() : Clock::now() - question->second.since;
  if (question != running.end()) running.erase(question);
  std::unique_lock lock(mutex);
  auto node = pending.extract(id);
  lock.unlock();
  if (node.empty()) return;
  if (!answer && answer.error().subject.empty()) answer.error().subject = node.mapped().query.name;
  node.mapped().done({std::move(answer), elapsed});
}

DnsClient::DnsClient() : state_(std::make_unique<State>()) {
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

DnsClient::~DnsClient() {
  state_->close();
  state_->thread.join();
}

LookupId DnsClient::ask(DnsQuery query, std::function<void(LookupOutcome<DnsAnswer>)> done) {
  return state_->add(std::move(query), std::move(done));
}

void DnsClient::cancel(LookupId id) {
  state_->cancel(id.value);
}

std::size_t DnsClient::pending() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->pending.size();
}

}  // namespace sockbench
