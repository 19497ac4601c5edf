// Resolver: look-ups that block, off the caller's thread, with a time limit and cancellation.
//
// getaddrinfo and its kin cannot be interrupted: a look-up owns its state, and when it is cancelled or its
// time is over its answer is dropped when it comes and its thread is replaced, so that a hanging name server
// holds up nobody. Up to `maxThreads` look-ups run at once; the rest wait in order. A numeric host needs no
// thread's time but answers through the same door.
#pragma once

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/resolve/host_database.h"

namespace sockbench {

template <class T>
struct LookupOutcome {
  Result<T> answer;  // besides the call's own errors: ETIMEDOUT (the limit), ECANCELED (cancel)
  std::chrono::nanoseconds elapsed{};
};

class Resolver {
 public:
  using Limit = std::chrono::nanoseconds;  // 0: no time limit

  explicit Resolver(std::size_t maxThreads = 16);  // at least 1

  // Cancels everything: each callback that is due runs (with ECANCELED) before it returns, none after. Does
  // not wait for look-ups that hang. It may be called inside a callback.
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Each calls `done` exactly once, on the Resolver's own thread (so one at a time), never inside the call
  // itself; `done` must neither block nor throw and may call the Resolver. A look-up that is started while
  // the Resolver is being destroyed is not: its id is 0 and `done` is not called. Thread: any.
  LookupId addresses(AddressQuery query, Limit limit, std::function<void(LookupOutcome<AddressAnswer>)> done);
  LookupId name(SocketAddress address, int flags, Limit limit,
                std::function<void(LookupOutcome<NameInfo>)> done);
  // gethostbyname_ex for a name, gethostbyaddr for an address.
  LookupId host(std::string nameOrAddress, Limit limit, std::function<void(LookupOutcome<HostInfo>)> done);
  // Any blocking function (for look-ups that this header does not name). It may outlive the Resolver, so it
  // owns what it uses; it must not throw, save std::bad_alloc, which is answered as ENOMEM.
  template <class T>
  LookupId run(std::function<Result<T>()> blocking, Limit limit, std::function<void(LookupOutcome<T>)> done) {
    return start(makeJob<T>(Operation::none, {}, std::move(blocking), std::move(done)), limit);
  }

  // `done` is called with ECANCELED unless it has been called already. Unknown ids are ignored. Thread: any.
  void cancel(LookupId id);

  // Look-ups waiting and under way, without those abandoned. Thread: any.
  std::size_t pending() const;

 private:
  struct State;

  // A look-up without the type of its answer.
  struct Job {
    Operation op = Operation::none;  // op and subject of the errors that the Resolver itself makes
    std::string subject;
    bool blocks = true;
    std::function<void()> work;
    std::function<void(const Error* instead, std::chrono::nanoseconds elapsed)> deliver;
  };

  template <class T>
  static Job makeJob(Operation op, std::string subject, std::function<Result<T>()> blocking,
                     std::function<void(LookupOutcome<T>)> done) {
    // What stands here when `blocking` could not end for want of memory.
    auto answer = std::make_shared<Result<T>>(std::unexpected(Error::fromErrno(op, ENOMEM, subject)));
    Job job{.op = op, .subject = std::move(subject), .blocks = true, .work = {}, .deliver = {}};
    job.work = [answer, blocking = std::move(blocking)] { *answer = blocking(); };
    // The answer is read only when `work` has ended, never when the look-up was abandoned.
    job.deliver = [answer, done = std::move(done)](const Error* instead, std::chrono::nanoseconds elapsed) {
      done({instead != nullptr ? Result<T>(std::unexpected(*instead)) : std::move(*answer), elapsed});
    };
    return job;
  }

  LookupId start(Job job, Limit limit);

  std::shared_ptr<State> state_;
};

}  // namespace sockbench
